"""Where a visitor comes from is what trusted proxies wrote down, and nothing that a visitor can write."""

import logging
from ipaddress import ip_network
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from chat.sessions.addresses import ClientAddressMiddleware, client_address, subscriber
from chat.sessions.origin import Scope

PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("2001:db8:ffff::/48")]


@pytest.mark.parametrize(
    ("forwarded", "found"),
    [
        (["198.51.100.7"], "198.51.100.7"),
        (["203.0.113.1, 198.51.100.7"], "198.51.100.7"),
        (["203.0.113.1, 198.51.100.7, 10.2.3.4"], "198.51.100.7"),
        (["203.0.113.1", "198.51.100.7", "10.2.3.4"], "198.51.100.7"),
        (["127.0.0.1, 198.51.100.7"], "198.51.100.7"),
        (["2001:DB8::7"], "2001:db8::7"),
        (["[2001:db8::7]:4711"], "2001:db8::7"),
        (["2001:db8::7, 2001:db8:ffff::1"], "2001:db8::7"),
        (["198.51.100.7:4711"], "198.51.100.7"),
        (["::ffff:198.51.100.7"], "198.51.100.7"),
        (["198.51.100.7, ::ffff:10.0.0.1"], "198.51.100.7"),
        (["fe80::7%eth0"], "fe80::7"),
        (["  198.51.100.7\t"], "198.51.100.7"),
    ],
)
def test_it_is_the_last_hop_that_is_no_proxy_of_ours(forwarded: list[str], found: str) -> None:
    assert client_address("127.0.0.1", [one.encode() for one in forwarded], PROXIES) == found


@pytest.mark.parametrize("peer", ["198.51.100.1", "2001:db8::1", "11.0.0.1"])
def test_who_is_no_proxy_of_ours_is_not_believed(peer: str) -> None:
    assert client_address(peer, [b"192.0.2.1"], PROXIES) == peer


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert client_address("127.0.0.1", [b"192.0.2.1"], []) == "127.0.0.1"
    assert client_address(None, [b"192.0.2.1"], []) is None


def test_only_a_proxy_speaks_on_a_unix_socket() -> None:
    assert client_address(None, [b"192.0.2.1, 198.51.100.7"], PROXIES) == "198.51.100.7"
    assert client_address(None, [], PROXIES) is None


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        ",",
        "unknown",
        "_hidden",
        "192.0.2.1, unknown",
        "192.0.2.1,",
        "192.0.2.1, 1.2.3",
        "192.0.2.1, 1.2.3.4.5",
        "192.0.2.1, 1.2.3.04",
        "192.0.2.1, [::1",
        "192.0.2.1, [::1]x",
        "192.0.2.1, 1.2.3.4:x",
        "192.0.2.1, \u00e9",
        "192.0.2.1, <script>",
        "192.0.2.1, 1.2.3.4\0",
        "192.0.2.1, " + "9" * 5000,
    ],
)
def test_rubbish_leaves_the_proxy_that_passed_it_on(rubbish: str) -> None:
    assert client_address("127.0.0.1", [rubbish.encode()], PROXIES) == "127.0.0.1"
    assert client_address("127.0.0.1", [rubbish.encode() + b", 10.0.0.5"], PROXIES) == "10.0.0.5"


def test_a_request_of_the_proxys_own_comes_from_the_proxy() -> None:
    assert client_address("127.0.0.1", [b"10.0.0.9, 10.0.0.5"], PROXIES) == "10.0.0.9"
    assert client_address("127.0.0.1", [], PROXIES) == "127.0.0.1"


def test_a_peer_is_written_as_the_database_takes_it() -> None:
    assert client_address("::ffff:198.51.100.7", [], []) == "198.51.100.7"
    assert client_address("::ffff:127.0.0.1", [b"198.51.100.7"], PROXIES) == "198.51.100.7"
    assert client_address("fe80::1%2", [], []) == "fe80::1"


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        (None, "0.0.0.0"),
        ("", "0.0.0.0"),
    ],
)
def test_a_visitor_has_one_network_however_many_addresses(address: str | None, counted_as: str) -> None:
    assert subscriber(address) == counted_as


async def passed_on(scope: Scope, middleware: ClientAddressMiddleware | None = None) -> Scope:
    """The scope that the application behind the middleware gets."""
    seen: list[Scope] = []

    async def application(scope: Scope, _receive: Any, _send: Any) -> None:
        seen.append(scope)

    middleware = middleware or ClientAddressMiddleware(application)
    middleware.inner = application
    await middleware(scope, None, None)  # type: ignore[arg-type]
    return seen[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_pages_and_sockets_see_the_visitors_address(settings: Settings, kind: str) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    headers = [(b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"198.51.100.7")]
    scope = await passed_on({"type": kind, "client": ["127.0.0.1", 4711], "headers": headers})
    assert tuple(scope["client"]) == ("198.51.100.7", 0)


async def test_who_comes_directly_keeps_address_and_port() -> None:
    scope = await passed_on({"type": "http", "client": ["198.51.100.7", 4711], "headers": []})
    assert list(scope["client"]) == ["198.51.100.7", 4711]


async def test_a_header_that_is_ignored_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    scope = {"type": "http", "client": ["127.0.0.1", 4711], "headers": [(b"x-forwarded-for", b"192.0.2.1")]}
    middleware = ClientAddressMiddleware(None)  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            await passed_on(scope, middleware)
    (record,) = caplog.records
    assert "TRUSTED_PROXIES" in record.message
