"""One person's open socket, as the hub and the guard see it."""

from __future__ import annotations

from secrets import token_hex
from uuid import UUID

from chat.actions.changes import Actor
from chat.protocol.codec import encode
from chat.protocol.codes import Close
from chat.protocol.events import Frame, RoomState
from chat.realtime.outbox import Outbox
from chat.sessions.addresses import subscriber


class Socket:
    """Who it belongs to, what it was told, and the way to tell it more.

    `rooms` is what the client was last told of each of its rooms; `floors` the revision of each up to which it
    has been told everything.
    """

    def __init__(self, user_id: int, device: UUID, ip: str = "") -> None:
        self.user_id = user_id
        self.device = device
        self.ip = ip
        self.network = subscriber(ip)
        self.name = ""  # the person's
        self.source = token_hex(8)
        self.outbox = Outbox()
        self.rooms: dict[int, RoomState] = {}
        self.floors: dict[int, int] = {}
        self.looking_at: int | None = None
        self.greeted = False
        self.missed_rooms = False  # they changed while the socket was being opened

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, self.device, self.source)

    @property
    def log_fields(self) -> dict[str, object]:
        return {"socket": self.source, "user": self.user_id, "device": self.device}

    def tell(self, frame: Frame) -> int:
        """Queue a frame for this socket alone. Returns its size in bytes."""
        text = encode(frame)
        size = len(text.encode())
        self.outbox.push(text, size)
        return size

    def close(self, code: Close) -> None:
        self.outbox.close(code)
