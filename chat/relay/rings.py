"""What processes tell each other, as typed structs; on the channel layer they are plain dicts."""

from typing import Any, Final
from uuid import UUID

import msgspec
from channels.exceptions import ChannelFull
from msgspec import Struct
from redis.exceptions import RedisError

LAYER_FAILURES: Final = (RedisError, ChannelFull, OSError, TimeoutError)  # it is slow, full, restarting or gone
PEOPLE: Final = "people"  # the group that every process is in
ID_BYTES: Final = 9  # of a number in a message, at most


def room_group(room: int) -> str:
    return f"room.{room}"


class Ring(Struct, frozen=True, tag_field="type"):
    """A message on the channel layer."""

    @property
    def size(self) -> int:
        """Bytes of what makes it long; what else there is counts for nothing."""
        return 0


class Event(Struct, frozen=True, array_like=True):
    """One change of a room: its revision, the frame's text as every socket gets it, and for a join or leave, whose."""

    revision: int
    text: str
    joined: int | None = None
    left: int | None = None

    @property
    def size(self) -> int:
        return len(self.text.encode())


class RoomEvents(Ring, frozen=True):
    """A batch of one room's changes, in ascending revisions."""

    room: int
    events: list[Event]

    @property
    def size(self) -> int:
        return sum(event.size for event in self.events)


class RoomTyping(Ring, frozen=True):
    """`user` types in `room`; `text` is the frame."""

    room: int
    user: int
    text: str


class SessionsChanged(Ring, frozen=True):
    """Look again at these sessions, and at all sessions of these people."""

    devices: list[UUID] = []
    users: list[int] = []


class RoomsChanged(Ring, frozen=True):
    """Look again at the rooms of these people, or at these rooms as their people see them."""

    users: list[int] = []
    rooms: list[int] = []


class PersonChanged(Ring, frozen=True):
    """`user` has this name now, or another picture."""

    user: int
    name: str


class ReadMoved(Ring, frozen=True):
    """`user` has read `room` up to `position`, on the socket named `source`."""

    user: int
    room: int
    position: int
    source: str


class PeopleAt(Ring, frozen=True):
    """Something about people and the sockets that they have at a process."""

    process: str
    users: list[int]

    @property
    def size(self) -> int:
        return ID_BYTES * len(self.users)


class PeopleHere(PeopleAt, frozen=True):
    """They have one."""


class PeopleGone(PeopleAt, frozen=True):
    """They have none any more."""


class ProcessStops(Ring, frozen=True):
    """Nobody has a socket at `process` any more."""

    process: str


class WhoIsHere(Ring, frozen=True):
    """`process` has begun to listen, and knows of nobody."""

    process: str


PresenceRing = PeopleHere | PeopleGone | ProcessStops | WhoIsHere
AnyRing = RoomEvents | RoomTyping | SessionsChanged | RoomsChanged | PersonChanged | ReadMoved | PresenceRing


def to_layer(ring: Ring) -> dict[str, Any]:
    message: dict[str, Any] = msgspec.to_builtins(ring)
    return message


def from_layer(message: dict[str, Any]) -> AnyRing:
    """Raises msgspec.ValidationError for what another version, or a stranger on the same Redis, has sent."""
    ring: AnyRing = msgspec.convert(message, AnyRing)
    return ring
