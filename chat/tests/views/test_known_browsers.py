"""Whoever has signed in with a browser before is touched by nobody else's failures there."""

from __future__ import annotations

import pytest
from django.test import Client

from chat import conf
from chat.tests.cast import Cast
from chat.tests.views.guessing import FREE, PASSWORD, attempt, fail, networks


@pytest.fixture
def known(cast: Cast) -> Client:
    """A browser that Ana has signed in with, and signed out of."""
    client = Client()
    assert attempt(PASSWORD, client=client).status_code == 302
    client.post("/logout/")
    return client


def test_a_browser_that_the_name_has_used_before_is_let_in_during_an_attack(cast: Cast, known: Client) -> None:
    for ip in networks(conf.SIGN_IN_NAME_FAILURES // FREE):
        fail(ip=ip)
    for number in range(conf.SIGN_IN_NETWORK_FAILURES):
        fail(1, name=f"somebody{number}")
    assert attempt(PASSWORD).status_code == 429
    assert attempt(PASSWORD, client=known).status_code == 302


def test_a_known_browser_has_no_more_attempts_than_others_wherever_it_is(cast: Cast, known: Client) -> None:
    for ip in networks(FREE):
        fail(1, client=known, ip=ip)
    assert attempt(PASSWORD, client=known, ip="203.0.113.9").status_code == 429
    assert attempt(PASSWORD).status_code == 302


def test_signing_in_again_brings_a_known_browser_no_new_attempts(cast: Cast, known: Client) -> None:
    thief = Client()
    thief.cookies["browser"] = known.cookies["browser"].value
    attempt(PASSWORD, client=known)
    fail(client=thief)
    known.post("/logout/")
    assert attempt(client=known).status_code == 429


def test_a_browser_is_known_for_those_names_alone_that_have_used_it(cast: Cast, known: Client) -> None:
    fail(name="bia")
    assert attempt(PASSWORD, name="bia", client=known).status_code == 429


def test_a_browser_is_known_for_several_people(cast: Cast, known: Client) -> None:
    assert attempt(PASSWORD, name="bia", client=known).status_code == 302
    known.post("/logout/")
    fail()
    fail(name="bia")
    for name in ("ana", "bia"):
        assert attempt(PASSWORD, name=name, client=known).status_code == 302
        known.post("/logout/")


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", '["id",["ana"]]', "é" * 30])
def test_a_forged_cookie_makes_no_browser_known(cast: Cast, cookie: str) -> None:
    client = Client()
    client.cookies["browser"] = cookie
    fail()
    assert attempt(PASSWORD, client=client).status_code == 429


def test_the_cookie_of_a_known_browser_is_for_the_sign_in_page_alone(cast: Cast, known: Client) -> None:
    cookie = known.cookies["browser"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"]) == ("/login/", "Lax")
    assert "ana" not in cookie.value
