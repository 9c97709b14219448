"""Which messages call one, and have not been read."""

from __future__ import annotations

from django.http import HttpRequest
from msgspec import Struct

from chat.models import Mention
from chat.views.answers import json_path
from chat.views.who import person


class RoomMentions(Struct, frozen=True):
    room: int
    positions: list[int]


class Mentions(Struct, frozen=True):
    mentions: list[RoomMentions]


@json_path
def mentions(request: HttpRequest) -> Mentions:
    """By room, oldest first; of very many in a room, the newest."""
    unread = Mention.objects.unread_by(person(request))
    return Mentions([RoomMentions(room, positions) for room, positions in unread.items()])
