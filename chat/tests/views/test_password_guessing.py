"""Whoever finds a browser that was left signed in learns the password by trying no sooner than at the sign-in."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chat import conf
from chat.models import FailedSignIn, User
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse

PASSWORD, WRONG, NEW = "correct horse", "battery staple", "battery staple ocean"
FREE = conf.SIGN_IN_FREE_FAILURES


@pytest.fixture
def left(cast: Cast, browse: Browse) -> Client:
    """Ana's browser, with somebody else before it."""
    return browse(cast.ana)


def change(client: Client, password: str = WRONG, **more: Any) -> Any:
    fields = {"old_password": password, "new_password1": NEW, "new_password2": NEW}
    return client.post("/account/password/", fields, **more)


def fail(client: Client, times: int = FREE) -> None:
    assert [change(client).status_code for _ in range(times)] == [200] * times


def sign_in(password: str = PASSWORD, client: Client | None = None) -> Any:
    return (client or Client()).post("/login/", {"username": "ana", "password": password})


def password_of(cast: Cast) -> str:
    return User.objects.get(pk=cast.ana.user.pk).password


def test_after_a_few_failures_one_is_told_to_wait_and_how_long(left: Client) -> None:
    fail(left)
    answer = change(left)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= conf.SIGN_IN_FIRST_SECONDS
    assert "wrong too often. Please wait 1\xa0minute" in answer.content.decode()


def test_the_wait_is_told_in_the_readers_language(left: Client) -> None:
    fail(left)
    page = change(left, headers={"Accept-Language": "pt-br"}).content.decode()
    assert "1\xa0minuto" in page
    assert "Please" not in page


def test_the_right_password_is_not_heard_meanwhile(cast: Cast, left: Client) -> None:
    before = password_of(cast)
    fail(left)
    assert change(left, PASSWORD).status_code == 429
    assert password_of(cast) == before


def test_after_the_wait_it_is_heard_and_all_is_forgotten(cast: Cast, left: Client) -> None:
    fail(left)
    row = FailedSignIn.objects.get()
    row.attempt_time -= timedelta(seconds=conf.SIGN_IN_FIRST_SECONDS)
    row.save()
    assert change(left, PASSWORD).status_code == 302
    assert not FailedSignIn.objects.exists()
    assert sign_in(NEW).status_code == 302


def test_it_counts_together_with_the_sign_in(left: Client) -> None:
    fail(left, 2)
    assert [sign_in(WRONG).status_code for _ in range(FREE - 2)] == [200] * (FREE - 2)
    assert sign_in().status_code == 429
    assert change(left).status_code == 429


def test_a_browser_that_is_known_has_no_attempts_of_its_own_here(cast: Cast, left: Client) -> None:
    known = Client()
    assert sign_in(client=known).status_code == 302
    left.cookies["browser"] = known.cookies["browser"].value
    fail(left)
    assert change(left).status_code == 429
    assert sign_in(client=known).status_code == 302, "and its owner can sign in with it all the same"


def test_it_keeps_nobody_else_waiting(cast: Cast, left: Client, browse: Browse) -> None:
    fail(left)
    assert change(browse(cast.bia), PASSWORD).status_code == 302


def test_a_new_password_that_will_not_do_is_no_guess(left: Client) -> None:
    for _ in range(FREE + 1):
        fields = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
        assert left.post("/account/password/", fields).status_code == 200
    assert not FailedSignIn.objects.exists()


def test_each_failure_is_an_event_without_the_password(
    cast: Cast, left: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="chat.sessions"):
        fail(left, 1)
    [event] = [vars(record) for record in caplog.records if record.name == "chat.sessions.passwords"]
    assert (event["msg"], event["user"], event["ip"]) == ("wrong password", cast.ana.user.pk, "127.0.0.1")
    assert WRONG not in str(event)
