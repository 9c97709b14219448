"""People who send files, and what lies on the disk meanwhile."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from chat.tests.process.people import Person, people
from chat.tests.process.raw import Wire
from chat.tests.process.sender import Sender, disposition
from chat.tests.services.site import Site

MIB: Final = 1024 * 1024


LIMIT_MB: Final = 64


LITTLE: Final = 30  # MB, where more than the limit is sent


PIECE: Final = bytes(MIB)


_numbers = iter(range(1_000_000))


def new_person(site: Site) -> Person:
    [person] = people(site, f"person{next(_numbers)}")
    return person


def lying(site: Site) -> dict[str, int]:
    """What lies on the disk among the uploads, with its size."""
    root = site.directory / "uploads"
    return {path.name: path.stat().st_size for path in root.rglob("*") if path.is_file()}


class Slow:
    """A body of which the second half waits for a word."""

    def __init__(self, half: bytes = PIECE) -> None:
        self.half = half
        self.half_sent = asyncio.Event()
        self.go_on = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.half
        self.half_sent.set()
        await self.go_on.wait()
        yield self.half


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while True:
            if true():
                return
            await asyncio.sleep(0.02)


async def begun(site: Site, size: int, *, names: set[str]) -> None:
    """Wait until so much more of a file is on the disk."""
    await until(lambda: any(found >= size for name, found in lying(site).items() if name not in names))


def request(sender: Sender, room: int, *headers: str, name: str = "notes.txt") -> bytes:
    """An upload's head, as bytes."""
    cookies = "; ".join(f"{name}={value}" for name, value in sender.cookies.items())
    lines = [
        f"POST /rooms/{room}/files/ HTTP/1.1",
        f"Host: 127.0.0.1:{sender.server.port}",
        f"Origin: {sender.server.url}",
        f"Cookie: {cookies}",
        f"X-CSRFToken: {sender.csrf_token}",
        f"Content-Disposition: {disposition(name)}",
        *headers,
    ]
    return "\r\n".join([*lines, "\r\n"]).encode()


async def nothing_more_lies(site: Site, before: dict[str, int]) -> None:
    await until(lambda: lying(site) == before)


async def told_early(sender: Sender, room: int, name: str = "notes.txt", size: int = 50 * MIB) -> tuple[int, Any]:
    """Status and error of the answer that comes though the body, but for its beginning, does not."""
    async with Wire(sender.server) as wire:
        await wire.send(request(sender, room, f"Content-Length: {size}", name=name) + bytes(300_000))
        head = (await wire.head()).lower()
        assert "\r\nconnection: close" in head, "or the rest would be taken for the next request"
        length = int(head.partition("content-length: ")[2].split()[0])
        told = json.loads(await wire.read(length) or b"null")
    return int(head.split()[1]), told and told["error"]


async def refused_early(sender: Sender, room: int, name: str = "notes.txt", size: int = 50 * MIB) -> tuple[int, str]:
    status, error = await told_early(sender, room, name, size)
    return status, error["code"]
