"""People's cards, and who is in one's direct rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from chat.actions.memberships import remove_members
from chat.actions.rooms import create_room
from chat.models import Room, Session, User
from chat.relay.roster import roster
from chat.tests.cast import Cast, Person
from chat.tests.views.conftest import Browse
from chat.views.rates import may_list

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_was_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(may_list, "_buckets", {})


@pytest.fixture(autouse=True)
def nobody_else_is_there() -> Iterator[None]:
    roster.clear()
    yield
    roster.clear()


def come(*people: Person) -> None:
    roster.vouch("a process", [person.user.pk for person in people])


def ask(client: Client, *people: Person) -> list[dict[str, Any]]:
    answer = client.get("/people/cards/", {"ids": ",".join(str(person.user.pk) for person in people)})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["people"]
    return found


def direct(client: Client) -> dict[str, Any]:
    answer = client.get("/people/direct/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def direct_room(*people: Person) -> Room:
    return create_room(name="", kind=Room.Kind.DIRECT, members=[person.user for person in people])


def leave_every_room(person: Person) -> None:
    person.user.memberships.update(active=False)


def test_a_card_has_what_the_frames_leave_out(cast: Cast, browse: Browse) -> None:
    User.objects.filter(pk=cast.bia.user.pk).update(picture="ab12")
    come(cast.bia)
    assert ask(browse(cast.ana), cast.bia) == [
        {
            "id": cast.bia.user.pk,
            "username": "bia",
            "name": "Bia Souza",
            "picture": "ab12",
            "online": True,
            "seen": None,
        }
    ]


def test_several_are_asked_for_at_once_and_those_who_are_not_there_are_left_out(cast: Cast, browse: Browse) -> None:
    User.objects.filter(pk=cast.caio.user.pk).update(is_active=False)
    answer = browse(cast.ana).get(
        f"/people/cards/?ids={cast.caio.user.pk},{cast.ana.user.pk},{2**62},{cast.bia.user.pk}"
    )
    assert [one["username"] for one in answer.json()["people"]] == ["ana", "bia"]


def test_of_one_who_is_away_it_is_told_when_a_device_was_last_in_use(cast: Cast, browse: Browse) -> None:
    Session.objects.filter(user=cast.bia.user).update(last_seen=NOON)
    (card,) = ask(browse(cast.ana), cast.bia)
    assert (card["online"], card["seen"]) == (False, "2026-11-23T12:00:00Z")


def test_of_one_who_is_signed_out_everywhere_nothing_is_told(cast: Cast, browse: Browse) -> None:
    Session.objects.filter(user=cast.bia.user).delete()
    (card,) = ask(browse(cast.ana), cast.bia)
    assert (card["online"], card["seen"]) == (False, None)


def test_who_shares_no_room_does_not_learn_whether_one_is_there(cast: Cast, browse: Browse) -> None:
    come(cast.bia)
    leave_every_room(cast.caio)
    (card,) = ask(browse(cast.caio), cast.bia)
    assert (card["name"], card["online"], card["seen"]) == ("Bia Souza", None, None)
    (own,) = ask(browse(cast.caio), cast.caio)
    assert own["online"] is False


def test_who_has_left_the_last_common_room_does_not_learn_it_any_more(cast: Cast, browse: Browse) -> None:
    room = create_room(name="attic", kind=Room.Kind.CLOSED, members=[cast.bia.user, cast.caio.user])
    leave_every_room(cast.caio)
    room.memberships.filter(user=cast.caio.user).update(active=True)
    come(cast.bia)
    assert ask(browse(cast.caio), cast.bia)[0]["online"] is True
    remove_members(room=room, users=[cast.caio.user])
    assert ask(browse(cast.caio), cast.bia)[0]["online"] is None


@pytest.mark.parametrize("asked", ["", "x", "1,", ",1", "1;2", "-1", "1" * 20, str(2**63), "1," * 100 + "1", "१"])
def test_what_cannot_be_asked_for_is_refused_by_name(cast: Cast, browse: Browse, asked: str) -> None:
    answer = browse(cast.ana).get("/people/cards/", {"ids": asked})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_query")
    assert "ids" in answer.json()["error"]["detail"]


def test_it_is_the_same_number_of_queries_however_many_are_asked_for(
    cast: Cast, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    client = browse(cast.ana)
    with django_assert_max_num_queries(5):  # the session, the person, the people, common rooms, devices
        ask(client, cast.ana, cast.bia, cast.caio)


def test_in_direct_rooms_are_the_others_and_who_of_them_is_there(cast: Cast, browse: Browse) -> None:
    pair, three = direct_room(cast.ana, cast.bia), direct_room(cast.ana, cast.bia, cast.caio)
    direct_room(cast.bia, cast.caio)
    come(cast.ana, cast.caio)
    assert direct(browse(cast.ana)) == {
        "rooms": [
            {"room": pair.pk, "people": [cast.bia.user.pk]},
            {"room": three.pk, "people": [cast.bia.user.pk, cast.caio.user.pk]},
        ],
        "online": [cast.caio.user.pk],
    }


def test_of_rooms_that_are_not_direct_nobody_is_named(cast: Cast, browse: Browse) -> None:
    come(cast.bia, cast.caio)
    assert direct(browse(cast.ana)) == {"rooms": [], "online": []}


@pytest.mark.parametrize("path", ["/people/cards/?ids=1", "/people/direct/"])
def test_strangers_learn_nothing(cast: Cast, client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/people/cards/?ids=1", "/people/direct/"])
def test_it_is_only_read(cast: Cast, browse: Browse, path: str) -> None:
    assert browse(cast.ana).post(path).status_code == 405


def test_who_asks_too_fast_is_told_to_wait(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.conf.PERSON_LISTS_BURST", 1)
    monkeypatch.setattr("chat.conf.PERSON_LISTS_PER_SECOND", 0.01)
    client = browse(cast.ana)
    assert [client.get("/people/direct/").status_code for _ in range(2)] == [200, 429]
