"""A person at the pages, without a browser: forms are filled in and sent as a browser does."""

from __future__ import annotations

import re
from typing import Self

import httpx

from chat.tests.services.site import Daphne


class Visitor:
    """`async with Visitor(server) as visitor`; it keeps its cookies, and may come with that of a sign-in."""

    def __init__(self, server: Daphne, cookie: str | None = None) -> None:
        self._http = httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, timeout=15)
        if cookie is not None:
            self._http.cookies.set("sessionid", cookie, domain="127.0.0.1")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._http.aclose()

    @property
    def cookie(self) -> str:
        return self._http.cookies["sessionid"]

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self._http.cookies)

    async def get(self, path: str) -> httpx.Response:
        return await self._http.get(path, follow_redirects=True)

    async def submit(self, form: str, path: str | None = None, **fields: str) -> httpx.Response:
        """Fill in the form on the page `form`, and send it there or to another path."""
        return await self.send(path or form, csrfmiddlewaretoken=await self.token(form), **fields)

    async def token(self, form: str) -> str:
        """What makes a form sent from that page count as this browser's own."""
        page = await self.get(form)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, f"no form on {form}: {page.status_code}"
        return found[1]

    async def send(self, path: str, **fields: str) -> httpx.Response:
        return await self._http.post(path, data=fields)

    async def change(self, path: str, **fields: object) -> httpx.Response:
        """Send JSON, as the scripts of a page do."""
        token = await self.token("/account/password/")
        return await self._http.post(path, json=fields, headers={"X-CSRFToken": token})

    async def sign_in(self, username: str, password: str) -> httpx.Response:
        return await self.submit("/login/", username=username, password=password)
