"""The session store: sockets and pages write the same row without losing each other's words."""

from importlib import import_module
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest
from django.test import override_settings

from chat.actions.commit import commit
from chat.models import Session, User
from chat.sessions.auth import signed_in
from chat.sessions.engine import SessionStore
from chat.tests.cast import Cast, committed, sign_in


def store(cast: Cast) -> SessionStore:
    session: SessionStore = import_module(settings.SESSION_ENGINE).SessionStore(cast.ana.session.session_key)
    return session


def row(cast: Cast) -> Session:
    return Session.objects.get(device=cast.ana.session.device)


def test_saving_over_http_keeps_what_the_socket_wrote(cast: Cast) -> None:
    session = store(cast)
    session["theme"] = "dark"
    committed(commit([cast.ana.open(cast.garden)]))
    session.save()
    assert row(cast).last_room == cast.garden
    assert store(cast)["theme"] == "dark"


def test_what_the_socket_writes_keeps_what_http_wrote(cast: Cast) -> None:
    session = store(cast)
    session["theme"] = "dark"
    session.save()
    committed(commit([cast.ana.open(cast.garden)]))
    assert store(cast)["theme"] == "dark"


def test_what_two_requests_have_changed_is_both_kept(cast: Cast) -> None:
    before = store(cast)
    before.update({"removed": 1, "stays": 1})
    before.save()
    first, second = store(cast), store(cast)
    first["theme"] = "dark"
    del first["removed"]
    second["stays"] = 2
    first.save()
    second.save()
    second["more"] = True
    second.save()
    data = dict(store(cast).items())
    assert (data["theme"], data["stays"], data["more"]) == ("dark", 2, True)
    assert "removed" not in data


def test_a_value_changed_in_place_is_saved(cast: Cast) -> None:
    before = store(cast)
    before["rooms"] = [1]
    before.save()
    session = store(cast)
    session["rooms"].append(2)
    session.save()
    assert store(cast)["rooms"] == [1, 2]


def test_a_request_under_the_old_key_is_not_given_the_new_one(cast: Cast) -> None:
    """Who has stolen the cookie must not learn its next value by asking at the right moment."""
    session, thief = store(cast), store(cast)
    thief["theme"] = "dark"
    session.cycle_key()
    with pytest.raises(UpdateError):
        thief.save()
    assert thief.session_key == cast.ana.session.session_key
    assert "theme" not in SessionStore(session.session_key)


def test_a_new_key_keeps_the_device_and_ends_the_old_cookie(cast: Cast) -> None:
    session = store(cast)
    session.cycle_key()
    session.save()
    assert session.session_key != cast.ana.session.session_key
    assert row(cast).session_key == session.session_key
    assert signed_in(session.session_key)[0] == cast.ana.user
    assert signed_in(cast.ana.session.session_key)[1] is None


def test_a_new_key_does_not_bring_back_a_session_that_was_ended(cast: Cast) -> None:
    session = store(cast)
    assert session["_auth_user_id"]
    Session.objects.filter(device=cast.ana.session.device).delete()
    with pytest.raises(SessionInterrupted):
        session.cycle_key()
    assert not Session.objects.filter(user=cast.ana.user).exists()


def test_flushing_ends_the_device(cast: Cast) -> None:
    store(cast).flush()
    assert not Session.objects.filter(device=cast.ana.session.device).exists()


def test_saving_a_session_that_was_ended_does_not_bring_it_back(cast: Cast) -> None:
    session = store(cast)
    session["theme"] = "dark"
    Session.objects.filter(device=cast.ana.session.device).delete()
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.filter(device=cast.ana.session.device).exists()


@pytest.mark.parametrize(
    "key", [None, "", "short", "x" * 32, "a" * 31 + "\0", "é" * 32, "' OR 1=1 --------------------"]
)
def test_a_forged_key_is_nobody(cast: Cast, key: str | None) -> None:
    session = SessionStore(key)
    user, device = signed_in(session.session_key)
    assert user.is_anonymous
    assert device is None
    assert session.get("anything") is None


def test_rotating_the_signing_key_with_a_fallback_signs_nobody_out(cast: Cast) -> None:
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert signed_in(cast.ana.session.session_key)[0] == cast.ana.user


def test_a_new_signing_key_changes_no_cookie(cast: Cast) -> None:
    """Of two requests at once the later one would come with a cookie that is gone, and be signed out."""
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        asked = HttpRequest()
        asked.session = store(cast)
        assert get_user(asked) == cast.ana.user
        assert not asked.session.modified
        assert asked.session.session_key == cast.ana.session.session_key


def test_what_is_saved_under_a_new_signing_key_outlives_the_former_one(cast: Cast) -> None:
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        session = store(cast)
        session["theme"] = "dark"
        session.save()
    with override_settings(SECRET_KEY="new"):
        assert signed_in(cast.ana.session.session_key)[0] == cast.ana.user
        assert store(cast)["theme"] == "dark"


def test_a_former_password_stays_one_under_a_new_signing_key(cast: Cast) -> None:
    User.objects.filter(pk=cast.ana.user.pk).update(password="another")
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        asked = HttpRequest()
        asked.session = store(cast)
        assert get_user(asked).is_anonymous


def test_rotating_the_signing_key_without_a_fallback_signs_everybody_out(cast: Cast) -> None:
    with override_settings(SECRET_KEY="new"):
        assert signed_in(cast.ana.session.session_key)[1] is None
    assert Session.objects.filter(device=cast.ana.session.device).exists(), "looking must not end the session"


def test_each_sign_in_is_a_device_of_its_own(cast: Cast) -> None:
    other = sign_in(cast.ana.user)
    assert isinstance(other.device, UUID)
    assert other.device != cast.ana.session.device


def test_no_session_shows_its_key(cast: Cast) -> None:
    assert cast.ana.session.session_key not in f"{cast.ana.session} {cast.ana.session!r} {cast.ana.actor!r}"
