"""What the server sends: hello, events, replies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from chat import conf


class Frame(Struct, frozen=True, tag_field="type", tag=str.lower):
    """A frame to a client."""


class Person(Struct, frozen=True):
    id: int
    name: str


class Self(Struct, frozen=True):
    id: int
    username: str
    name: str


class SessionInfo(Struct, frozen=True):
    expires: datetime


class RoomState(Struct, frozen=True):
    """A room as one person sees it. `position` and `revision` are the room's newest, `read` the person's own."""

    id: int
    kind: str
    name: str
    position: int
    revision: int
    read: int
    notify: str


class Limits(Struct, frozen=True):
    """`body` in characters, `frame` in bytes."""

    body: int = conf.BODY_CHARACTERS
    frame: int = conf.FRAME_BYTES


class Hello(Frame, frozen=True):
    epoch: str
    user: Self
    session: SessionInfo
    rooms: list[RoomState]
    limits: Limits = Limits()
    protocol: int = 1


class MessageState(Frame, frozen=True, tag="message"):
    """The whole present state of a message: applying it twice, or late, is harmless."""

    room: int
    revision: int
    position: int
    key: UUID
    author: Person
    body: str
    html: str
    created: datetime
    edited: datetime | None
    deleted: bool
    reply_to: int | None
    mentions: list[int]
    reactions: list[dict[str, Any]]
    attachments: list[dict[str, Any]]


class Member(Frame, frozen=True, rename={"is_in": "in"}):
    room: int
    revision: int
    user: Person
    is_in: bool


class Room(Frame, frozen=True):
    room: RoomState


class Left(Frame, frozen=True):
    room: int


class ReadElsewhere(Frame, frozen=True, tag="read"):
    room: int
    position: int


class TypingSeen(Frame, frozen=True, tag="typing"):
    room: int
    user: Person


class Presence(Frame, frozen=True):
    """Who of the room's members has come, and who has gone."""

    room: int
    online: list[int]
    offline: list[int]


class ServerBeat(Frame, frozen=True, tag="beat"):
    id: str


class Failure(Struct, frozen=True):
    code: str
    detail: str
    retry_after: float | UnsetType = UNSET


class Done(Frame, frozen=True, tag="reply"):
    """A command that was carried out. The fields that say nothing for it are left out."""

    ref: str
    room: int
    position: int | UnsetType = UNSET
    revision: int | UnsetType = UNSET
    online: list[int] | UnsetType = UNSET
    ok: bool = True


class CaughtUp(Frame, frozen=True, tag="reply"):
    ref: str
    room: int
    messages: list[Any]
    revision: int
    more: bool
    reset: bool
    ok: bool = True


class Refused(Frame, frozen=True, tag="reply"):
    ref: str | None
    error: Failure
    ok: bool = False
