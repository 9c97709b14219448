"""Sockets through Channels' communicator, on the runtime that a server process has."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from channels.testing import WebsocketCommunicator

from chat import conf
from chat.realtime.runtime import Runtime, running
from chat.tests.cast import Cast, Person, make_cast
from chatproject.asgi import application

SECONDS = 5


class Talk:
    """One socket, as a client sees it."""

    def __init__(self, headers: list[tuple[bytes, bytes]], client: str = "127.0.0.1") -> None:
        self._wire = WebsocketCommunicator(application, "/ws/chat/", headers=headers)
        self._wire.scope["client"] = [client, 50_000]
        self._unheard: deque[dict[str, Any]] = deque()

    async def connect(self) -> bool:
        connected, _ = await self._wire.connect(timeout=SECONDS)
        return bool(connected)

    async def say(self, **frame: Any) -> None:
        await self._wire.send_to(text_data=json.dumps(frame))

    async def say_text(self, text: str) -> None:
        await self._wire.send_to(text_data=text)

    async def say_bytes(self, data: bytes) -> None:
        await self._wire.send_to(bytes_data=data)

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """The next frame; the next of these kinds where kinds are given."""
        while True:
            frame = self._unheard.popleft() if self._unheard else await self._receive()
            if not kinds or frame["type"] in kinds:
                return frame

    async def ask(self, **frame: Any) -> dict[str, Any]:
        """A command and its reply. What comes before the reply can be heard afterwards."""
        await self.say(**frame)
        while True:
            heard = await self._receive()
            if heard["type"] == "reply" and heard["ref"] == frame.get("ref"):
                return heard
            self._unheard.append(heard)

    async def hear_until(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        """All frames up to the one of this kind with these fields."""
        heard = []
        while True:
            heard.append(await self.hear())
            if heard[-1]["type"] == kind and fields.items() <= heard[-1].items():
                return heard

    async def closed(self) -> int:
        """The code with which the server closes; what it sent before is passed over."""
        while True:
            message = await self._wire.receive_output(timeout=SECONDS)
            if message["type"] == "websocket.close":
                return int(message["code"])

    async def _receive(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await self._wire.receive_from(timeout=SECONDS))
        return frame

    async def end(self) -> None:
        await self._wire.disconnect(timeout=SECONDS)


OWN = [(b"host", b"localhost:8000"), (b"origin", b"http://localhost:8000")]


def cookie(key: str) -> tuple[bytes, bytes]:
    return (b"cookie", f"sessionid={key}".encode())


@pytest_asyncio.fixture
async def cast(transactional_db: None) -> Cast:
    return await sync_to_async(make_cast)()


@pytest_asyncio.fixture
async def runtime(cast: Cast) -> AsyncIterator[Runtime]:
    """The parts of a server process, on this test's loop, with a channel layer of their own."""
    channel_layers.backends.clear()
    yield running.get()
    await running.stop()


Dial = Callable[[Person], Awaitable[Talk]]


@pytest_asyncio.fixture
async def dial(runtime: Runtime) -> AsyncIterator[Dial]:
    """Opens a socket for a person and reads its hello; all are closed after the test."""
    talks: list[Talk] = []

    async def connect(person: Person) -> Talk:
        talk = Talk([*OWN, cookie(person.session.session_key)])
        assert await talk.connect()
        assert (await talk.hear())["type"] == "hello"
        talks.append(talk)
        return talk

    yield connect
    for talk in talks:
        await talk.end()


@pytest.fixture
def knock(runtime: Runtime) -> Callable[[list[tuple[bytes, bytes]]], Talk]:
    """A handshake with these headers, not yet made."""
    return Talk


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PRESENCE_GRACE_SECONDS", 0.2)
