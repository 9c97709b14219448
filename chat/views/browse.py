"""The rooms there are."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from msgspec import Struct

from chat.actions.keeping import SharedKind, found_room
from chat.actions.standing import standing
from chat.models import Room, User
from chat.models.folded import sought
from chat.views.answers import json_paths, sent
from chat.views.descriptions import RoomAbout, RoomEntry, about, entries
from chat.views.queries import Ids, listing, switch
from chat.views.rates import may_change, may_list
from chat.views.who import person


class Rooms(Struct, frozen=True):
    rooms: list[RoomEntry]
    more: bool


class NewRoom(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: SharedKind
    topic: str = ""
    members: Ids = []


def _read(request: HttpRequest) -> Rooms:
    """The open rooms, and one's own closed ones; with `archived=1`, those that one may bring back."""
    user = person(request)
    may_list(user)
    asked = listing(request.GET)
    there = Room.objects.seen_by(user).exclude(kind=Room.Kind.DIRECT)
    chosen = _archived(there, user) if switch(request.GET, "archived") else there.filter(archived=False)
    found, more = asked.part(sought(chosen, asked.text))
    joined = user.memberships.filter(active=True, room__in=found).values_list("room", flat=True)
    return Rooms(entries(found, joined=set(joined)), more)


def _archived(rooms: QuerySet[Room], user: User) -> QuerySet[Room]:
    keeping = Q() if user.is_staff else Q(creator=user)
    return rooms.filter(keeping, archived=True)


def _create(request: HttpRequest) -> RoomAbout:
    user = person(request)
    may_change(user)
    new = sent(request, NewRoom)
    with transaction.atomic():  # told in the same one: a room that is answered with an error would be made twice
        room = found_room(by=user, name=new.name, kind=new.kind, topic=new.topic, members=new.members)
        return about(standing(user=user, room_id=room.pk))


rooms = json_paths(read=_read, change=_create)
