"""What one socket still has to be sent, and how much of it has arrived."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, NamedTuple

from chat import conf
from chat.protocol.codec import encode
from chat.protocol.codes import Close
from chat.protocol.events import ServerBeat

Send = Callable[[dict[str, Any]], Awaitable[None]]


class _Beat(NamedTuple):
    id: str
    sent: int  # bytes sent in all, when it was
    at: float


class Outbox:
    """Frames in order, with beats among them that the client echoes.

    ASGI servers may buffer without bound for a reader that is slow or gone. An echo proves that all before it
    has arrived; a socket with too much, or too old, unproven is closed, so it costs a bounded amount of memory.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._waiting: deque[str] = deque()
        self._wake = asyncio.Event()
        self._beats: deque[_Beat] = deque()
        self._sent = 0
        self._confirmed = 0
        self._beat_sent = 0
        self._beat_at = self._clock()
        self.closing: int | None = None

    def push(self, text: str, size: int) -> None:
        """Queue a frame of `size` bytes. Never waits; closes the socket when its reader is too far behind."""
        if self.closing is not None:
            return
        self._queue(text, size)
        if self._sent - self._confirmed > conf.UNCONFIRMED_BYTES:
            self.close(Close.TOO_SLOW)
        elif self._sent - self._beat_sent >= conf.BEAT_BYTES:
            self._beat()

    def close(self, code: int) -> None:
        """Close with `code`. What still waits is dropped: after the end of a session nothing more may go out."""
        if self.closing is None:
            self.closing = code
            self._waiting.clear()
            self._wake.set()

    def tick(self) -> None:
        """To be called about every second."""
        now = self._clock()
        if self._beats and now - self._beats[0].at > conf.UNCONFIRMED_SECONDS:
            self.close(Close.TOO_SLOW)
        elif self.closing is None and now - self._beat_at >= conf.BEAT_SECONDS:
            self._beat()

    def confirm(self, beat_id: str) -> bool:
        """Take an echo. False for one that was not asked for."""
        if all(beat.id != beat_id for beat in self._beats):
            return False
        while self._beats:
            beat = self._beats.popleft()
            self._confirmed = beat.sent
            if beat.id == beat_id:
                break
        return True

    async def drain(self, send: Send) -> None:
        """Send what is queued, as it comes, until the socket is closed from this side."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await send({"type": "websocket.send", "text": self._waiting.popleft()})
            if self.closing is not None:
                await send({"type": "websocket.close", "code": int(self.closing)})
                return

    def _beat(self) -> None:
        beat_id = secrets.token_hex(8)
        text = encode(ServerBeat(beat_id))
        self._queue(text, len(text))
        self._beat_sent, self._beat_at = self._sent, self._clock()
        self._beats.append(_Beat(beat_id, self._sent, self._beat_at))

    def _queue(self, text: str, size: int) -> None:
        self._sent += size
        self._waiting.append(text)
        self._wake.set()
