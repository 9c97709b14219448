"""What a client may send. No command names its speaker: the session does."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from chat import conf

Ref = Annotated[str, Meta(max_length=conf.REF_CHARACTERS)]
Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class Command(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag=str.lower):
    """A frame from a client."""


class Asked(Command, frozen=True):
    """A command that gets exactly one reply, with its `ref`."""

    ref: Ref


class Post(Asked, frozen=True):
    room: Int64
    key: UUID
    body: str
    reply_to: Int64 | None = None
    attachments: Annotated[list[str], Meta(max_length=conf.ATTACHMENTS)] = []


class Edit(Asked, frozen=True):
    room: Int64
    position: Int64
    body: str


class Delete(Asked, frozen=True):
    room: Int64
    position: Int64


class React(Asked, frozen=True):
    room: Int64
    position: Int64
    emoji: Annotated[str, Meta(max_length=conf.EMOJI_CHARACTERS)]
    on: bool


class Read(Asked, frozen=True):
    room: Int64
    position: Int64


class Open(Asked, frozen=True):
    room: Int64


class CatchUp(Asked, frozen=True, tag="catch_up"):
    room: Int64
    revision: Int64


class Typing(Command, frozen=True):
    room: Int64


class Beat(Command, frozen=True):
    id: str


AnyCommand = Post | Edit | Delete | React | Read | Open | CatchUp | Typing | Beat
