"""What a room costs does not grow with a decoding, an encoding or a group member a socket; nor do the regular checks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.actions import batch as batch_module
from chat.actions.room_states import room_states
from chat.protocol.codec import encode
from chat.protocol.events import Frame, Hello, RoomState, Self, SessionInfo
from chat.realtime import guard as guard_module
from chat.realtime import hub as hub_module
from chat.realtime.reads import living
from chat.realtime.runtime import Runtime
from chat.realtime.socket import Socket
from chat.relay import rings, subscription
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial


async def test_with_500_sockets_an_event_is_encoded_once_and_decoded_once(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = await dial(cast.bia)
    crowd = [Socket(cast.ana.user.pk, uuid4()) for _ in range(500)]
    room = cast.garden
    state = RoomState(room.pk, "closed", "garden", 0, room.last_revision, 0, "all")
    hello = Hello("e", Self(1, "ana", "Ana"), SessionInfo(cast.ana.session.expire_date), [state])
    for socket in crowd:
        runtime.hub.register(socket)
        runtime.hub.greet(socket, hello)

    encoded: list[Frame] = []
    decoded: list[dict[str, Any]] = []

    def counted_encode(frame: Frame) -> str:
        encoded.append(frame)
        return encode(frame)

    def counted_decode(message: dict[str, Any]) -> object:
        decoded.append(message)
        return rings.from_layer(message)

    monkeypatch.setattr(batch_module, "encode", counted_encode)
    monkeypatch.setattr(subscription, "from_layer", counted_decode)
    await runtime.writer.submit(cast.ana.post(room))
    text = (await witness.hear("message"))["body"]
    assert text == "hello"
    assert (len(encoded), len(decoded)) == (1, 1)
    sent = {id(socket.outbox._waiting[-1].text) for socket in crowd}
    assert len(sent) == 1, "all sockets share one text"
    for socket in crowd:
        runtime.hub.unregister(socket)


async def test_the_process_is_a_group_member_and_no_socket_is(cast: Cast, dial: Dial) -> None:
    for _ in range(5):
        await dial(cast.ana)
    witness = await dial(cast.bia)
    await witness.ask(type="open", ref="o", room=cast.garden.pk)
    layer = get_channel_layer()
    assert {name: len(members) for name, members in layer.groups.items()} == {
        "people": 1,
        f"room.{cast.general.pk}": 1,
        f"room.{cast.garden.pk}": 1,
    }


async def test_the_sessions_of_all_sockets_are_checked_in_one_query_and_the_rooms_of_their_people_in_another(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = (cast.ana, cast.bia, cast.caio)
    for person in (*people, *people):
        await dial(person)
    asked: asyncio.Queue[tuple[str, set[Any], int]] = asyncio.Queue()

    def noted(name: str, question: Callable[[Iterable[Any]], Any]) -> Callable[[Iterable[Any]], Any]:
        def ask(about: Iterable[Any]) -> Any:
            with CaptureQueriesContext(connection) as queries:
                answer = question(about)
            runtime.loop.call_soon_threadsafe(asked.put_nowait, (name, set(about), len(queries)))
            return answer

        return ask

    monkeypatch.setattr(guard_module, "living", noted("sessions", living))
    monkeypatch.setattr(hub_module, "room_states", noted("rooms", room_states))
    runtime.guard.check()
    runtime.hub.refresh(runtime.hub.people)
    async with asyncio.timeout(10):
        first, second = await asked.get(), await asked.get()
    assert sorted((first, second), key=itemgetter(0)) == [
        ("rooms", {person.user.pk for person in people}, 1),
        ("sessions", {person.session.device for person in people}, 1),
    ]
    assert asked.empty()
