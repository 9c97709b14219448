"""Which pages may open a socket."""

import pytest
from django.test import override_settings

from chat.sessions.origin import is_own_origin


def headers(*, host: str = "localhost:8000", origin: str | None) -> list[tuple[bytes, bytes]]:
    found = [(b"host", host.encode())]
    return found if origin is None else [*found, (b"origin", origin.encode())]


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("LOCALHOST", "http://localhost"),
        ("[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_without_a_public_url_the_origin_is_the_host_that_was_asked(host: str, origin: str) -> None:
    assert is_own_origin(headers(host=host, origin=origin))


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8000", None),
        ("localhost:8000", "null"),
        ("localhost:8000", ""),
        ("localhost:8000", "https://localhost:8000"),
        ("localhost:8000", "http://localhost:9000"),
        ("localhost:8000", "http://localhost"),
        ("localhost:8000", "http://evil.example"),
        ("localhost:8000", "http://localhost:8000.evil.example"),
        ("evil.example", "http://evil.example"),
        ("", "http://"),
    ],
)
def test_any_other_origin_is_refused(host: str, origin: str | None) -> None:
    assert not is_own_origin(headers(host=host, origin=origin))


def test_two_origins_are_refused() -> None:
    twice = [*headers(origin="http://localhost:8000"), (b"origin", b"http://localhost:8000")]
    assert not is_own_origin(twice)


@override_settings(PUBLIC_ORIGINS=["https://chat.example.org", "https://chat.example.net:8443"])
@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://chat.example.org", True),
        ("https://Chat.Example.org", True),
        ("https://chat.example.net:8443", True),
        ("http://chat.example.org", False),
        ("https://chat.example.net", False),
        ("https://chat.example.org:8443", False),
        ("http://localhost:8000", False),
        ("null", False),
    ],
)
def test_with_a_public_url_only_that_origin_will_do(origin: str, allowed: bool) -> None:
    assert is_own_origin(headers(origin=origin)) is allowed
