"""Somebody else signs in, in the browser of a person who has not signed out."""

import pytest
from django.test import Client

from chat.models import Session, User
from chat.tests.cast import Cast


@pytest.fixture
def browser(cast: Cast) -> Client:
    """Ana's, at the moment when Rui signs in with it."""
    User.objects.create_user("rui", password="a good long password")
    browser = Client(REMOTE_ADDR="198.51.100.7", headers={"user-agent": "Browser/1.0"})
    browser.cookies["sessionid"] = cast.ana.session.session_key
    answer = browser.post("/login/", {"username": "rui", "password": "a good long password"})
    assert answer.status_code == 302
    return browser


def test_the_former_sign_in_ends(cast: Cast, browser: Client) -> None:
    assert not Session.objects.filter(device=cast.ana.session.device).exists()
    assert browser.cookies["sessionid"].value != cast.ana.session.session_key


def test_the_new_one_is_a_device_like_any_other(browser: Client) -> None:
    new = Session.objects.get(session_key=browser.cookies["sessionid"].value)
    assert new.user is not None
    assert (new.user.username, new.ip, new.user_agent) == ("rui", "198.51.100.7", "Browser/1.0")
