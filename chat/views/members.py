"""Who is in a room."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from msgspec import Struct

from chat.errors import NotAMember
from chat.models import Room, User
from chat.models.folded import sought
from chat.views.answers import json_path
from chat.views.queries import listing, room_number
from chat.views.who import person


class MemberEntry(Struct, frozen=True):
    """`staff` may administer the whole chat, and the `creator` this room."""

    id: int
    username: str
    name: str
    staff: bool
    creator: bool


class Members(Struct, frozen=True):
    members: list[MemberEntry]
    more: bool


@json_path
def members(request: HttpRequest, room_id: str) -> Members:
    """Of an open room to everybody, of any other to those who are in it."""
    user = person(request)
    asked = listing(request.GET)
    room = Room.objects.seen_by(user).filter(pk=room_number(room_id), archived=False).first()
    if room is None:
        raise NotAMember
    found, more = asked.part(sought(_members(room), asked.text))
    return Members([_entry(room, member) for member in found], more)


def _members(room: Room) -> QuerySet[User]:
    inside = room.memberships.filter(active=True).values("user")
    return User.objects.filter(pk__in=inside, is_active=True)


def _entry(room: Room, user: User) -> MemberEntry:
    return MemberEntry(user.pk, user.username, user.name, user.is_staff, room.creator_id == user.pk)
