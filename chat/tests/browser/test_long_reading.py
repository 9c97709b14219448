"""Far back, and forward again: the page holds what was read, and shows a part of it."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

MOST = 500
COUNT = 700
STORY = [f"Message {number}." for number in range(1, COUNT + 1)]
# Keeps turning the wheel until that line is there.
TURN = """async (timeline, [pixels, text]) => {
  const isThere = () => [...document.querySelectorAll("#lines > [data-line=message]")].some((line) => line.innerText.includes(text));
  while (!isThere()) {
    timeline.scrollTop += pixels;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}"""


async def turn(page: ChatPage, pixels: int, text: str) -> None:
    await page.timeline.evaluate(TURN, [pixels, text])


@pytest_asyncio.fixture(loop_scope="session")
async def reader(theatre: Theatre, cast: Cast, device: MakeDevice) -> ChatPage:
    """Ana, who has scrolled up to the beginning of a long story."""
    for first in range(0, COUNT, 100):
        theatre.posts(cast.garden, cast.bia, *STORY[first : first + 100])
    for person in (cast.ana, cast.bia):
        theatre.do("read_all", cast.garden.id, person.id)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await turn(ana, -1500, "Message 1.")
    return ana


async def test_the_page_shows_no_more_than_it_can_move_smoothly(reader: ChatPage) -> None:
    await expect(reader.page.get_by_text("This is where garden begins.")).to_be_visible()
    await expect(reader.lines).to_have_count(MOST)
    await expect(reader.lines.last).to_contain_text(f"Message {MOST}.")


async def test_what_was_read_comes_back_without_the_network(reader: ChatPage) -> None:
    await reader.page.route("**/messages/?*", lambda route: route.abort())
    await turn(reader, 1500, f"Message {COUNT}.")
    await expect(reader.lines).to_have_count(MOST)
    await expect(reader.lines.first).to_contain_text(f"Message {COUNT - MOST + 1}.")
    await reader.jump.click()
    await reader.expect_at_bottom()
    await turn(reader, -1500, "Message 1.")
    await expect(reader.lines).to_have_count(MOST)
    await reader.jump.click()
    await expect(reader.lines.last).to_contain_text(f"Message {COUNT}.")
    await reader.expect_at_bottom()


async def test_what_was_said_and_changed_meanwhile_is_there_on_the_way_back(
    reader: ChatPage, bia: ChatPage, cast: Cast, theatre: Theatre
) -> None:
    await bia.act(f"Message {COUNT}.", "Edit")
    await bia.say(f"Message {COUNT}, as it should be")
    await expect(bia.line(f"Message {COUNT}, as it should be")).to_have_attribute("data-state", "settled")
    theatre.posts(cast.garden, cast.bia, "And one more")
    await expect(reader.jump).to_have_text("1 new message")
    await turn(reader, 1500, "And one more")
    await expect(reader.line(f"Message {COUNT}, as it should be")).to_have_count(1)
    await reader.jump.click()
    await expect(reader.jump).to_be_hidden()
    await reader.expect_unread(cast.garden, 0)
    await reader.say("I have read it all")
    await expect(reader.lines.last).to_contain_text("I have read it all")


async def test_a_room_that_is_looked_at_for_long_grows_no_longer_than_that(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    ana = await (await device()).enter(cast.ana, cast.garden)
    for first in range(0, COUNT, 100):
        theatre.posts(cast.garden, cast.bia, *STORY[first : first + 100])
        await expect(ana.lines.last).to_contain_text(f"Message {first + 100}.")
    await expect(ana.lines).to_have_count(MOST)
    await turn(ana, -1500, "Message 1.")
    await expect(ana.lines).to_have_count(MOST)
