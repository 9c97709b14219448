"""Make rooms, and look after them, as people do. What the administration does stands in `rooms.py`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from django.db import transaction
from msgspec import UNSET, Struct, UnsetType

from chat.actions.naming import checked_name, checked_topic, require_free, reserve_names
from chat.actions.people import people_named
from chat.actions.rooms import create_room, save_room
from chat.actions.standing import standing_locked
from chat.errors import BadQuery
from chat.models import Room, User

SharedKind = Literal["open", "closed"]


class RoomChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different; what is not given stays."""

    name: str | UnsetType = UNSET
    topic: str | UnsetType = UNSET
    kind: SharedKind | UnsetType = UNSET
    archived: bool | UnsetType = UNSET

    @property
    def verbs(self) -> set[str]:
        """What one must be allowed to do, to change this."""
        asked = {
            "describe": self.topic is not UNSET,
            "rename": self.name is not UNSET or self.kind is not UNSET,
            "archive": self.archived is True,
            "restore": self.archived is False,
        }
        return {verb for verb, is_asked in asked.items() if is_asked}

    @property
    def touches_name(self) -> bool:
        """Whether an open room may come to have a name that it had not."""
        return not self.verbs.isdisjoint({"rename", "restore"})


def found_room(*, by: User, name: str, kind: SharedKind, topic: str, members: Collection[int]) -> Room:
    """Make a room, with oneself and these people in it. Raises BadQuery, NameTaken or NotFound."""
    name, topic = checked_name(name), checked_topic(topic)
    with transaction.atomic():
        reserve_names()
        if kind == "open":
            require_free(name)
        people = people_named({by.pk, *members})
        return create_room(name=name, kind=kind, topic=topic, creator=by, members=people)


def change_room(*, by: User, room_id: int, change: RoomChange) -> Room:
    """Rename, describe, open, close, archive, bring back. Raises NotAMember, Forbidden, BadQuery or NameTaken."""
    if not change.verbs:
        raise BadQuery("Nothing is to be changed.")
    with transaction.atomic():
        reserve_names()
        before = standing_locked(user=by, room_id=room_id)
        for verb in sorted(change.verbs):
            before.must(verb)
        room = _changed(before.room, change)
        if change.touches_name and room.kind == Room.Kind.OPEN and not room.archived:
            require_free(room.name, but=room)
        save_room(room=room)
    return room


def _changed(room: Room, change: RoomChange) -> Room:
    if change.name is not UNSET:
        room.name = checked_name(change.name)
    if change.topic is not UNSET:
        room.topic = checked_topic(change.topic)
    if change.kind is not UNSET:
        room.kind = change.kind
    if change.archived is not UNSET:
        room.archived = change.archived
    return room
