"""Somebody's browser."""

from __future__ import annotations

from playwright.async_api import BrowserContext

from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Person, Place, Theatre
from chat.tests.browser.watch import Watch
from chat.tests.browser.wire import Wire

# The hand on the wire passes on what the page said while its socket was open, though the server has closed meanwhile.
PASSED_ON_LATE = "WebSocket is already in CLOSING or CLOSED state"


class Device:
    """Its tabs share the session, the drafts and the outbox."""

    def __init__(self, context: BrowserContext, theatre: Theatre) -> None:
        self.context = context
        self.theatre = theatre
        self.url = theatre.daphne.url
        self.watch = Watch(context, self.url)

    async def tab(self) -> ChatPage:
        return ChatPage(await self.context.new_page(), self.url)

    async def wire(self) -> Wire:
        """The wire between all tabs and the server."""
        self.watch.allow(PASSED_ON_LATE)
        return await Wire.to(self.context)

    async def sign_in(self, person: Person) -> None:
        """Behind the back of the pages that are open."""
        key = self.theatre.do("session_key", person.id)
        await self.context.add_cookies([{"name": "sessionid", "value": key, "url": self.url}])

    async def enter(self, person: Person, room: Place) -> ChatPage:
        """A tab in that room, of a person who had signed in before."""
        await self.sign_in(person)
        page = await self.tab()
        await page.go(room.path)
        await page.expect_ready(person)
        return page

    async def visit(self, person: Person, path: str) -> ChatPage:
        """A tab at that address, whatever it leads to."""
        await self.sign_in(person)
        page = await self.tab()
        await page.go(path)
        return page
