"""Publishing is bounded in memory and time, and waits for the commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers, get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.db import transaction

from chat import conf
from chat.relay.publisher import Publisher, outlet, publish_to_people, send
from chat.relay.rings import LAYER_FAILURES, PEOPLE, Event, RoomEvents, RoomsChanged, from_layer
from chat.tests.services.redis import RedisServer


@pytest.fixture
async def ear() -> AsyncIterator[Callable[[], Any]]:
    """Hears what is sent to `people` on a layer of this test's own."""
    channel_layers.backends.clear()
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(PEOPLE, channel)

    async def hear() -> object:
        return from_layer(await layer.receive(channel))

    yield hear


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    publisher = Publisher()
    task = asyncio.create_task(publisher.run())
    outlet.connect(publisher)
    yield publisher
    outlet.disconnect()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_thread_hands_over_to_the_loop(ear: Callable[[], Any], publisher: Publisher) -> None:
    await asyncio.to_thread(publisher.publish, PEOPLE, RoomsChanged(users=[7]))
    async with asyncio.timeout(1):
        assert await ear() == RoomsChanged(users=[7])


def ring_and_fail() -> None:
    with transaction.atomic():
        publish_to_people(RoomsChanged(users=[1]))
        raise ZeroDivisionError


def ring() -> None:
    with transaction.atomic():
        publish_to_people(RoomsChanged(users=[2]))


async def test_what_is_rolled_back_rings_nobody(
    transactional_db: None, ear: Callable[[], Any], publisher: Publisher
) -> None:
    with pytest.raises(ZeroDivisionError):
        await sync_to_async(ring_and_fail)()
    await sync_to_async(ring)()
    assert await ear() == RoomsChanged(users=[2])


async def test_a_command_without_a_loop_publishes_at_once(transactional_db: None, ear: Callable[[], Any]) -> None:
    await asyncio.to_thread(ring)
    async with asyncio.timeout(1):
        assert await ear() == RoomsChanged(users=[2])


async def test_what_overflows_is_dropped_and_never_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PUBLISH_QUEUE_MESSAGES", 2)
    publisher = Publisher()
    for _ in range(5):
        publisher.publish(PEOPLE, RoomsChanged())
    await asyncio.sleep(0)
    assert publisher.dropped == 3


async def test_a_few_large_messages_fill_the_queue_too(monkeypatch: pytest.MonkeyPatch) -> None:
    events = RoomEvents(7, [Event(1, "é" * 40), Event(2, "x" * 20)])
    monkeypatch.setattr(conf, "PUBLISH_QUEUE_BYTES", 2 * events.size)
    publisher = Publisher()
    for _ in range(5):
        publisher.publish(PEOPLE, events)
    await asyncio.sleep(0)
    assert events.size == 100
    assert publisher.dropped == 3


async def test_what_is_sent_leaves_room_for_the_next(
    ear: Callable[[], Any], publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = RoomEvents(7, [Event(1, "x" * 100)])
    monkeypatch.setattr(conf, "PUBLISH_QUEUE_BYTES", 100)
    for _ in range(3):
        publisher.publish(PEOPLE, events)
        assert await ear() == events
    assert publisher.dropped == 0


async def test_a_redis_that_was_gone_is_heard_again(
    make_redis: Callable[[], RedisServer], publisher: Publisher
) -> None:
    server = make_redis()
    layer = RedisPubSubChannelLayer(hosts=[server.url])
    channel_layers.backends["default"] = layer
    try:
        channel = await layer.new_channel()
        await layer.group_add(PEOPLE, channel)
        server.stop()
        publisher.publish(PEOPLE, RoomsChanged(users=[1]))
        with pytest.raises(LAYER_FAILURES):
            await send(PEOPLE, RoomsChanged(users=[1]))
        server.start()
        heard = asyncio.create_task(layer.receive(channel))
        async with asyncio.timeout(10):
            while not heard.done():  # until this process has subscribed again
                publisher.publish(PEOPLE, RoomsChanged(users=[2]))
                await asyncio.wait({heard}, timeout=0.1)
        assert isinstance(from_layer(heard.result()), RoomsChanged)
    finally:
        await layer.flush()
        channel_layers.backends.clear()


async def test_a_redis_that_hangs_is_given_up_after_a_second(make_redis: Callable[[], RedisServer]) -> None:
    server = make_redis()
    layer = RedisPubSubChannelLayer(hosts=[server.url])
    channel_layers.backends["default"] = layer
    try:
        await send(PEOPLE, RoomsChanged())
        server.pause()
        with pytest.raises(TimeoutError):
            await send(PEOPLE, RoomsChanged())
        server.resume()
        await send(PEOPLE, RoomsChanged())
    finally:
        server.resume()
        await layer.flush()
        channel_layers.backends.clear()
