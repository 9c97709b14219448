"""One room's stream in this process: events in the order of their revisions, to all its sockets here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from django.db import Error as DatabaseFailure

from chat import conf
from chat.protocol.events import Left
from chat.realtime.held import Held
from chat.realtime.reads import changes
from chat.realtime.socket import Socket
from chat.relay.rings import Event
from chat.threads import in_watcher

logger = logging.getLogger(__name__)


class Feed:
    """Puts a room's events in order, and fetches from the database what the channel layer has lost.

    `sent` is the revision up to which the sockets have been given everything. An event one ahead of it is
    sent; an older one is dropped; one further ahead is held a moment for those before it, which are then read
    from the database. As joins and leaves have revisions too, a person who leaves is detached before anything
    posted after that goes out, whatever was lost.
    """

    def __init__(
        self, room: int, turn: asyncio.Lock, on_member: Callable[[Event], None], on_gone: Callable[[int], None]
    ) -> None:
        self.room = room
        self.sockets: set[Socket] = set()
        self.sent: int | None = None
        self._held = Held()
        self._known = 0  # the newest revision heard of
        self._turn = turn
        self._on_member = on_member
        self._on_gone = on_gone
        self._repairing: asyncio.Task[None] | None = None

    def attach(self, socket: Socket, revision: int) -> None:
        """Let a socket follow from `revision` on, which it was told of. The feed goes back there if it is further."""
        self.sockets.add(socket)
        socket.floors[self.room] = revision
        if self.sent is None:
            self.sent = revision
        elif revision < self.sent:
            self._known = max(self._known, self.sent)
            self.sent = revision
            self._repair_after(0)

    def detach(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        socket.floors.pop(self.room, None)

    def receive(self, events: Sequence[Event]) -> None:
        """Take events as they come from the channel layer: in any order, doubled or with gaps."""
        if self.sent is None:
            return
        for event in events:
            if event.revision > self.sent:
                self._held.add(event)
        self._send_held()
        self.expect(max((event.revision for event in events), default=0))

    def expect(self, revision: int) -> None:
        """Learn that the room has reached `revision`: what does not arrive by itself is fetched."""
        self._known = max(self._known, revision)
        if self.sent is not None and self._known > self.sent:
            self._repair_after(conf.REORDER_SECONDS)

    def stop(self) -> None:
        if self._repairing is not None:
            self._repairing.cancel()

    def _send_held(self) -> None:
        while self.sent is not None and (event := self._held.take(self.sent + 1)) is not None:
            self._deliver(event)

    def _deliver(self, event: Event) -> None:
        self.sent = event.revision
        if event.left is not None:
            self._show_out(event.left)
        size = event.size
        for socket in self.sockets:
            if socket.floors[self.room] < event.revision:
                socket.floors[self.room] = event.revision
                socket.outbox.push(event.text, size)
        if event.joined is not None or event.left is not None:
            self._on_member(event)

    def _show_out(self, user_id: int) -> None:
        for socket in [one for one in self.sockets if one.user_id == user_id]:
            self.detach(socket)
            socket.rooms.pop(self.room, None)
            socket.tell(Left(self.room))

    def _repair_after(self, seconds: float) -> None:
        if self._repairing is None or self._repairing.done():
            self._repairing = asyncio.create_task(self._repair(seconds))

    async def _repair(self, delay: float) -> None:
        await asyncio.sleep(delay)
        while self.sent is not None and self._known > self.sent:
            try:
                async with self._turn:  # when Redis comes back all rooms want this, and sessions must be checked too
                    start = self.sent
                    found = await in_watcher(changes, self.room, start)
            except DatabaseFailure as error:  # the next comparison tries again
                logger.warning("room %d could not be repaired: %s", self.room, type(error).__name__)
                return
            if found is None:
                self._on_gone(self.room)
                return
            if self.sent >= start:  # else a socket has joined that needs more than was read
                self._apply(found.events, found.through)

    def _apply(self, events: Iterable[Event], through: int) -> None:
        for event in events:
            if self.sent is not None and event.revision > self.sent:
                self._deliver(event)
        self.sent = max(self.sent or 0, through)
        self._held.forget(through)
        self._send_held()
