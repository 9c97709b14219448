"""From a commit to the channel layer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from chat import conf
from chat.relay.rings import LAYER_FAILURES, PEOPLE, Event, Ring, RoomEvents, room_group, to_layer

logger = logging.getLogger(__name__)

Publish = Callable[[str, Ring], None]


async def send(group: str, ring: Ring) -> None:
    """One group message, within a second or not at all."""
    layer = get_channel_layer()
    async with asyncio.timeout(conf.PUBLISH_SECONDS):
        await layer.group_send(group, to_layer(ring))


class Publisher:
    """The one task of a server process that publishes. Bounded: what overflows or fails is dropped, and repaired by its readers."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[tuple[str, Ring]] = asyncio.Queue(conf.PUBLISH_QUEUE_MESSAGES)
        self._bytes = 0
        self.dropped = 0

    def publish(self, group: str, ring: Ring) -> None:
        """Hand over from any thread. It never waits and never fails."""
        self._loop.call_soon_threadsafe(self._enqueue, group, ring)

    def _enqueue(self, group: str, ring: Ring) -> None:
        if self._waiting.full() or self._bytes + ring.size > conf.PUBLISH_QUEUE_BYTES:
            self._drop(group, "the queue is full")
            return
        self._bytes += ring.size
        self._waiting.put_nowait((group, ring))

    async def run(self) -> None:
        while True:
            group, ring = await self._waiting.get()
            self._bytes -= ring.size
            try:
                await send(group, ring)
            except LAYER_FAILURES as error:
                self._drop(group, repr(error))
            finally:
                self._waiting.task_done()

    async def flush(self) -> None:
        """Wait until all that was handed over has gone out, or was dropped."""
        await asyncio.sleep(0)  # what was handed over last is being enqueued
        await self._waiting.join()

    def _drop(self, group: str, why: str) -> None:
        self.dropped += 1
        logger.warning("not published to %s: %s", group, why)


class _Outlet:
    """Where this process publishes: through the server's publisher, or in a command, which has no loop, at once."""

    def __init__(self) -> None:
        self._publish: Publish = _publish_now

    def connect(self, publisher: Publisher) -> None:
        self._publish = publisher.publish

    def disconnect(self) -> None:
        self._publish = _publish_now

    def __call__(self, group: str, ring: Ring) -> None:
        self._publish(group, ring)


def _publish_now(group: str, ring: Ring) -> None:
    try:
        async_to_sync(send)(group, ring)
    except LAYER_FAILURES as error:  # the change is committed: a lost doorbell must not undo a command's success
        logger.warning("not published to %s: %r", group, error)


outlet: Final = _Outlet()


def publish_events(events: RoomEvents) -> None:
    """Publish a room's changes once the present transaction is committed: one message, or several for a great deal."""
    for part in _parts(events.events):
        transaction.on_commit(partial(outlet, room_group(events.room), RoomEvents(events.room, part)))


def _parts(events: list[Event]) -> Iterator[list[Event]]:
    part: list[Event] = []
    size = 0
    for event in events:
        if part and size + len(event.text) > conf.PUBLISH_CHARACTERS:
            yield part
            part, size = [], 0
        part.append(event)
        size += len(event.text)
    yield part


def publish_to_people(ring: Ring) -> None:
    """Ring every process once the present transaction is committed."""
    transaction.on_commit(partial(outlet, PEOPLE, ring))
