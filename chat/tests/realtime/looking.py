"""Sockets that look at a room, and what they are told of who is there."""

from __future__ import annotations

from typing import Any

from chat.models import Room
from chat.tests.cast import Person
from chat.tests.realtime.conftest import Talk


async def look(talk: Talk, room: Room) -> list[int]:
    """Open a room; who is on-line there."""
    reply = await talk.ask(type="open", ref="o", room=room.pk)
    assert reply["ok"], reply
    online: list[int] = reply["online"]
    return online


def coming(room: Room, *people: Person) -> dict[str, Any]:
    return {"type": "presence", "room": room.pk, "online": [one.user.pk for one in people], "offline": []}


def going(room: Room, *people: Person) -> dict[str, Any]:
    return {"type": "presence", "room": room.pk, "online": [], "offline": [one.user.pk for one in people]}


async def presence(talk: Talk) -> dict[str, Any]:
    return await talk.hear("presence")
