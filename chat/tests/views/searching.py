"""Searches, and what their pages say."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from django.test import Client

from chat.actions.commit import commit
from chat.models import Message, Room, SearchEntry
from chat.tests.cast import Person, committed

ATTACK = "<img src=x onerror=alert(1)>"


def said(person: Person, room: Room, *bodies: str) -> None:
    committed(commit([person.post(room, body) for body in bodies]))


def said_at(moment: str, person: Person, room: Room, body: str) -> None:
    """As if it had been posted then, in ISO 8601."""
    said(person, room, body)
    message = Message.objects.latest("pk")
    message.created = datetime.fromisoformat(moment)
    message.save(update_fields=["created"])
    SearchEntry.objects.follow([message])


def page_of(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def texts(page: str) -> list[str]:
    """What stands in the hits."""
    found = re.findall(r'<p class="hit__text" dir="auto">(.*?)</p>', page, re.DOTALL)
    return [unescape(re.sub(r"</?mark>", "", text)) for text in found]


def notices(page: str) -> list[str]:
    """What cannot be searched for, in words."""
    block = re.search(r'<div class="notice notice--error" role="alert">(.*?)</div>', page, re.DOTALL)
    return [unescape(one.strip()) for one in re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL)] if block else []
