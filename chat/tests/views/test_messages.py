from typing import Any

import msgspec
import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chat.actions.commit import commit
from chat.models import Message, Room
from chat.protocol.messages import message_frame
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse


@pytest.fixture
def talk(cast: Cast) -> Cast:
    """A hundred and twenty messages in the garden."""
    commit([cast.bia.post(cast.garden, f"line {number}") for number in range(1, 121)])
    return cast


def ask(client: Client, room: Room, query: str = "") -> Any:
    response = client.get(f"/rooms/{room.pk}/messages/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def positions(page: Any) -> list[int]:
    return [message["position"] for message in page["messages"]]


@pytest.mark.parametrize(
    ("query", "first", "last", "more"),
    [
        ("", 71, 120, True),
        ("limit=100", 21, 120, True),
        ("before=71", 21, 70, True),
        ("before=21", 1, 20, False),
        ("before=51&limit=50", 1, 50, False),
        ("after=100", 101, 120, False),
        ("after=0&limit=3", 1, 3, True),
        ("after=10&before=14", 11, 13, False),
        ("at=7", 7, 7, False),
        ("at=9,7,8,8,121,0", 7, 9, False),
    ],
)
def test_pages_are_oldest_first_and_exclusive(
    talk: Cast, browse: Browse, query: str, first: int, last: int, more: bool
) -> None:
    page = ask(browse(talk.ana), talk.garden, query)
    assert positions(page) == list(range(first, last + 1))
    assert page["more"] is more


@pytest.mark.parametrize("query", ["after=120", "before=1", "before=0", f"after={2**63 - 1}", "at=121", "at=0"])
def test_beyond_the_ends_there_is_nothing(talk: Cast, browse: Browse, query: str) -> None:
    page = ask(browse(talk.ana), talk.garden, query)
    assert (page["messages"], page["more"]) == ([], False)


def test_a_message_is_the_same_object_as_on_the_socket(talk: Cast, browse: Browse) -> None:
    stored = Message.objects.select_related("author").get(position=120)
    page = ask(browse(talk.ana), talk.garden, "limit=1")
    assert page["messages"] == [msgspec.to_builtins(message_frame(stored))]


def test_the_revision_is_the_rooms(talk: Cast, browse: Browse) -> None:
    commit([talk.bia.edit(talk.garden, 5)])
    assert ask(browse(talk.ana), talk.garden)["revision"] == Room.objects.get(pk=talk.garden.pk).last_revision


def test_a_deleted_message_comes_as_a_tombstone(talk: Cast, browse: Browse) -> None:
    commit([talk.bia.delete(talk.garden, 120)])
    [message] = ask(browse(talk.ana), talk.garden, "limit=1")["messages"]
    assert (message["deleted"], message["body"], message["html"]) == (True, "", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", ""),
        ("limit", "ten"),
        ("before", "-1"),
        ("before", "1.5"),
        ("before", "9223372036854775808"),
        ("after", "9" * 5000),
        ("after", "٣"),
        ("after", "1\0"),
        ("at", ""),
        ("at", "1,"),
        ("at", "1, 2"),
        ("at", "-1"),
        ("at", "9223372036854775808"),
        ("at", "1," * 100 + "1"),
        ("at", "1" * 5000),
    ],
)
def test_a_parameter_that_will_not_do_is_refused_by_name(talk: Cast, browse: Browse, name: str, value: str) -> None:
    response = browse(talk.ana).get(f"/rooms/{talk.garden.pk}/messages/", {name: value})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_query"
    assert response.json()["error"]["detail"].startswith(f"{name}: ")


@pytest.mark.parametrize("other", ["before=9", "after=1"])
def test_positions_are_asked_for_alone(talk: Cast, browse: Browse, other: str) -> None:
    response = browse(talk.ana).get(f"/rooms/{talk.garden.pk}/messages/?at=3&{other}")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_query")


def test_a_hundred_positions_cost_one_question(
    talk: Cast, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browse(talk.ana)
    with django_assert_max_num_queries(4):  # the session, the person and the room, too
        page = ask(client, talk.garden, "at=" + ",".join(map(str, range(1, 101))))
    assert positions(page) == list(range(1, 101))


def test_positions_of_another_room_are_not_looked_up(talk: Cast, browse: Browse) -> None:
    commit([talk.ana.post(talk.general, "elsewhere")])
    [message] = ask(browse(talk.ana), talk.general, "at=1,5")["messages"]
    assert message["body"] == "elsewhere"


def test_nobody_reads_without_signing_in(talk: Cast, client: Client) -> None:
    response = client.get(f"/rooms/{talk.garden.pk}/messages/")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed_out")


def test_an_outsider_is_told_what_is_told_of_any_room(talk: Cast, browse: Browse) -> None:
    response = browse(talk.caio).get(f"/rooms/{talk.garden.pk}/messages/")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_a_member")


@pytest.mark.parametrize("room", ["0", "-1", "x", "٣", "1" * 19, "9" * 30, "9" * 5000, "1%00", "%ff", "é"])
def test_a_room_that_cannot_be_is_one_that_is_not_there(talk: Cast, browse: Browse, room: str) -> None:
    response = browse(talk.ana).get(f"/rooms/{room}/messages/")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_a_member")


def test_a_database_that_does_not_answer_is_named(talk: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError

    client = browse(talk.ana)
    monkeypatch.setattr("chat.views.rooms._page", fail)
    response = client.get(f"/rooms/{talk.garden.pk}/messages/")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
