"""The rooms and what was said in them."""

from typing import Any

import msgspec
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from msgspec import Struct

from chat.actions.room_states import room_states
from chat.actions.standing import Standing, standing
from chat.errors import NotAMember
from chat.models import Installation, Message, Room, Session, User
from chat.protocol.events import MessageState, RoomState, Self
from chat.protocol.messages import message_frame
from chat.views.answers import json_path
from chat.views.cards import cards_of
from chat.views.descriptions import about as described
from chat.views.file_limits import file_limits, in_words
from chat.views.queries import Window, room_number, window
from chat.views.who import person


class Page(Struct, frozen=True):
    """Messages that follow one another, oldest first; `revision` was the room's before they were read."""

    messages: list[MessageState]
    more: bool
    revision: int


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the room looked at last on this device, else to the first."""
    user = person(request)
    rooms = list(user.rooms.values_list("pk", flat=True))
    if not rooms:
        return _chat(request, user, [], None, None)
    last = Session.objects.filter(session_key=request.session.session_key).values_list("last_room", flat=True).first()
    return redirect("room", last if last in rooms else rooms[0])


@require_safe
@never_cache
@login_required
def room(request: HttpRequest, room_id: int) -> HttpResponse:
    user = person(request)
    try:
        seen = standing(user=user, room_id=room_number(str(room_id)))
    except NotAMember:
        raise Http404 from None
    rooms = _rooms(user)
    opened = next((one for one in rooms if one.id == room_id), None)
    if opened is None and "join" not in seen.may:
        raise Http404
    return _chat(request, user, rooms, opened, seen)


@json_path
def messages(request: HttpRequest, room_id: str) -> Page:
    user = person(request)
    asked = window(request.GET)
    found = user.rooms.filter(pk=room_number(room_id)).first()
    if found is None:
        raise NotAMember
    return _page(found, asked)


def _chat(
    request: HttpRequest, user: User, rooms: list[RoomState], opened: RoomState | None, seen: Standing | None
) -> HttpResponse:
    """With no room opened but one seen: an open one that may be joined, of which one gets a description and no more."""
    timeline = _page(seen.room, Window()) if opened and seen else None
    about = described(seen) if seen else None
    boot = {
        "epoch": Installation.get().epoch.hex,
        "user": Self(user.pk, user.username, user.name),
        "room": opened and opened.id,
        "about": about,
        "site": settings.SITE_NAME,
        "rooms": rooms,
        "files": file_limits(),
        "people": cards_of({user.pk, *(message.author.id for message in timeline.messages)} if timeline else [user.pk]),
    }
    context: dict[str, Any] = {
        "room": opened,
        "topic": opened and about and about.topic,
        "boot": msgspec.to_builtins(boot),
        "timeline": msgspec.to_builtins(timeline),
        **in_words(),
    }
    return render(request, "rooms/room.html", context, status=404 if seen and not opened else 200)


def _rooms(user: User) -> list[RoomState]:
    return room_states([user.pk])[user.pk]


def _page(room: Room, asked: Window) -> Page:
    """The room was read before: what is committed meanwhile has a higher revision and comes as an event."""
    up_to_then = Message.objects.filter(room=room, position__lte=room.last_position)
    if asked.at is None:
        found, more = up_to_then.page(before=asked.before, after=asked.after, limit=asked.limit)
    else:
        found, more = up_to_then.at(asked.at), False
    return Page([message_frame(message) for message in found], more, room.last_revision)
