"""What lies between a page and the server."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from playwright.async_api import BrowserContext, Page, WebSocketRoute

SOCKET = "**/ws/chat/"
TRY_AGAIN_LATER = 1013


class Wire:
    """The sockets of a page, or of a whole browser, which a test may cut, and whose replies it may lose or forge.

    While the wire is cut a new socket is neither opened nor refused: it waits.
    """

    def __init__(self) -> None:
        self.commands: list[dict[str, Any]] = []  # all that the page ever sent
        self._sockets: list[WebSocketRoute] = []
        self._whole = asyncio.Event()
        self._whole.set()
        self._forgeries: dict[str, dict[str, Any] | None] = {}

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
        self._forgeries[command] = None

    def forge_reply(self, command: str, **fields: Any) -> None:
        """The reply to the next command of this type says this instead."""
        self._forgeries[command] = fields

    def sent(self, kind: str) -> list[dict[str, Any]]:
        return [command for command in self.commands if command["type"] == kind]

    async def _connect(self, socket: WebSocketRoute) -> None:
        await self._whole.wait()
        Call(self, socket)
        self._sockets.append(socket)


class Call:
    """One socket that got through."""

    def __init__(self, wire: Wire, socket: WebSocketRoute) -> None:
        self._wire = wire
        self._page = socket
        self._server = socket.connect_to_server()
        self._forged: dict[str, dict[str, Any] | None] = {}
        socket.on_message(self._from_page)
        self._server.on_message(self._from_server)

    def _from_page(self, text: str | bytes) -> None:
        command = json.loads(text)
        self._wire.commands.append(command)
        if command["type"] in self._wire._forgeries:
            self._forged[command["ref"]] = self._wire._forgeries.pop(command["type"])
        self._server.send(text)

    async def _from_server(self, text: str | bytes) -> None:
        frame = json.loads(text)
        forged = self._forged.pop(frame.get("ref"), {}) if frame["type"] == "reply" else {}
        if forged is None:
            await self._wire.cut()
        else:
            self._page.send(json.dumps(frame | forged) if forged else text)
