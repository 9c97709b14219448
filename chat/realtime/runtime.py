"""What a server process runs beside its sockets: one hub, one writer, one guard, one publisher."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseFailure

from chat import conf
from chat.protocol.codes import Close
from chat.realtime.guard import Guard
from chat.realtime.hub import Hub
from chat.realtime.janitor import keep_uploads_clean
from chat.realtime.limits import PersonRates
from chat.realtime.presence import Presence
from chat.realtime.shutdown import before_shutdown
from chat.realtime.socket import Socket
from chat.realtime.writer import Writer
from chat.relay.publisher import Publisher, outlet
from chat.relay.rings import (
    PEOPLE,
    AnyRing,
    PersonChanged,
    ReadMoved,
    RoomEvents,
    RoomsChanged,
    RoomTyping,
    SessionsChanged,
)
from chat.relay.roster import roster
from chat.relay.subscription import Subscription
from chat.sessions.devices import mark_seen
from chat.threads import in_writer

logger = logging.getLogger(__name__)

TICK_SECONDS: Final = 1.0
RESTART_SECONDS: Final = 1.0
DRAIN_SECONDS: Final = 3.0


class Runtime:
    """The parts of one process, wired together, on one event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.sockets: set[Socket] = set()
        self._networks: Counter[str] = Counter()  # how many sockets each has
        self._seen: set[UUID] = set()  # devices with a socket since the last regular check
        self.publisher = Publisher()
        self.subscription = Subscription(on_ring=self._hear, on_joined=self._joined)
        self.presence = Presence(self.publisher)
        self.hub = Hub(self.subscription, self.presence)
        self.guard = Guard()
        self.writer = Writer()
        self.person_rates = PersonRates()
        self._draining = False
        self._drained = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start the tasks and let this process's commits ring through them."""
        outlet.connect(self.publisher)
        self.subscription.want(PEOPLE)
        for run in (
            self.publisher.run,
            self.subscription.run,
            self.hub.keep_rooms_fresh,
            self.hub.keep_compared,
            self.presence.keep_told,
            self.presence.keep_known,
            self.guard.run,
            self.writer.run,
            self._tick,
            self._revalidate,
            self._mark_seen,
            keep_uploads_clean,
        ):
            self._tasks.append(asyncio.create_task(_for_ever(run), name=run.__qualname__))
        before_shutdown(self.drain)

    async def drain(self) -> None:
        """Tell every client that the server stops, and let the tellings arrive."""
        self._draining = True
        self._drained.clear()
        for socket in self.sockets:
            socket.close(Close.STOPPING)
        self.presence.stop()
        with suppress(TimeoutError):  # who does not answer is dropped with the connection
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.publisher.flush()
                if self.sockets:
                    await self._drained.wait()

    async def stop(self) -> None:
        outlet.disconnect()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        roster.clear()

    def why_not(self, socket: Socket) -> str:
        """Why one more socket is not let in; empty when it is."""
        if self._draining:
            return "stopping"
        if self.guard.sockets_of(socket.device) >= conf.SOCKETS_PER_SESSION:
            return "too many sockets of the session"
        if self._networks[socket.network] >= settings.SOCKETS_PER_ADDRESS:
            return "too many sockets from the address"
        return ""

    def add(self, socket: Socket) -> None:
        self.sockets.add(socket)
        self._networks[socket.network] += 1
        self._seen.add(socket.device)
        self.guard.watch(socket)
        self.hub.register(socket)

    def remove(self, socket: Socket) -> None:
        self.hub.unregister(socket)
        self.guard.forget(socket)
        self.sockets.discard(socket)
        self._networks[socket.network] -= 1
        if not self._networks[socket.network]:
            del self._networks[socket.network]
        if not self.sockets:
            self._drained.set()

    def _hear(self, ring: AnyRing) -> None:
        match ring:
            case RoomEvents():
                self.hub.room_events(ring)
            case RoomTyping():
                self.hub.typing(ring)
            case ReadMoved():
                self.hub.read_moved(ring)
            case PersonChanged():
                self.hub.person_changed(ring)
            case RoomsChanged():
                self.hub.rooms_changed(ring)
            case SessionsChanged():
                self.guard.sessions_changed(ring)
            case _:
                self.presence.heard(ring)

    def _joined(self, group: str) -> None:
        if group == PEOPLE:
            self.guard.look_again_at_all()
            self.presence.ask()
        else:
            self.hub.compare_soon(group)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            for socket in list(self.sockets):
                socket.outbox.tick()

    async def _revalidate(self) -> None:
        while True:
            await asyncio.sleep(settings.REVALIDATE_SECONDS)
            self.guard.check()
            self.hub.refresh(self.hub.people)
            self.person_rates.forget(but=self.hub.people)

    async def _mark_seen(self) -> None:
        """A task of its own, as it waits for the writer: the checks must go on while the database hangs."""
        while True:
            await asyncio.sleep(settings.REVALIDATE_SECONDS)
            seen, self._seen = self._seen, {socket.device for socket in self.sockets}
            try:
                await in_writer(mark_seen, seen)
            except DatabaseFailure as error:
                logger.warning("devices could not be marked as seen: %s", type(error).__name__)


async def _for_ever(run: Callable[[], Awaitable[None]]) -> None:
    """A fault in one of these tasks must not silence a whole process."""
    while True:
        try:
            await run()
        except Exception:
            logger.exception("%s failed and is started again", run.__qualname__)
        await asyncio.sleep(RESTART_SECONDS)


class _Running:
    """The runtime of this process. Servers tell nobody when they start: the first connection starts it."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None

    def get(self) -> Runtime:
        loop = asyncio.get_running_loop()
        if self._runtime is None or self._runtime.loop is not loop:
            self._runtime = Runtime()
            self._runtime.start()
        return self._runtime

    async def stop(self) -> None:
        if self._runtime is not None:
            runtime, self._runtime = self._runtime, None
            await runtime.stop()


running: Final = _Running()
