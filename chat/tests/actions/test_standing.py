"""Who may do what to a room: every rule for every kind of person, tried out and not only asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from chat.actions.direct import direct_room
from chat.actions.joining import invite, join_room, leave_room, take_out
from chat.actions.keeping import RoomChange, change_room, found_room
from chat.actions.standing import standing
from chat.errors import Forbidden, NotAMember
from chat.models import Room, User
from chat.tests.cast import Cast

Verb = Callable[[User, Room], object]


@dataclass
class Square:
    """An open room that Ana made and Bia is in, and those who come before it; the chief administers."""

    cast: Cast
    chief: User
    room: Room

    def user(self, name: str) -> User:
        return self.chief if name == "chief" else getattr(self.cast, name).user


@pytest.fixture
def square(cast: Cast) -> Square:
    chief = User.objects.create_user("chief", is_staff=True)
    members = [cast.bia.user.pk]
    room = found_room(by=cast.ana.user, name="square", kind="open", topic="", members=members)
    return Square(cast, chief, room)


def changing(**fields: object) -> Verb:
    change = RoomChange(**fields)  # type: ignore[arg-type]
    return lambda user, room: change_room(by=user, room_id=room.pk, change=change)


def inviting(user: User, room: Room) -> None:
    invite(by=user, room_id=room.pk, user_ids=[User.objects.get(username="caio").pk])


def removing(user: User, room: Room) -> None:
    take_out(by=user, room_id=room.pk, user_id=User.objects.get(username="bia").pk)


VERBS: dict[str, Verb] = {
    "join": lambda user, room: join_room(by=user, room_id=room.pk),
    "leave": lambda user, room: leave_room(by=user, room_id=room.pk),
    "invite": inviting,
    "remove": removing,
    "describe": changing(topic="new"),
    "rename": changing(name="new"),
    "close": changing(kind="closed"),
    "archive": changing(archived=True),
    "restore": changing(archived=False),
}
CREATOR = {"leave", "invite", "remove", "describe", "rename", "close", "archive"}
STAFF_OUTSIDE = {"join", "remove", "describe", "rename", "close", "archive"}

ALLOWED: dict[str, set[str]] = {
    "ana": CREATOR,
    "bia": {"leave", "invite", "describe"},
    "caio": {"join"},
    "chief": STAFF_OUTSIDE,
}
IN_A_ROOM_OF_EVERYONE: dict[str, set[str]] = {
    "ana": {"describe", "rename", "close"},
    "bia": {"describe"},
    "caio": {"describe"},
    "chief": {"describe", "rename", "close"},
}
ARCHIVED: dict[str, set[str]] = {"ana": {"restore"}, "bia": set(), "caio": set(), "chief": {"restore"}}


def expect(square: Square, table: dict[str, set[str]], name: str) -> None:
    for verb in VERBS:
        with transaction.atomic():
            _expect(square, name, verb, allowed=verb in table[name])
            transaction.set_rollback(True)


def _expect(square: Square, name: str, verb: str, *, allowed: bool) -> None:
    """What is told to be allowed is allowed, and nothing else; what is refused changes nothing."""
    user, room = square.user(name), square.room
    told = standing(user=user, room_id=room.pk).may
    assert ({"close": "rename"}.get(verb, verb) in told) is allowed, verb
    before = state(room)
    if allowed:
        VERBS[verb](user, room)
        assert state(room) != before, verb
        return
    if verb == "join" and room in user.rooms:  # is done already
        VERBS[verb](user, room)
    else:
        with pytest.raises(Forbidden):
            VERBS[verb](user, room)
    assert state(room) == before, verb


def state(room: Room) -> object:
    places = room.memberships.order_by("pk").values_list("user", "active")
    return Room.objects.values().get(pk=room.pk), list(places)


@pytest.mark.parametrize("name", ALLOWED)
def test_in_an_open_room(square: Square, name: str) -> None:
    expect(square, ALLOWED, name)


@pytest.mark.parametrize("name", IN_A_ROOM_OF_EVERYONE)
def test_in_a_room_that_everyone_is_in(square: Square, name: str) -> None:
    square.room = square.cast.general
    Room.objects.filter(pk=square.room.pk).update(creator=square.cast.ana.user)
    expect(square, IN_A_ROOM_OF_EVERYONE, name)


@pytest.mark.parametrize("name", ARCHIVED)
def test_in_an_archived_room(square: Square, name: str) -> None:
    Room.objects.filter(pk=square.room.pk).update(archived=True)
    expect(square, ARCHIVED, name)


@pytest.mark.parametrize("name", ["caio", "chief"])
def test_a_closed_room_is_not_there_for_those_outside(square: Square, name: str) -> None:
    """Staff too: what they may do to a room that they are not in, they do in the administration."""
    Room.objects.filter(pk=square.room.pk).update(kind="closed")
    before = state(square.room)
    looking: Verb = lambda user, room: standing(user=user, room_id=room.pk)  # noqa: E731
    for attempt in [*VERBS.values(), looking]:
        with pytest.raises(NotAMember):
            attempt(square.user(name), square.room)
    assert state(square.room) == before


def test_a_room_that_does_not_exist_is_as_a_closed_one(square: Square) -> None:
    for attempt in VERBS.values():
        with pytest.raises(NotAMember):
            attempt(square.chief, Room(pk=987654321))


def test_nothing_is_changed_of_a_direct_room(square: Square) -> None:
    ana, bia = square.user("ana"), square.user("bia")
    ana.is_staff = True
    ana.save()
    room = direct_room(by=ana, user_ids=[bia.pk])
    before = state(room)
    assert standing(user=ana, room_id=room.pk).may == []
    for verb in sorted(VERBS.keys() - {"join"}):
        with pytest.raises(Forbidden):
            VERBS[verb](ana, room)
    assert state(room) == before


def test_whoever_was_taken_from_the_staff_meanwhile_keeps_no_room(square: Square) -> None:
    stale = User.objects.get(pk=square.chief.pk)
    User.objects.filter(pk=square.chief.pk).update(is_staff=False)
    with pytest.raises(Forbidden):
        VERBS["archive"](stale, square.room)
