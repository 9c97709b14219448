"""What browsers are told about the site, whatever they are answered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from chat import conf
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse

YEAR = "max-age=31536000"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": YEAR,
}
Answer = Callable[[], Any]


@pytest.fixture
def answer(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, settings: Settings, request: Any) -> Any:
    """An answer of the kind that the test is about, from a site with an https address."""
    settings.SECURE_HSTS_SECONDS = 31536000
    ana, stranger = browse(cast.ana), Client(enforce_csrf_checks=True)

    def throttled() -> Any:
        for _ in range(conf.SIGN_IN_FREE_FAILURES):
            Client().post("/login/", {"username": "ana", "password": "wrong"})
        return Client().post("/login/", {"username": "ana", "password": "wrong"})

    def failing() -> Any:
        monkeypatch.setattr("chat.views.rooms.room_states", lambda _users: 1 / 0)
        ana.raise_request_exception = False
        return ana.get(f"/rooms/{cast.garden.pk}/")

    def without_database() -> Any:
        def fail(*_args: Any) -> None:
            raise OperationalError

        monkeypatch.setattr("chat.views.rooms.room_states", fail)
        ana.raise_request_exception = False
        return ana.get(f"/rooms/{cast.garden.pk}/")

    kinds: dict[str, Answer] = {
        "200 page": lambda: ana.get(f"/rooms/{cast.garden.pk}/"),
        "200 json": lambda: ana.get("/session/"),
        "200 static": lambda: ana.get("/static/chat/css/base.css"),
        "200 health": lambda: stranger.get("/healthz"),
        "302 redirect": lambda: stranger.get("/"),
        "302 admin": lambda: stranger.get("/admin/"),
        "400 host": lambda: stranger.get("/login/", headers={"Host": "evil.example"}),
        "401 json": lambda: stranger.get("/session/"),
        "403 page": lambda: ana.get("/admin/login/"),
        "403 token": lambda: stranger.post("/login/", {"username": "ana"}),
        "404 page": lambda: ana.get("/nowhere/"),
        "404 json": lambda: ana.get("/rooms/999999/messages/"),
        "404 static": lambda: ana.get("/static/nowhere.css"),
        "405 page": lambda: ana.get("/logout/"),
        "429 page": throttled,
        "500 page": failing,
        "503 page": without_database,
    }
    response = kinds[request.param]()
    assert str(response.status_code) == request.param.split()[0]
    return response


KINDS = [
    *("200 page", "200 json", "200 static", "200 health", "302 redirect", "302 admin", "400 host", "401 json"),
    *("403 page", "403 token", "404 page", "404 json", "404 static", "405 page", "429 page", "500 page", "503 page"),
]


@pytest.mark.parametrize("answer", KINDS, indirect=True)
def test_every_answer_carries_every_header(answer: Any) -> None:
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("answer", KINDS, indirect=True)
def test_every_answer_carries_the_strict_policy(answer: Any) -> None:
    policy = answer["Content-Security-Policy"]
    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))
    assert {directives[name] for name in ("default-src", "script-src", "style-src", "connect-src")} == {"'self'"}
    assert {directives[name] for name in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert "unsafe" not in policy
    assert "*" not in policy


def test_every_cookie_is_for_this_site_alone_and_for_tls(cast: Cast, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/login/")
    client.post("/login/", {"username": "ana", "password": "correct horse"})
    assert set(client.cookies) == {"sessionid", "csrftoken", "browser"}
    assert all(cookie["secure"] and cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert client.cookies["sessionid"]["httponly"]


def test_without_an_https_address_no_browser_is_sent_to_https(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz")
