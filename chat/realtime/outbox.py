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


class _Frame(NamedTuple):
    text: str
    size: int


class _Beat(NamedTuple):
    id: str
    end: int  # bytes of all frames up to and with this one
    at: float


class Outbox:
    """Frames in order, with beats among them that the client echoes.

    ASGI servers may buffer without bound for a reader that is slow or gone. An echo proves that all before it
    has arrived, so no more than a window goes out beyond the newest echo; what comes meanwhile waits here, as
    texts that all sockets of a room share. A reader is closed when the window stays full without an echo, when
    too much waits for it, or when a beat is not echoed for long. So it costs a bounded amount of memory, and a
    burst that no echo could have answered yet closes nobody.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._waiting: deque[_Frame] = deque()
        self._wake = asyncio.Event()
        self._beats: deque[_Beat] = deque()
        self._queued = self._sent = self._confirmed = 0  # bytes since the socket was opened
        self._beat_end = 0
        self._beat_at = self._progress_at = self._clock()
        self.closing: Close | None = None

    @property
    def _is_full(self) -> bool:
        return self._sent - self._confirmed >= conf.UNCONFIRMED_BYTES

    def push(self, text: str, size: int) -> None:
        """Queue a frame of `size` bytes. Never waits; closes the socket when too much waits for its reader."""
        if self.closing is not None:
            return
        self._queue(text, size)
        if self._queued - self._confirmed > conf.UNCONFIRMED_BYTES + conf.HELD_BYTES:
            self.close(Close.TOO_SLOW)
        elif self._queued - self._beat_end >= conf.BEAT_BYTES:
            self._beat()

    def close(self, code: Close) -> None:
        """Close with `code`. What still waits is dropped: after the end of a session nothing more may go out."""
        if self.closing is None:
            self.closing = code
            self._waiting.clear()
            self._wake.set()

    def tick(self) -> None:
        """To be called about every second."""
        now = self._clock()
        stalled = self._is_full and now - self._progress_at > conf.FULL_SECONDS
        if stalled or (self._beats and now - self._beats[0].at > conf.UNCONFIRMED_SECONDS):
            self.close(Close.TOO_SLOW)
        elif self.closing is None and now - self._beat_at >= conf.BEAT_SECONDS:
            self._beat()

    def confirm(self, beat_id: str) -> bool:
        """Take an echo. False for one that was not asked for."""
        if all(beat.id != beat_id for beat in self._beats if beat.end <= self._sent):
            return False
        while self._beats:
            beat = self._beats.popleft()
            self._confirmed = beat.end
            if beat.id == beat_id:
                break
        self._progress_at = self._clock()
        self._wake.set()
        return True

    async def drain(self, send: Send) -> None:
        """Send what is queued, as it comes, until the socket is closed from this side."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting and not self._is_full:
                frame = self._waiting.popleft()
                self._count(frame.size)
                await send({"type": "websocket.send", "text": frame.text})
            if self.closing is not None:
                await send({"type": "websocket.close", "code": int(self.closing)})
                return

    def _count(self, size: int) -> None:
        self._sent += size
        if self._is_full:
            self._progress_at = self._clock()

    def _beat(self) -> None:
        beat_id = secrets.token_hex(8)
        text = encode(ServerBeat(beat_id))
        self._queue(text, len(text))
        self._beat_end, self._beat_at = self._queued, self._clock()
        self._beats.append(_Beat(beat_id, self._queued, self._beat_at))

    def _queue(self, text: str, size: int) -> None:
        self._queued += size
        self._waiting.append(_Frame(text, size))
        self._wake.set()
