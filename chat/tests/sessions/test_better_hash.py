"""A hash made anew on sign-in, because a better way has been found, is no change of the password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from pytest_django.fixtures import Settings

from chat.models import Session, User
from chat.tests.cast import Cast, sign_in

PASSWORD = "correct horse"
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"


class CheapArgon2(Argon2PasswordHasher):
    """As a former release would have had it."""

    time_cost, memory_cost, parallelism = 1, 64, 1


@pytest.fixture(params=["another hasher", "other parameters"])
def old(request: pytest.FixtureRequest, settings: Settings, cast: Cast) -> Session:
    """Ana's sign-in under a hash that is no longer how it is done."""
    weak = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [ARGON2, weak]
    user = cast.ana.user
    user.password = {
        "another hasher": lambda: make_password(PASSWORD, hasher="pbkdf2_sha256"),
        "other parameters": lambda: CheapArgon2().encode(PASSWORD, "saltsaltsalt"),
    }[request.param]()
    user.save()
    return sign_in(user)


def lives(session: Session) -> bool:
    return session.device in Session.objects.living([session.device])


def enter(client: Client, password: str = PASSWORD) -> int:
    return client.post("/login/", {"username": "ana", "password": password}).status_code


def test_the_hash_is_made_anew_and_every_other_device_stays(cast: Cast, old: Session) -> None:
    before = User.objects.get(pk=cast.ana.user.pk).password
    here, there = Client(), Client()
    there.cookies["sessionid"] = old.session_key
    assert enter(here) == 302
    after = User.objects.get(pk=cast.ana.user.pk).password
    assert after != before
    assert after.startswith("argon2$argon2id$v=19$m=102400,")
    assert lives(old)
    assert there.get("/session/").status_code == 200
    assert here.get("/session/").status_code == 200


def test_a_wrong_password_makes_nothing_anew(cast: Cast, old: Session) -> None:
    before = User.objects.get(pk=cast.ana.user.pk).password
    assert enter(Client(), "wrong") == 200
    assert User.objects.get(pk=cast.ana.user.pk).password == before


def test_a_sign_in_that_was_over_stays_over(cast: Cast, old: Session) -> None:
    Session.objects.filter(pk=old.pk).update(auth_hash="of another password")
    assert enter(Client()) == 302
    assert not lives(old)


def test_what_else_the_session_held_is_kept(cast: Cast, old: Session) -> None:
    there = Client()
    there.cookies["sessionid"] = old.session_key
    session = there.session
    session["theme"] = "dark"
    session.save()
    enter(Client())
    assert there.session["theme"] == "dark"


def test_of_two_sign_ins_at_once_both_count_and_the_others_stay(cast: Cast, old: Session) -> None:
    together = Barrier(2)

    def come(_number: int) -> Client:
        client = Client()
        together.wait(10)
        try:
            assert enter(client) == 302
            return client
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        clients = list(people.map(come, range(2)))
    assert [client.get("/session/").status_code for client in clients] == [200, 200]
    assert lives(old)


def test_a_password_changed_during_a_sign_in_is_not_undone(cast: Cast, old: Session) -> None:
    user = User.objects.get(pk=cast.ana.user.pk)  # as the sign-in has read it
    changed = User.objects.get(pk=cast.ana.user.pk)
    changed.set_password("battery staple")
    changed.save()
    assert user.check_password(PASSWORD)  # it was right when it was read
    assert User.objects.get(pk=user.pk).password == changed.password
    assert not lives(sign_in(user))
    assert authenticate(HttpRequest(), username="ana", password=PASSWORD) is None
