"""What is handed to the one function that commits: who wants what."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import UNSET, UnsetType

from chat.protocol.commands import Delete, Edit, Open, Post, React, Read

ChangeCommand = Post | Edit | Delete | React | Read | Open


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person at a device, by way of the socket `source`. It is looked up again in every transaction."""

    user_id: int
    device: UUID
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    actor: Actor
    command: ChangeCommand


@dataclass(frozen=True, slots=True)
class Committed:
    """What a change came to. It is on disk."""

    room: int
    position: int | UnsetType = UNSET
    revision: int | UnsetType = UNSET
