"""One room: what it is, and what is changed of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from chat import conf
from chat.actions.joining import leave_room
from chat.actions.keeping import found_room
from chat.models import Membership, Room
from chat.tests.cast import Cast, Person, fresh
from chat.tests.views.conftest import Browse, Submit
from chat.views.rates import may_edit


@pytest.fixture
def square(cast: Cast) -> Room:
    """An open room that Ana made, with Bia."""
    return found_room(by=cast.ana.user, name="square", kind="open", topic="talk", members=[cast.bia.user.pk])


def test_a_room_is_told_with_what_one_may_do_to_it(cast: Cast, square: Room, browse: Browse) -> None:
    seen = browse(cast.caio).get(f"/rooms/{square.pk}/about/").json()
    assert (seen["topic"], seen["members"], seen["joined"], seen["may"]) == ("talk", 2, False, ["join"])
    assert browse(cast.bia).get(f"/rooms/{square.pk}/about/").json()["may"] == ["leave", "invite", "describe"]


def test_a_room_without_a_maker_is_kept_by_the_staff(cast: Cast, browse: Browse) -> None:
    seen = browse(cast.ana).get(f"/rooms/{cast.general.pk}/about/").json()
    assert (seen["creator"], seen["everyone"], seen["may"]) == (None, True, ["describe"])


def test_what_is_changed_is_told_as_it_is_then(cast: Cast, square: Room, submit: Submit) -> None:
    changed = submit(cast.ana, f"/rooms/{square.pk}/about/", name="place", topic="")
    assert (changed.status_code, changed.json()["name"], changed.json()["topic"]) == (200, "place", "")
    assert submit(cast.bia, f"/rooms/{square.pk}/about/", topic="new").json()["topic"] == "new"
    gone = submit(cast.ana, f"/rooms/{square.pk}/about/", archived=True).json()
    assert (gone["archived"], gone["may"]) == (True, ["restore"])
    assert submit(cast.ana, f"/rooms/{square.pk}/about/", archived=False).json()["archived"] is False


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"name": "new"}, 403, "forbidden"),
        ({"archived": True}, 403, "forbidden"),
        ({"topic": "a", "kind": "closed"}, 403, "forbidden"),
        ({}, 400, "bad_query"),
        ({"archived": "yes"}, 400, "bad_query"),
        ({"everyone": True}, 400, "bad_query"),
        ({"topic": "x" * 251}, 400, "bad_query"),
    ],
)
def test_what_a_member_may_not_change_is_refused(
    cast: Cast, square: Room, submit: Submit, fields: dict[str, Any], status: int, code: str
) -> None:
    before = Room.objects.values().get(pk=square.pk)
    response = submit(cast.bia, f"/rooms/{square.pk}/about/", **fields)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert Room.objects.values().get(pk=square.pk) == before


def test_whoever_has_left_a_room_of_theirs_and_closes_it_is_told_so(cast: Cast, square: Room, submit: Submit) -> None:
    leave_room(by=cast.ana.user, room_id=square.pk)
    answer = submit(cast.ana, f"/rooms/{square.pk}/about/", kind="closed")
    assert (answer.status_code, answer.json()["kind"], answer.json()["joined"]) == (200, "closed", False)
    assert fresh(square).kind == "closed"


@pytest.mark.parametrize(
    ("path", "fields"), [("/rooms/{square}/about/", {"name": "plaza"}), ("/rooms/direct/", {"users": []})]
)
def test_what_could_not_be_told_was_not_done(
    cast: Cast, square: Room, submit: Submit, monkeypatch: pytest.MonkeyPatch, path: str, fields: dict[str, Any]
) -> None:
    def fail(*_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr("chat.views.keeping.described", fail)
    rooms = set(Room.objects.values_list("pk", "name"))
    assert submit(cast.ana, path.format(square=square.pk), **fields).status_code == 503
    assert set(Room.objects.values_list("pk", "name")) == rooms


def test_a_name_that_is_taken_is_said_to_be(cast: Cast, square: Room, submit: Submit) -> None:
    response = submit(cast.ana, f"/rooms/{square.pk}/about/", name="General")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "name_taken")
    assert fresh(square).name == "square"


CHANGES: dict[str, dict[str, Any]] = {
    "about/": {"topic": "x"},
    "notify/": {"notify": "all"},
    "join/": {},
    "leave/": {},
    "members/": {"users": [1]},
    "members/remove/": {"user": 1},
}


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("number", ["{garden}", "987654321", "9223372036854775808", "x", "-1"])
def test_a_room_that_one_may_not_see_is_as_one_that_is_not_there(
    cast: Cast, submit: Submit, browse: Browse, path: str, number: str
) -> None:
    CHANGES["members/"]["users"] = [cast.caio.user.pk]
    url = f"/rooms/{number.format(garden=cast.garden.pk)}/"
    answers = [submit(cast.caio, url + path, **CHANGES[path])]
    answers += [browse(cast.caio).get(url + path)] if path in ("about/", "members/") else []
    for response in answers:
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_a_member")
        assert response.json()["error"]["detail"] == "You are not in this room."


# -- direct rooms ----------------------------------------------------------------------------------


def direct(submit: Submit, by: Person, *others: Person) -> Any:
    response = submit(by, "/rooms/direct/", users=[other.user.pk for other in others])
    assert response.status_code == 200, response.content
    return response.json()


def test_the_same_people_are_led_to_the_same_room(cast: Cast, submit: Submit) -> None:
    pair = direct(submit, cast.ana, cast.bia)
    assert (pair["kind"], pair["name"], pair["members"], pair["joined"]) == ("direct", "Bia Souza", 2, True)
    assert pair["may"] == []
    other = direct(submit, cast.bia, cast.ana)
    assert (other["id"], other["name"]) == (pair["id"], "Ana Souza")
    assert direct(submit, cast.ana)["name"] == "Ana Souza"


@pytest.mark.parametrize(
    ("users", "status"), [([987654321], 404), ([2**63], 400), (["x"], 400), (list(range(1, 11)), 400), (None, 400)]
)
def test_what_makes_no_direct_room_is_refused(cast: Cast, submit: Submit, users: Any, status: int) -> None:
    assert submit(cast.ana, "/rooms/direct/", users=users).status_code == status
    assert not Room.objects.filter(kind="direct").exists()


# -- what one wants to hear ------------------------------------------------------------------------


def test_the_level_is_changed(cast: Cast, submit: Submit) -> None:
    response = submit(cast.ana, f"/rooms/{cast.garden.pk}/notify/", notify="none")
    assert (response.status_code, response.json()) == (200, {"notify": "none"})
    assert Membership.objects.get(room=cast.garden, user=cast.ana.user).notify == "none"


@pytest.mark.parametrize("level", ["", "ALL", None, 1])
def test_there_are_no_other_levels(cast: Cast, submit: Submit, level: Any) -> None:
    assert submit(cast.ana, f"/rooms/{cast.garden.pk}/notify/", notify=level).status_code == 400


# -- how often -------------------------------------------------------------------------------------


def test_who_renames_without_end_is_told_to_wait_as_all_members_hear_of_it(
    cast: Cast, square: Room, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PERSON_ROOM_EDITS_BURST", 2)
    monkeypatch.setattr(conf, "PERSON_ROOM_EDITS_PER_SECOND", 0.01)
    monkeypatch.setattr(may_edit, "_buckets", {})

    def describe(person: Person, topic: str) -> int:
        status: int = submit(person, f"/rooms/{square.pk}/about/", topic=topic).status_code
        return status

    assert [describe(cast.ana, topic) for topic in "abc"] == [200, 200, 429]
    assert fresh(square).topic == "b"
    assert describe(cast.bia, "d") == 200
