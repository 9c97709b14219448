"""Somebody who sends files, as a page does: the bytes as the body, the name in a header."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Any, Self
from urllib.parse import quote

import httpx

from chat.tests.forms import Visitor
from chat.tests.services.site import Daphne


def disposition(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


class Sender(Visitor):
    def __init__(self, server: Daphne, cookie: str | None = None) -> None:
        super().__init__(server, cookie)
        self.csrf_token = ""
        self.server = server

    async def __aenter__(self) -> Self:
        self.csrf_token = await self.token("/account/password/")
        return self

    def headers(self, name: str = "notes.txt") -> dict[str, str]:
        return {"X-CSRFToken": self.csrf_token, "Content-Disposition": disposition(name)}

    async def upload(
        self, room: int, content: bytes | AsyncIterable[bytes], name: str = "notes.txt", **headers: str
    ) -> httpx.Response:
        return await self._http.post(
            f"/rooms/{room}/files/", content=content, headers=self.headers(name) | headers, timeout=60
        )

    async def sent(self, room: int, content: bytes, name: str = "notes.txt") -> dict[str, Any]:
        """The file as the server describes it."""
        answer = await self.upload(room, content, name)
        assert answer.status_code == 200, answer.text
        described: dict[str, Any] = answer.json()
        return described

    async def fetch(self, file_id: str, path: str = "", **headers: str) -> httpx.Response:
        return await self._http.get(f"/files/{file_id}/{path}", headers=headers)

    async def head(self, path: str) -> httpx.Response:
        return await self._http.head(path)

    async def discard(self, file_id: str) -> httpx.Response:
        return await self._http.post(f"/files/{file_id}/discard/", headers={"X-CSRFToken": self.csrf_token})
