"""Which messages call one, and have not been read."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest
from msgspec import Struct

from chat import conf
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
    """By room, oldest first; of very many, the newest."""
    unread = Mention.objects.unread_by(person(request)).order_by("-pk").values_list("room", "position")
    positions: defaultdict[int, set[int]] = defaultdict(set)
    for room, position in unread[: conf.MENTIONS_TOLD]:
        positions[room].add(position)
    return Mentions([RoomMentions(room, sorted(found)) for room, found in sorted(positions.items())])
