from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from chat.models import Installation, Room, User
from chat.sessions.setup import new_setup_link
from chat.tests.cast import make_cast

PASSWORD = "a good long password"


@pytest.fixture
def link(db: None) -> str:
    """The path of a link that has not been used."""
    return _link()


def _link() -> str:
    Installation.objects.get_or_create(pk=1)
    url = new_setup_link("http://testserver")
    assert url is not None
    return url.removeprefix("http://testserver")


def send(client: Client, link: str, **fields: str) -> Any:
    data = {"username": "root", "full_name": "", "password1": PASSWORD, "password2": PASSWORD, **fields}
    return client.post(link, data)


def test_it_makes_an_administrator_and_signs_them_in(link: str, client: Client) -> None:
    response = send(client, link, full_name="Rui Root")
    assert (response.status_code, response["Location"]) == (302, "/")
    user = User.objects.get()
    assert user.is_superuser
    assert user.is_staff
    assert user.check_password(PASSWORD)
    assert client.get("/session/").json()["user"]["name"] == "Rui Root"
    assert list(user.rooms) == list(Room.objects.filter(everyone=True))


def test_a_sign_in_that_fails_leaves_the_link_unspent(
    link: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any, **_fields: Any) -> None:
        raise OperationalError

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("chat.sessions.engine.SessionStore.save", fail)
        assert send(client, link).status_code == 503
    assert not User.objects.exists()
    assert send(client, link).status_code == 302


def test_it_works_once(link: str, client: Client) -> None:
    send(client, link)
    assert client.get(link).status_code == 404
    assert send(Client(), link, username="second").status_code == 404
    assert User.objects.count() == 1


def test_a_newer_link_takes_the_place_of_the_older(link: str, client: Client) -> None:
    newer = _link()
    assert client.get(link).status_code == 404
    assert client.get(newer).status_code == 200


def test_it_is_over_once_there_is_any_user(link: str, client: Client) -> None:
    User.objects.create_user("ana")
    assert client.get(link).status_code == 404
    assert send(client, link).status_code == 404
    assert User.objects.count() == 1


def test_a_guessed_link_is_not_found(link: str, client: Client) -> None:
    response = client.get("/setup/guessed/")
    assert response.status_code == 404
    assert b"no longer works" in response.content


@pytest.mark.parametrize(
    "fields",
    [
        {"password2": "another one entirely"},
        {"password1": "short", "password2": "short"},
        {"password1": "12345678901", "password2": "12345678901"},
        {"username": ""},
        {"username": "no spaces allowed"},
        {"username": "x" * 151},
        {"username": "All"},
        {"full_name": "x" * 151},
    ],
)
def test_what_will_not_do_is_said_and_leaves_the_link_unspent(
    link: str, client: Client, fields: dict[str, str]
) -> None:
    response = send(client, link, **fields)
    assert response.status_code == 200
    assert b"field__error" in response.content
    assert not User.objects.exists()
    assert send(client, link).status_code == 302


def test_the_address_is_not_carried_on_and_nothing_keeps_a_copy(link: str, client: Client) -> None:
    response = client.get(link)
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


def test_of_two_at_once_one_becomes_the_administrator(transactional_db: None) -> None:
    link = _link()
    together = Barrier(2)

    def apply(name: str) -> int:
        client = Client()
        assert client.get(link).status_code == 200
        together.wait(10)
        try:
            return int(send(client, link, username=name).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        statuses = sorted(people.map(apply, ["one", "two"]))
    assert statuses == [302, 404]
    assert User.objects.count() == 1


def test_no_link_is_made_once_there_is_a_user(db: None) -> None:
    make_cast()
    assert new_setup_link("http://testserver") is None
