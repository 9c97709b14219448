"""What lies between a page and the server."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from playwright.async_api import BrowserContext, Page, WebSocketRoute

SOCKET = "**/ws/chat/"
TRY_AGAIN_LATER = 1013


class Wire:
    """The sockets of a page, or of a whole browser, which a test may cut.

    While the wire is cut a new socket is neither opened nor refused: it waits.
    """

    def __init__(self) -> None:
        self._sockets: list[WebSocketRoute] = []
        self._whole = asyncio.Event()
        self._whole.set()
        self._lost: str | None = None
        self._lost_ref: str | None = None

    @classmethod
    async def to(cls, where: Page | BrowserContext) -> Wire:
        wire = cls()
        await where.route_web_socket(SOCKET, wire._connect)
        return wire

    async def cut(self) -> None:
        self._whole.clear()
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close(code=TRY_AGAIN_LATER)

    def mend(self) -> None:
        self._whole.set()

    def lose_reply(self, command: str) -> None:
        """The server gets the next command of this type; the wire is cut before its reply comes back."""
        self._lost = command

    async def _connect(self, socket: WebSocketRoute) -> None:
        await self._whole.wait()
        server = socket.connect_to_server()

        def from_page(text: str | bytes) -> None:
            self._note(json.loads(text))
            server.send(text)

        async def from_server(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "reply" and frame["ref"] == self._lost_ref:
                self._lost_ref = None
                await self.cut()
            else:
                socket.send(text)

        socket.on_message(from_page)
        server.on_message(from_server)
        self._sockets.append(socket)

    def _note(self, command: dict[str, Any]) -> None:
        if command["type"] == self._lost:
            self._lost, self._lost_ref = None, command["ref"]
