"""One room's members, and who of them is on-line."""

from __future__ import annotations

import asyncio
from collections.abc import Container

from chat.protocol.codec import encode
from chat.protocol.events import Presence
from chat.realtime.reads import members
from chat.realtime.socket import Socket
from chat.threads import in_reader


class Attendance:
    """Of a room that somebody here looks at.

    The members are read once; after that they are kept by the room's own events, whose order and completeness the
    feed sees to. So nobody outside a room is ever named in it, and nobody's coming or going asks the database.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._members: set[int] | None = None
        self._meanwhile: list[tuple[int, bool]] = []  # joins and leaves that may be missing from what is being read
        self._touched: set[int] = set()
        self._told: set[int] = set()  # who is on-line, as far as the lookers know
        self._lookers: set[Socket] = set()
        self._turn = asyncio.Lock()

    @property
    def is_unknown(self) -> bool:
        """Whether the members have to be read first."""
        return self._members is None

    async def load(self) -> None:
        """Raises OperationalError where the database does not answer."""
        async with self._turn:
            if self._members is None:
                self._meanwhile.clear()
                found = await in_reader(members, self.room)
                self._members = found
                for user_id, is_in in self._meanwhile:
                    self.member(user_id, is_in=is_in)

    def member(self, user_id: int, *, is_in: bool) -> None:
        """Somebody has joined or left."""
        if self._members is None:
            self._meanwhile.append((user_id, is_in))
            return
        self._touched.add(user_id)
        if is_in:
            self._members.add(user_id)
        else:
            self._members.discard(user_id)

    def look(self, socket: Socket, online: Container[int]) -> list[int]:
        """Who is on-line. From here on, the socket is told of all who come and go."""
        changed = {socket.user_id} if self.has_lookers() else self._told | (self._members or set())
        self.tell(changed, online)
        self._lookers.add(socket)
        return sorted(self._told)

    def tell(self, changed: set[int], online: Container[int]) -> None:
        """Look at these people again, and tell the lookers what is different."""
        if self._members is None:
            return
        changed = (changed | self._touched) & (self._members | self._told)
        self._touched.clear()
        now = {user_id for user_id in changed & self._members if user_id in online}
        came, gone = now - self._told, (changed & self._told) - now
        self._told = self._told - gone | came
        if came or gone:
            self._push(Presence(self.room, sorted(came), sorted(gone)))

    def restate(self, user_id: int) -> None:
        """Say once more whether somebody is there."""
        if user_id in self._told:
            self._push(Presence(self.room, [user_id], []))
        elif user_id in (self._members or ()):
            self._push(Presence(self.room, [], [user_id]))

    def has_lookers(self) -> bool:
        """Lets go of those who have gone, have left the room or look elsewhere."""
        self._lookers = set(filter(self._is_looker, self._lookers))
        return bool(self._lookers)

    def _push(self, frame: Presence) -> None:
        text = encode(frame)
        for socket in filter(self._is_looker, self._lookers):
            socket.outbox.push(text, len(text))

    def _is_looker(self, socket: Socket) -> bool:
        return socket.looking_at == self.room and self.room in socket.rooms
