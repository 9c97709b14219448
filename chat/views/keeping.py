"""One room: what it is, and what is changed of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from django.db import transaction
from django.http import HttpRequest
from msgspec import Struct

from chat.actions.direct import direct_room
from chat.actions.keeping import RoomChange, change_room
from chat.actions.notifying import set_notify
from chat.actions.standing import standing
from chat.views.answers import json_change, json_paths, sent
from chat.views.descriptions import RoomAbout
from chat.views.descriptions import about as described
from chat.views.queries import Ids, room_number
from chat.views.rates import may_change, may_edit, may_list
from chat.views.who import person


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    users: Ids


class Notify(Struct, frozen=True, forbid_unknown_fields=True):
    notify: Literal["all", "mentions", "none"]


def _read(request: HttpRequest, room_id: str) -> RoomAbout:
    """Also of an archived room: whoever may bring it back has to see what it is."""
    user = person(request)
    may_list(user)
    return described(standing(user=user, room_id=room_number(room_id)))


def _change(request: HttpRequest, room_id: str) -> RoomAbout:
    user = person(request)
    may_edit(user)
    change = sent(request, RoomChange)
    with transaction.atomic():  # what is answered with an error was not changed
        before = standing(user=user, room_id=room_number(room_id))
        room = change_room(by=user, room_id=before.room.pk, change=change)
        return described(replace(before, room=room))  # who has closed a room without being in it sees it no more


about = json_paths(read=_read, change=_change)


@json_change
def direct(request: HttpRequest) -> RoomAbout:
    """The one room of oneself and those chosen, made if it is not there."""
    user = person(request)
    may_change(user)
    with transaction.atomic():
        room = direct_room(by=user, user_ids=sent(request, Chosen).users)
        return described(standing(user=user, room_id=room.pk))


@json_change
def notify(request: HttpRequest, room_id: str) -> Notify:
    user = person(request)
    may_change(user)
    chosen = sent(request, Notify)
    set_notify(by=user, room_id=room_number(room_id), level=chosen.notify)
    return chosen
