"""One socket: the only place where text from a client becomes a command."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Any

from channels.consumer import AsyncConsumer

from chat import conf
from chat.protocol.codes import Close
from chat.realtime.dialogue import Dialogue
from chat.realtime.reads import hello
from chat.realtime.runtime import Runtime, running
from chat.realtime.socket import Socket
from chat.threads import in_reader

logger = logging.getLogger(__name__)

CLOSING_SECONDS = 1.0


class ChatConsumer(AsyncConsumer):  # type: ignore[misc]  # Channels has no types
    """A socket from its handshake to its end.

    It has a receive loop of its own. Channels' would put every socket into the channel layer (here the hub is,
    once a process) and visit the database thread for every frame.
    """

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        await receive()  # websocket.connect
        ip = scope["client"][0] if scope.get("client") else ""
        if scope["device"] is None:
            await _refuse(send, "signed out", ip)
            return
        runtime = running.get()
        socket = Socket(scope["user"].pk, scope["device"], ip)
        if reason := runtime.why_not(socket):
            await _refuse(send, reason, ip)
            return
        runtime.add(socket)
        try:
            await self._open(runtime, socket, receive, send)
        finally:
            runtime.remove(socket)

    async def _open(self, runtime: Runtime, socket: Socket, receive: Any, send: Any) -> None:
        # The session is read again now that doorbells reach the socket: one that ended meanwhile does not slip through.
        first = await in_reader(hello, socket.device)
        if first is None or first.user.id != socket.user_id or socket.outbox.closing is not None:
            await _refuse(send, "signed out meanwhile", socket.ip)
            return
        await send({"type": "websocket.accept"})
        logger.info("socket opened", extra=socket.log_fields | {"ip": socket.ip})
        runtime.guard.expect_end(socket.device, first.session.expires)
        runtime.hub.greet(socket, first)
        await self._serve(Dialogue(runtime, socket), socket, receive, send)

    async def _serve(self, dialogue: Dialogue, socket: Socket, receive: Any, send: Any) -> None:
        sender = asyncio.create_task(socket.outbox.drain(send))
        listener = asyncio.create_task(_listen(dialogue, receive))
        try:
            done, _ = await asyncio.wait({sender, listener}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            await asyncio.wait({listener}, timeout=CLOSING_SECONDS)  # until the peer has answered the close
        except asyncio.CancelledError:  # the server is stopping
            socket.close(Close.STOPPING)
            await asyncio.wait({sender, listener}, timeout=CLOSING_SECONDS)
            raise
        finally:
            dialogue.end()
            sender.cancel()
            listener.cancel()
            _log_end(socket, listener)


async def _listen(dialogue: Dialogue, receive: Any) -> int | None:
    """Hand on what comes in, and return the code of the connection's end.

    It never waits for an answer, and takes in what has come without a turn for others between two frames:
    servers queue what clients send without bound. Yet a flood on one socket must not keep the loop from the rest.
    """
    began = monotonic()
    while (message := await receive())["type"] == "websocket.receive":
        text = message.get("text")
        dialogue.hear(message["bytes"] if text is None else text)
        if monotonic() - began > conf.HEARING_SECONDS:
            await asyncio.sleep(0)
            began = monotonic()
    code: int | None = message.get("code")
    return code


async def _refuse(send: Any, reason: str, ip: str) -> None:
    """Before a socket is accepted, servers make HTTP 403 of a close."""
    await send({"type": "websocket.close"})
    logger.info("socket refused", extra={"reason": reason, "ip": ip})


def _log_end(socket: Socket, listener: asyncio.Task[int | None]) -> None:
    closing = socket.outbox.closing
    if closing is not None:
        end = {"by": "server", "code": int(closing), "reason": closing.name.lower()}
    else:
        end = {"by": "client", "code": listener.result() if listener.done() and not listener.cancelled() else ""}
    logger.info("socket closed", extra=socket.log_fields | end)
