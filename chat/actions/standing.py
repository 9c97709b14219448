"""What somebody may do to a room. The rules are told to people in docs/rooms.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from chat.errors import Forbidden, NotAMember
from chat.models import Membership, Room, User


@dataclass(frozen=True, slots=True)
class Standing:
    """A person before a room that they may see."""

    user: User
    room: Room
    is_member: bool

    @property
    def keeps(self) -> bool:
        """Whoever made the room looks after it, and so does the staff."""
        return self.user.is_staff or self.room.creator_id == self.user.pk

    @property
    def may(self) -> list[str]:
        return [verb for verb, rule in _RULES.items() if rule(self)]

    def must(self, verb: str) -> None:
        """Raises Forbidden."""
        if not _RULES[verb](self):
            raise Forbidden(_REFUSALS[verb])


def standing(*, user: User, room_id: int) -> Standing:
    """As it is now. Raises NotAMember for a room that one may not see, as for one that does not exist."""
    return _standing(user, Room.objects.filter(pk=room_id).first())


def standing_locked(*, user: User, room_id: int) -> Standing:
    """As it stays until the transaction ends: what counts is read after the room is locked."""
    room = Room.objects.select_for_update(no_key=True).filter(pk=room_id).first()
    user.refresh_from_db(fields=["is_staff", "is_active"])
    return _standing(user, room)


def _standing(user: User, room: Room | None) -> Standing:
    is_member = Membership.objects.filter(room=room, user=user, active=True).exists()
    if room is None or not (is_member or room.kind == Room.Kind.OPEN):
        raise NotAMember
    return Standing(user, room, is_member)


def _is_shared(standing: Standing) -> bool:
    """Direct rooms belong to the people they were made for: nobody comes, goes or gives them a name."""
    return standing.room.kind != Room.Kind.DIRECT and not standing.room.archived


def _is_optional(standing: Standing) -> bool:
    return _is_shared(standing) and not standing.room.everyone


_RULES: Final[Mapping[str, Callable[[Standing], bool]]] = {
    "join": lambda one: _is_optional(one) and one.room.kind == Room.Kind.OPEN and not one.is_member,
    "leave": lambda one: _is_optional(one) and one.is_member,
    "invite": lambda one: _is_optional(one) and one.is_member,
    "remove": lambda one: _is_optional(one) and one.keeps,
    "describe": lambda one: _is_shared(one) and (one.is_member or one.keeps),
    "rename": lambda one: _is_shared(one) and one.keeps,
    "archive": lambda one: _is_optional(one) and one.keeps,
    "restore": lambda one: one.room.archived and one.room.kind != Room.Kind.DIRECT and one.keeps,
}
_REFUSALS: Final[Mapping[str, str]] = {
    "join": "This room cannot be joined.",
    "leave": "This room cannot be left.",
    "invite": "Only members may add people, and not to a direct room.",
    "remove": "Only whoever made the room, and staff, may take people out of it.",
    "describe": "Only members may set the topic of a room.",
    "rename": "Only whoever made the room, and staff, may change its name and its kind.",
    "archive": "Only whoever made the room, and staff, may archive it, and not a room that everyone is in.",
    "restore": "Only whoever made the room, and staff, may bring it back.",
}
