"""Who is there when a session ends: its own sockets in every process, another device, and another person."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pytest
from websockets.exceptions import InvalidStatus

from chat.tests.client import Client, open_socket
from chat.tests.forms import Visitor
from chat.tests.process.people import Person, people, run
from chat.tests.services.site import Daphne, Site

SIGNED_OUT: Final = 4401
PASSWORD: Final = "a good long password"
UNHEARD: Final = "not published to people"  # what a process logs when its doorbell is lost
EVERYONE: Final = 1  # the room that everyone is in

# One of each kind that has a reply, for a room in which one has said something, and then somebody else.
COMMANDS: Final[dict[str, dict[str, Any]]] = {
    "post": {"key": str(uuid.uuid4()), "body": "let me"},
    "edit": {"position": 1, "body": "let me"},
    "delete": {"position": 1},
    "react": {"position": 2, "emoji": "👍", "on": True},
    "read": {"position": 2},
    "open": {},
    "catch_up": {"revision": 0},
}

_numbers = itertools.count(1)


class Stage(NamedTuple):
    """An installation that tests share."""

    site: Site
    pair: tuple[Daphne, Daphne]

    def people(self, *names: str, devices: int = 1) -> list[Person]:
        """Nobody else's: other tests have people of the same names."""
        number = next(_numbers)
        return people(self.site, *(f"{name}{number}" for name in names), devices=devices, password=PASSWORD)

    async def in_site(self, function: str, *arguments: object) -> Any:
        return await asyncio.to_thread(run, self.site, function, *arguments)

    @property
    def lost_doorbells(self) -> int:
        logs = (path.read_text(errors="replace") for path in self.site.directory.glob("*.log"))
        return sum(log.count(UNHEARD) for log in logs)


@dataclass
class Device:
    """A browser that somebody is signed in with: its pages, and a socket at each process."""

    person: Person
    cookie: str  # as it was when the sockets were opened
    browser: Visitor
    sockets: list[Client]


@dataclass
class Scene:
    """Ana with two devices, Bia beside her, and the chief, who administers."""

    stage: Stage
    ana: Person
    bia: Person
    phone: Device
    laptop: Device
    bias: Device
    chief: Visitor

    @property
    def devices(self) -> tuple[Device, ...]:
        return self.phone, self.laptop, self.bias

    async def expect(self, *ended: Device, seconds: float) -> None:
        """All sockets of these sessions close within that time; they are nobody's any more, and the others stay."""
        closing = [socket.ended(seconds=seconds) for device in ended for socket in device.sockets]
        assert set(await asyncio.gather(*closing)) == {SIGNED_OUT}
        for device in self.devices:
            await (self._is_out(device) if device in ended else self._is_in(device))

    async def _is_in(self, device: Device) -> None:
        for socket in device.sockets:
            assert (await socket.say(EVERYONE, "still here"))["ok"]
        assert (await device.browser.get("/session/")).json()["user"]["id"] == device.person.id

    async def _is_out(self, device: Device) -> None:
        for server in self.stage.pair:
            async with Visitor(server, device.cookie) as visitor:
                assert (await visitor.get("/session/")).status_code == 401
            with pytest.raises(InvalidStatus, match="403"):
                await open_socket(server, device.cookie)


@asynccontextmanager
async def set_scene(stage: Stage, join: Callable[..., Awaitable[Client]]) -> AsyncIterator[Scene]:
    ana, bia, chief = await asyncio.to_thread(stage.people, "ana", "bia", "chief", devices=2)
    await stage.in_site("promote", chief.id)
    async with AsyncExitStack() as closing:

        async def visit(person: Person, cookie: str, at: Daphne) -> Visitor:
            return await closing.enter_async_context(Visitor(at, cookie))

        async def device(person: Person, cookie: str, at: Daphne) -> Device:
            sockets = [await join(server, cookie) for server in stage.pair]
            return Device(person, cookie, await visit(person, cookie, at), sockets)

        first, second = stage.pair
        yield Scene(
            stage,
            ana,
            bia,
            phone=await device(ana, ana.cookies[0], first),
            laptop=await device(ana, ana.cookies[1], second),
            bias=await device(bia, bia.cookie, first),
            chief=await visit(chief, chief.cookie, second),
        )
