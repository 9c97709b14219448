"""Rooms in JSON: what is not in the frames, because a page asks for it where it shows it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count
from msgspec import Struct

from chat.actions.room_states import room_states
from chat.actions.standing import Standing
from chat.models import Membership, Room
from chat.protocol.events import Person
from chat.protocol.messages import person as on_the_wire


class RoomEntry(Struct, frozen=True):
    """A room in a list; `members` is how many there are, `joined` whether one is among them."""

    id: int
    kind: str
    name: str
    topic: str
    members: int
    joined: bool
    archived: bool


class RoomAbout(RoomEntry, frozen=True):
    """A room by itself; `may` says what the asker may do to it. `revision` was the room's before members were counted."""

    everyone: bool
    creator: Person | None
    revision: int
    may: list[str]


def entries(rooms: Collection[Room], *, joined: Collection[int]) -> list[RoomEntry]:
    numbers = _numbers_of_members(rooms)
    return [
        RoomEntry(room.pk, room.kind, room.name, room.topic, numbers.get(room.pk, 0), room.pk in joined, room.archived)
        for room in rooms
    ]


def about(standing: Standing) -> RoomAbout:
    room = standing.room
    return RoomAbout(
        id=room.pk,
        kind=room.kind,
        name=_name(standing),
        topic=room.topic,
        members=_numbers_of_members([room]).get(room.pk, 0),
        joined=standing.is_member,
        archived=room.archived,
        everyone=room.everyone,
        creator=on_the_wire(room.creator) if room.creator else None,
        revision=room.last_revision,
        may=standing.may,
    )


def _name(standing: Standing) -> str:
    """As in the frames: of a direct room, the names of the others."""
    room, user = standing.room, standing.user
    if room.kind != Room.Kind.DIRECT:
        return room.name
    return next((state.name for state in room_states([user.pk])[user.pk] if state.id == room.pk), room.name)


def _numbers_of_members(rooms: Collection[Room]) -> dict[int, int]:
    places = Membership.objects.filter(room__in=rooms, active=True, user__is_active=True)
    return dict(places.values_list("room").annotate(Count("pk")))
