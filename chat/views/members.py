"""Who is in a room, and who comes and goes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from msgspec import Struct

from chat.actions.joining import invite, join_room, leave_room, take_out
from chat.errors import NotAMember
from chat.models import Room, User
from chat.models.folded import sought
from chat.views.answers import json_change, json_paths, sent
from chat.views.queries import Id, Ids, listing, room_number
from chat.views.rates import may_change, may_list
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


class Invited(Struct, frozen=True, forbid_unknown_fields=True):
    users: Ids


class TakenOut(Struct, frozen=True, forbid_unknown_fields=True):
    user: Id


class Done(Struct, frozen=True):
    """In which room it was done; who is in it now is told by frames, and asked for."""

    room: int


def _read(request: HttpRequest, room_id: str) -> Members:
    """Of an open room to everybody, of any other to those who are in it."""
    user = person(request)
    may_list(user)
    asked = listing(request.GET)
    room = Room.objects.seen_by(user).filter(pk=room_number(room_id), archived=False).first()
    if room is None:
        raise NotAMember
    found, more = asked.part(sought(_members(room), asked.text))
    return Members([_entry(room, member) for member in found], more)


def _invite(request: HttpRequest, room_id: str) -> Done:
    user, room = _changing(request, room_id)
    invite(by=user, room_id=room, user_ids=sent(request, Invited).users)
    return Done(room)


members = json_paths(read=_read, change=_invite)


@json_change
def remove(request: HttpRequest, room_id: str) -> Done:
    user, room = _changing(request, room_id)
    take_out(by=user, room_id=room, user_id=sent(request, TakenOut).user)
    return Done(room)


@json_change
def join(request: HttpRequest, room_id: str) -> Done:
    user, room = _changing(request, room_id)
    join_room(by=user, room_id=room)
    return Done(room)


@json_change
def leave(request: HttpRequest, room_id: str) -> Done:
    user, room = _changing(request, room_id)
    leave_room(by=user, room_id=room)
    return Done(room)


def _changing(request: HttpRequest, room_id: str) -> tuple[User, int]:
    user = person(request)
    may_change(user)
    return user, room_number(room_id)


def _members(room: Room) -> QuerySet[User]:
    inside = room.memberships.filter(active=True).values("user")
    return User.objects.filter(pk__in=inside, is_active=True)


def _entry(room: Room, user: User) -> MemberEntry:
    return MemberEntry(user.pk, user.username, user.name, user.is_staff, room.creator_id == user.pk)
