"""The pages as people see them."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, Page, expect

from chat.tests.browser.theatre import PASSWORD, Person, Place

FOCUSED = """() => {
  const { id, dataset, name, className, tagName } = document.activeElement;
  if (document.activeElement === document.body) return "BODY";
  return id || dataset.action || dataset.line || (dataset.room && `room ${dataset.room}`) || name || className || tagName;
}"""
RECONNECTED_WITHIN_MS = 40_000  # a page may pause for 30 s between two attempts to reach a server that was killed
NO_GAP = """(lines) => {
  const positions = lines.map((line) => Number(line.dataset.position));
  return positions.every((position, index) => index === 0 || position === positions[index - 1] + 1);
}"""


class ChatPage:
    """One tab, wherever it is: the sign-in page or a room."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.composer = page.locator("#body")
        self.timeline = page.locator("#timeline")
        self.lines = page.locator("#lines > [data-line=message]")
        self.settled = page.locator("#lines > [data-state=settled]")
        self.pending = page.locator("#lines > [data-state=pending]")
        self.new_line = page.locator("#lines > [data-line=new]")
        self.gap = page.locator("#lines > [data-line=gap]")
        self.jump = page.locator("#jump")
        self.state_bar = page.locator("#state-bar")
        self.typing = page.locator("#typing")
        self.icon = page.locator("#icon")
        self.heading = page.locator("#room-name")
        self.dialog = page.get_by_role("dialog")
        self.replying = page.locator("#replying")

    async def go(self, path: str = "/") -> None:
        await self.page.goto(self.url + path)

    async def look(self, script: str, argument: Any = None) -> Any:
        """What a script finds of how the page looks, once its styles are there: the words of a page may come before."""
        await self.page.wait_for_load_state()
        return await self.page.evaluate(script, argument)

    async def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        pixels: int = await self.look("document.documentElement.scrollWidth - innerWidth")
        return pixels

    # -- signing in and out ----------------------------------------------------------------------

    async def fill_sign_in(self, person: Person, password: str = PASSWORD) -> None:
        await self.page.get_by_label("Username").fill(person.username)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()

    async def sign_in(self, person: Person, room: Place | None = None) -> None:
        await self.go(room.path if room else "/")
        await self.sign_in_here(person)

    async def sign_in_here(self, person: Person) -> None:
        await self.fill_sign_in(person)
        await self.expect_ready(person)

    async def expect_ready(self, person: Person) -> None:
        """The page of this person, and its scripts run."""
        await expect(self.own_menu).to_contain_text(person.name)
        await expect(self.page.locator("#stage, #empty, #outside").filter(visible=True)).to_have_count(1)

    async def sign_out(self) -> None:
        await self.own_menu.click()
        await self.page.get_by_role("button", name="Sign out").click()

    async def sign_out_all_the_same(self) -> None:
        """With something unsent."""
        await self.sign_out()
        await self.dialog.get_by_role("button", name="Sign out").click()

    async def expect_sign_in(self) -> None:
        await expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    @property
    def own_menu(self) -> Locator:
        return self.page.locator("#menu > summary")

    # -- the rooms -------------------------------------------------------------------------------
    async def show_rooms(self) -> None:
        """On a phone they stand behind a button."""
        opener = self.page.get_by_role("button", name="Rooms", exact=True)
        if await opener.is_visible():
            await opener.click()

    def link(self, room: Place) -> Locator:
        return self.page.locator(f"a[data-room='{room.id}']")

    async def enter(self, room: Place) -> None:
        await self.link(room).click()
        await expect(self.heading).to_have_text(room.name)

    async def expect_unread(self, room: Place, count: int) -> None:
        await expect(self.link(room)).to_have_attribute("data-unread", str(count))

    # -- the lines -------------------------------------------------------------------------------

    def line(self, text: str) -> Locator:
        return self.lines.filter(has=self.page.locator("[data-part=body]", has_text=text))

    async def say(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def act(self, text: str, action: str) -> None:
        """Press one of the buttons of a line, or where nothing hovers, choose from its sheet."""
        line = self.line(text)
        if await self.page.evaluate("matchMedia('(hover: none)').matches"):
            await line.get_by_role("button", name="Actions").tap()
            await self.dialog.get_by_role("button", name=action).tap()
        else:
            await line.hover()
            await line.get_by_role("button", name=action, exact=True).click()

    def quote(self, text: str) -> Locator:
        """What stands above a line that answers another."""
        return self.line(text).locator(".quote")

    async def expect_lines(self, *texts: str) -> None:
        """These lines, all of them settled, and no others."""
        await expect(self.lines.locator("[data-part=body]")).to_have_text(list(texts))
        await expect(self.settled).to_have_count(len(texts))

    async def expect_reconnected(self) -> None:
        """After the bar has said that it was not."""
        await expect(self.state_bar).to_have_text("", timeout=RECONNECTED_WITHIN_MS)

    # -- where the reader is ---------------------------------------------------------------------

    async def scroll_to(self, top: int) -> None:
        await self.timeline.evaluate("(element, top) => element.scrollTo(0, top)", top)

    async def expect_further_up(self) -> None:
        """Than the newest line, with nothing new there. The button says so always: it has to be seen."""
        await expect(self.jump).to_be_visible()
        await expect(self.jump).to_have_text("To the newest")

    async def expect_visited(self, text: str) -> None:
        """A link has led to this line."""
        line = self.line(text)
        await expect(line).to_be_in_viewport(ratio=1)
        await expect(line).to_be_focused()
        await expect(line).to_contain_class("message--visited")
        await expect(self.page.locator(".message--visited")).to_have_count(1)

    async def expect_whole(self) -> None:
        """No message is left out between those that stand there."""
        assert await self.lines.evaluate_all(NO_GAP)

    async def expect_at_bottom(self) -> None:
        # The reader sees the newest line whole.
        await expect(self.lines.last).to_be_in_viewport(ratio=1)

    async def focused(self) -> str:
        """What has the focus, in a word; `BODY` when nothing has."""
        described: str = await self.page.evaluate(FOCUSED)
        return described
