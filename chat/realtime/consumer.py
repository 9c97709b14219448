"""One socket: the only place where text from a client becomes a command."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from channels.consumer import AsyncConsumer

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
        if scope["device"] is None:
            await send({"type": "websocket.close"})
            return
        runtime = running.get()
        socket = Socket(scope["user"].pk, scope["device"])
        runtime.add(socket)
        try:
            await self._open(runtime, socket, receive, send)
        finally:
            runtime.remove(socket)

    async def _open(self, runtime: Runtime, socket: Socket, receive: Any, send: Any) -> None:
        # The session is read again now that doorbells reach the socket: one that ended meanwhile does not slip through.
        first = await in_reader(hello, socket.device)
        if first is None or first.user.id != socket.user_id or socket.outbox.closing is not None:
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        logger.info("socket %s opened: user %d, device %s", socket.source, socket.user_id, socket.device)
        socket.expires = first.session.expires
        runtime.hub.greet(socket, first)
        try:
            await self._serve(Dialogue(runtime, socket, first.user), socket, receive, send)
        finally:
            logger.info("socket %s closed: %s", socket.source, socket.outbox.closing or "by the client")

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


async def _listen(dialogue: Dialogue, receive: Any) -> None:
    """Hand on what comes in. It never waits for an answer: servers queue what clients send without bound."""
    while (message := await receive())["type"] == "websocket.receive":
        dialogue.hear(message.get("text"))
        await asyncio.sleep(0)  # a flood on one socket must not keep the loop from the others
