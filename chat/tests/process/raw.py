"""Connections without manners: bytes as a test wants them, and what comes back."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from chat.tests.services.site import Daphne

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
SECONDS: Final = 15.0
KEY: Final = "dGhlIHNhbXBsZSBub25jZQ=="
HEAD_END: Final = b"\r\n\r\n"


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    mask: bytes = bytes(4),
    claims: int | None = None,
) -> bytes:
    """A frame from a client. It may be without a mask, and claim another length than it has."""
    length = len(payload) if claims is None else claims
    masked = bool(mask) << 7
    if length < 126:
        size = struct.pack("!B", masked | length)
    elif length < 2**16:
        size = struct.pack("!BH", masked | 126, length)
    else:
        size = struct.pack("!BQ", masked | 127, length)
    if any(mask):
        payload = bytes(byte ^ key for byte, key in zip(payload, itertools.cycle(mask), strict=False))
    return bytes([fin << 7 | rsv << 4 | opcode]) + size + mask + payload


class Wire:
    """A TCP connection to a server."""

    def __init__(self, server: Daphne) -> None:
        self.server = server
        self._socket = socket.socket()
        self._socket.setblocking(False)
        self._read = b""

    async def __aenter__(self) -> Self:
        await asyncio.get_running_loop().sock_connect(self._socket, ("127.0.0.1", self.server.port))
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._socket.close()

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def send_until_hung_up(self, data: bytes, *, times: int = 1) -> int:
        """Send it so many times, or until the server will have no more; how often it went."""
        for sent in range(times):
            try:
                await self.send(data)
            except ConnectionError:
                return sent
        return times

    def hang_up(self) -> None:
        """Send nothing more, and go on reading."""
        with suppress(OSError):  # the server was first
            self._socket.shutdown(socket.SHUT_WR)

    async def rest(self, *, seconds: float = SECONDS) -> bytes:
        """Everything up to the end of the connection, be it closed or reset."""
        async with asyncio.timeout(seconds):
            while await self._more():
                pass
        rest, self._read = self._read, b""
        return rest

    async def head(self) -> str:
        """The status line and headers of an answer."""
        async with asyncio.timeout(SECONDS):
            while HEAD_END not in self._read and await self._more():
                pass
        head, _, self._read = self._read.partition(HEAD_END)
        return head.decode("latin1")

    async def read(self, length: int) -> bytes:
        """So many bytes, and on with the next thing as soon as they are there."""
        async with asyncio.timeout(SECONDS):
            while len(self._read) < length and await self._more():
                pass
        data, self._read = self._read[:length], self._read[length:]
        return data

    async def _more(self) -> bool:
        with suppress(ConnectionError):
            data = await asyncio.get_running_loop().sock_recv(self._socket, 65536)
            self._read += data
            return bool(data)
        return False


class RawSocket(Wire):
    """A WebSocket, after `shake_hands`."""

    async def shake_hands(
        self,
        cookie: str | None,
        *,
        path: str = "/ws/chat/",
        headers: Mapping[str, str | None] | None = None,
        more: str = "",
    ) -> str:
        """Ask for a socket; the answer's head."""
        await self.ask(cookie, path=path, headers=headers, more=more)
        return await self.head()

    async def ask(
        self,
        cookie: str | None,
        *,
        path: str = "/ws/chat/",
        headers: Mapping[str, str | None] | None = None,
        more: str = "",
    ) -> None:
        """Send a handshake with these headers changed, or left out where they are None, and with more lines."""
        good: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.server.port}",
            "Origin": self.server.url,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": KEY,
            "Cookie": None if cookie is None else f"sessionid={cookie}",
        }
        lines = [f"{name}: {value}" for name, value in {**good, **(headers or {})}.items() if value is not None]
        await self.send("\r\n".join([f"GET {path} HTTP/1.1", *lines, f"{more}\r\n"]).encode())

    async def receive(self) -> tuple[int, bytes] | None:
        """The next frame's opcode and payload; None at the end."""
        while (found := self._frame()) is None:
            if not await self._more():
                return None
        return found

    async def text(self) -> str:
        """The next text, whatever control frames come before it."""
        async with asyncio.timeout(SECONDS):
            while (found := await self.receive()) is not None:
                if found[0] == TEXT:
                    return found[1].decode()
        raise ConnectionError("closed without a text")

    async def close_code(self, *, seconds: float = SECONDS) -> int | None:
        """Read to the end of the connection; the code of the server's close frame, if there was one."""
        codes = [payload for opcode, payload in await self.frames(seconds=seconds) if opcode == CLOSE]
        return struct.unpack("!H", codes[0][:2])[0] if codes else None

    async def frames(self, *, seconds: float = SECONDS) -> list[tuple[int, bytes]]:
        """All that comes up to the end of the connection; a close is answered with the end of this side."""
        frames = []
        async with asyncio.timeout(seconds):
            while (found := await self.receive()) is not None:
                frames.append(found)
                if found[0] == CLOSE:
                    self.hang_up()
        return frames

    def _frame(self) -> tuple[int, bytes] | None:
        """Servers mask nothing, and fragment nothing here."""
        data = self._read
        if len(data) < 2:
            return None
        length, start = data[1] & 0x7F, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            if len(data) < 2 + size:
                return None
            length, start = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
        if len(data) < start + length:
            return None
        self._read = data[start + length :]
        return data[0] & 0x0F, data[start : start + length]


async def logged(server: Daphne, words: str, *, since: int = 0) -> str:
    """The line of the log with these words, after so many characters, as soon as it is there."""
    async with asyncio.timeout(SECONDS):
        while True:
            for line in server.log[since:].splitlines():
                if words in line:
                    return line
            await asyncio.sleep(0.02)


@contextmanager
def costing_less_than(server: Daphne, megabytes: float) -> Iterator[None]:
    """The server's memory grows by less than that within, not even for a moment."""
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # forget the peak so far
    before = memory_mb(server, "VmHWM")
    yield
    grown = memory_mb(server, "VmHWM") - before
    assert grown < megabytes, f"the server has grown by {grown:.0f} MB"


def memory_mb(server: Daphne, which: str = "VmRSS") -> float:
    """What it has in memory now; VmHWM: the most that it has had."""
    status: Any = dict(line.split(":", 1) for line in Path(f"/proc/{server.pid}/status").read_text().splitlines())
    return int(status[which].split()[0]) / 1024
