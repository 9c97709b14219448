"""From the channel layer to this process: one channel, member of as many groups as there are rooms with sockets here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import msgspec
from channels.layers import get_channel_layer

from chat import conf
from chat.relay.rings import LAYER_FAILURES, AnyRing, from_layer

logger = logging.getLogger(__name__)


class Subscription:
    """Keeps this process in the groups it wants, whatever happens to the channel layer.

    Nobody waits for it: `want` and `drop` only note what is wanted, and a task of its own catches up with
    that, again and again while the layer does not answer. `on_joined` is told of each group entered, as
    what was sent to it before is missed.
    """

    def __init__(self, on_ring: Callable[[AnyRing], None], on_joined: Callable[[str], None]) -> None:
        self._on_ring = on_ring
        self._on_joined = on_joined
        self._wanted: set[str] = set()
        self._joined: set[str] = set()
        self._changed = asyncio.Event()
        self._channel: str | None = None

    def want(self, group: str) -> None:
        self._wanted.add(group)
        self._changed.set()

    def drop(self, group: str) -> None:
        self._wanted.discard(group)
        self._changed.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            await self._open()
            tasks.create_task(self._receive())
            tasks.create_task(self._keep_joined())

    async def _open(self) -> None:
        layer = get_channel_layer()
        while self._channel is None:
            try:
                self._channel = await layer.new_channel()
            except LAYER_FAILURES as error:  # the layer is away: the comparison carries the chat meanwhile
                logger.warning("the channel layer does not answer: %r", error)
                await asyncio.sleep(conf.RESUBSCRIBE_SECONDS)

    async def _receive(self) -> None:
        layer = get_channel_layer()
        while True:
            message = await layer.receive(self._channel)
            try:
                ring = from_layer(message)
            except msgspec.ValidationError as error:
                logger.warning("a message on the channel layer is not understood: %s", error)
                continue
            self._on_ring(ring)

    async def _keep_joined(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self._reconcile()
            except LAYER_FAILURES as error:  # as in _open
                logger.warning("the channel layer does not answer: %r", error)
                await asyncio.sleep(conf.RESUBSCRIBE_SECONDS)
                self._changed.set()

    async def _reconcile(self) -> None:
        layer = get_channel_layer()
        for group in self._wanted - self._joined:
            await layer.group_add(group, self._channel)
            self._joined.add(group)
            self._on_joined(group)
        for group in self._joined - self._wanted:
            await layer.group_discard(group, self._channel)
            self._joined.discard(group)
