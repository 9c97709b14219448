"""Rooms are made, named, described, closed, archived and brought back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec import ValidationError, convert

from chat import conf
from chat.actions.commit import commit
from chat.actions.keeping import RoomChange, change_room, found_room
from chat.actions.rooms import create_room
from chat.errors import BadQuery, ChatError, NameTaken, NotFound
from chat.models import Membership, Room, User
from chat.tests.actions.meanwhile import elsewhere
from chat.tests.cast import Cast, committed, fresh

AT_ONCE = 8


def found(cast: Cast, name: str = "kitchen", **fields: Any) -> Room:
    return found_room(by=cast.ana.user, **{"name": name, "kind": "open", "topic": "", "members": [], **fields})


def change(cast: Cast, room: Room, **fields: Any) -> Room:
    return change_room(by=cast.ana.user, room_id=room.pk, change=RoomChange(**fields))


def test_a_room_has_its_maker_its_topic_and_its_first_members(cast: Cast) -> None:
    room = fresh(found(cast, "  the   kitchen ", kind="closed", topic=" soup ", members=[cast.bia.user.pk]))
    assert (room.name, room.kind, room.topic, room.creator) == ("the kitchen", "closed", "soup", cast.ana.user)
    inside = Membership.objects.filter(room=room, active=True).values_list("user__username", "notify")
    assert set(inside) == {("ana", "mentions"), ("bia", "mentions")}
    committed(commit([cast.bia.post(room)]))


def test_no_room_is_made_with_somebody_who_is_not_there(cast: Cast) -> None:
    User.objects.filter(pk=cast.bia.user.pk).update(is_active=False)
    for user_id in (cast.bia.user.pk, 987654321):
        with pytest.raises(NotFound):
            found(cast, members=[user_id])
    assert not Room.objects.filter(name="kitchen").exists()


def test_no_more_people_are_added_than_are_allowed_at_once(cast: Cast) -> None:
    with pytest.raises(BadQuery):
        found(cast, members=list(range(1, conf.INVITED_AT_ONCE + 2)))


NO_NAMES = ["", "   ", "\u200b", "a\0b", "a\nb", "tab\there", "\x7f", "\u202eabc", "\ud800", "\u2028", "x" * 81]


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_refused(cast: Cast, name: str) -> None:
    room = found(cast)
    with pytest.raises(BadQuery, match="name"):
        found(cast, name)
    with pytest.raises(BadQuery, match="name"):
        change(cast, room, name=name)
    assert fresh(room).name == "kitchen"


@pytest.mark.parametrize("name", ["x" * 80, "cozinha & café", "東京", "🎉", "<b>bold</b>", "עברית", "a\u0301"])
def test_any_other_text_is_a_name(cast: Cast, name: str) -> None:
    assert fresh(found(cast, name)).name == name


@pytest.mark.parametrize("topic", ["a\0b", "a\nb", "x" * 251])
def test_what_is_no_topic_is_refused(cast: Cast, topic: str) -> None:
    room = found(cast)
    with pytest.raises(BadQuery, match="topic"):
        change(cast, room, topic=topic)


def test_several_things_are_changed_together_or_not_at_all(cast: Cast) -> None:
    room = found(cast)
    change(cast, room, name="new", topic="what it is about", kind="closed")
    assert Room.objects.filter(pk=room.pk, name="new", topic="what it is about", kind="closed").exists()
    with pytest.raises(BadQuery):
        change(cast, room, name="newer", topic="\0")
    assert fresh(room).name == "new"


def test_what_is_not_given_stays_and_a_topic_can_be_taken_away(cast: Cast) -> None:
    room = found(cast, topic="old")
    change(cast, room, name="new")
    assert fresh(room).topic == "old"
    change(cast, room, topic="")
    assert (fresh(room).name, fresh(room).topic) == ("new", "")


def test_changing_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(BadQuery):
        change(cast, found(cast))


@pytest.mark.parametrize("fields", [{"kind": "direct"}, {"archived": 1}, {"name": None}, {"everyone": True}, {"id": 5}])
def test_nothing_else_can_be_changed(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        convert(fields, RoomChange)


def test_changes_of_a_room_keep_its_numbers(cast: Cast) -> None:
    room = found(cast)
    committed(commit([cast.ana.post(room)]))
    before = fresh(room)
    change(cast, room, name="new", archived=True)
    after = fresh(room)
    assert (after.last_position, after.last_revision) == (before.last_position, before.last_revision)


# -- names that are taken --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kitchen", "KITCHEN", " Kitchen "])
def test_two_open_rooms_never_have_one_name(cast: Cast, name: str) -> None:
    found(cast)
    with pytest.raises(NameTaken):
        found(cast, name)
    other = found(cast, "other")
    with pytest.raises(NameTaken):
        change(cast, other, name=name)


def test_case_is_ignored_in_every_script_and_accents_are_not(cast: Cast) -> None:
    found(cast, "ÁGUA")
    with pytest.raises(NameTaken):
        found(cast, "água")
    found(cast, "agua")


def test_a_room_may_keep_its_own_name(cast: Cast) -> None:
    room = found(cast)
    change(cast, room, name="Kitchen")
    assert fresh(room).name == "Kitchen"


def test_a_closed_room_takes_no_name_as_that_would_betray_it(cast: Cast) -> None:
    closed = found(cast, kind="closed")
    found(cast)
    with pytest.raises(NameTaken):
        change(cast, closed, kind="open")
    change(cast, closed, name="larder", kind="open")


def test_an_archived_room_frees_its_name_and_may_not_return_to_it_when_it_is_taken(cast: Cast) -> None:
    old = found(cast)
    change(cast, old, archived=True)
    found(cast)
    with pytest.raises(NameTaken):
        change(cast, old, archived=False)
    assert fresh(old).archived


def test_of_many_who_take_a_name_at_once_one_gets_it(cast: Cast) -> None:
    def take(_number: int) -> bool:
        try:
            found(cast)
        except NameTaken:
            return False
        return True

    assert sum(at_once(take)) == 1
    assert Room.objects.filter(name="kitchen").count() == 1


def test_renaming_and_making_at_once_do_not_wait_for_each_other_for_ever(cast: Cast) -> None:
    rooms = [found(cast, f"room {number}") for number in range(AT_ONCE)]

    def take(number: int) -> bool:
        try:
            change(cast, rooms[number], name="kitchen") if number % 2 else found(cast)
        except ChatError:
            return False
        return True

    assert sum(at_once(take)) == 1


def at_once(take: Any) -> list[bool]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda number: elsewhere(lambda: take(number)), range(AT_ONCE)))


def test_the_administration_may_use_a_name_twice(cast: Cast) -> None:
    assert create_room(name="kitchen").pk != create_room(name="kitchen").pk
