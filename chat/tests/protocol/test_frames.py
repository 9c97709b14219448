"""Frames to clients, field by field as the protocol says."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chat.errors import EmptyBody, RateLimited
from chat.protocol.codec import encode, refusal
from chat.protocol.events import Done, Left, Member, Person
from chat.protocol.messages import message_frame

KEY = uuid.UUID(int=1)


@dataclass
class Author:
    pk: int
    name: str


@dataclass
class Stored:
    author: Author | None
    room_id: int = 7
    position: int = 41
    revision: int = 57
    key: uuid.UUID = KEY
    body: str = "Olá"
    html: str = "<p>Olá</p>"
    created: datetime = datetime(2026, 12, 7, 10, tzinfo=UTC)
    edited: datetime | None = None
    deleted: bool = False
    reply_to: int | None = None
    mentions: list[int] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)


def test_a_message_carries_its_whole_state() -> None:
    assert json.loads(encode(message_frame(Stored(Author(3, "Ana Souza"))))) == {
        "type": "message",
        "room": 7,
        "revision": 57,
        "position": 41,
        "key": str(uuid.UUID(int=1)),
        "author": {"id": 3, "name": "Ana Souza"},
        "body": "Olá",
        "html": "<p>Olá</p>",
        "created": "2026-12-07T10:00:00Z",
        "edited": None,
        "deleted": False,
        "reply_to": None,
        "mentions": [],
        "reactions": [],
        "attachments": [],
    }


def test_a_message_whose_author_is_gone_says_so() -> None:
    assert message_frame(Stored(None)).author.id == 0


def test_a_join_is_spelled_as_the_protocol_spells_it() -> None:
    frame = Member(room=7, revision=58, user=Person(5, "Bia"), is_in=True)
    assert json.loads(encode(frame)) == {
        "type": "member",
        "room": 7,
        "revision": 58,
        "user": {"id": 5, "name": "Bia"},
        "in": True,
    }
    assert json.loads(encode(Left(7))) == {"type": "left", "room": 7}


def test_a_reply_leaves_out_what_says_nothing() -> None:
    assert json.loads(encode(Done("a1", 7, 41, 57))) == {
        "type": "reply",
        "ref": "a1",
        "ok": True,
        "room": 7,
        "position": 41,
        "revision": 57,
    }
    assert json.loads(encode(Done("a6", 7, online=[3]))) == {
        "type": "reply",
        "ref": "a6",
        "ok": True,
        "room": 7,
        "online": [3],
    }


def test_a_refusal_has_its_code_and_when_to_try_again() -> None:
    assert json.loads(encode(refusal(EmptyBody(), "a1"))) == {
        "type": "reply",
        "ref": "a1",
        "ok": False,
        "error": {"code": "empty_body", "detail": "The message is empty."},
    }
    assert json.loads(encode(refusal(RateLimited(1.5), None)))["error"]["retry_after"] == 1.5
