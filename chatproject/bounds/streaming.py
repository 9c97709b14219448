"""Bodies that the application is given as they come, and answers that go no faster than they are taken."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any, Final

from chat import conf

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class NothingYet(BytesIO):
    """The body as daphne is shown it: it hands on nothing of one that is closed, taking it for abandoned."""

    closed = True


class StreamedBody:
    """Between a connection and an application that reads a body while it comes.

    daphne hands on a body when all of it is there, and then puts it into memory at once.
    """

    def __init__(self, request: Any) -> None:
        self.complete = False
        self._request = request
        self._channel = request.channel
        self._waiting = 0
        self._paused = False
        self._is_awaited = request.requestHeaders.hasHeader(b"Expect")
        request.requestHeaders.removeHeader(b"Expect")  # Twisted would tell the client to go on, whoever it is

    def came(self, data: bytes, received: int) -> None:
        """Take a piece, and no more of them before the application has."""
        if received // conf.UPLOAD_PACE_BYTES > (received - len(data)) // conf.UPLOAD_PACE_BYTES:
            self._channel.setTimeout(conf.HTTP_SECONDS)  # it goes on fast enough
        self._put(data, more=True)
        self._waiting += len(data)
        if self._waiting >= conf.INBOUND_BYTES and not self._paused:
            self._paused = True
            self._channel.transport.pauseProducing()

    def end(self) -> None:
        self.complete = True
        self._put(b"", more=False)

    def counted(self, receive: Any) -> Any:
        """The application's `receive`, which tells how far it has got."""

        async def take() -> Any:
            self._go_on()
            message = await receive()
            self._taken(len(message.get("body", b"")))
            return message

        return take

    def cut_off(self) -> None:
        """The answer does not wait for the rest of the body."""
        self._channel.deaf = True
        self._request.responseHeaders.setRawHeaders(b"Connection", [b"close"])
        self._channel.transport.resumeProducing()

    def _put(self, data: bytes, *, more: bool) -> None:
        self._request.application_queue.put_nowait({"type": "http.request", "body": data, "more_body": more})

    def _go_on(self) -> None:
        """Whoever waits for a word before sending a large body is told when it is wanted."""
        if self._is_awaited and not self._waiting:
            self._channel.write(CONTINUE)
        self._is_awaited = False

    def _taken(self, size: int) -> None:
        self._waiting -= size
        if self._paused and not self._waiting:
            self._paused = False
            self._channel.transport.resumeProducing()


class Outgoing:
    """What is on its way to a client. The server would take any amount into memory for one that reads slowly."""

    def __init__(self) -> None:
        self._flows = asyncio.Event()
        self._flows.set()

    def pause(self) -> None:
        self._flows.clear()

    def resume(self) -> None:
        self._flows.set()

    def paced(self, send: Any, channel: Any) -> Any:
        """The application's `send`, which returns when the client has taken nearly all of what was sent before."""

        async def give(message: dict[str, Any]) -> None:
            await send(message)
            if message.get("more_body", False):
                await self._flow(channel)

        return give

    async def _flow(self, channel: Any) -> None:
        try:
            async with asyncio.timeout(conf.HTTP_SECONDS):
                await self._flows.wait()
        except TimeoutError:
            channel.transport.abortConnection()
