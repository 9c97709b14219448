"""What is unread, and where reading stopped."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

# A tab that is in front or behind others: `draw("hidden")`.
CURTAIN = """
window.drawn = "visible";
Object.defineProperty(document, "visibilityState", { get: () => window.drawn });
window.draw = (state) => { window.drawn = state; document.dispatchEvent(new Event("visibilitychange")); };
"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LAST_IN_VIEW = """(timeline) => {
  const { bottom } = timeline.getBoundingClientRect();
  const lines = [...timeline.querySelectorAll("[data-position]")];
  return Number(lines.findLast((line) => line.getBoundingClientRect().bottom <= bottom).dataset.position);
}"""
LONG = [f"Line {number} of a long story" for number in range(1, 41)]


async def test_unread_messages_are_counted_until_their_room_is_looked_at(
    ana: ChatPage, bia: ChatPage, cast: Cast
) -> None:
    await bia.enter(cast.kitchen)
    await bia.say("The soup is ready")
    await ana.expect_unread(cast.kitchen, 1)
    await expect(ana.link(cast.kitchen)).to_contain_text("1 unread message")
    await expect(ana.page).to_have_title(re.compile("^garden"))
    await expect(ana.icon).to_have_attribute("href", re.compile("icon-unread"))
    await bia.say("It is getting cold")
    await ana.expect_unread(cast.kitchen, 2)
    await bia.expect_unread(cast.kitchen, 0)
    await ana.enter(cast.kitchen)
    await ana.expect_unread(cast.kitchen, 0)
    await expect(ana.page).to_have_title(re.compile("^kitchen"))
    await expect(ana.icon).to_have_attribute("href", re.compile(r"icon\."))
    await ana.page.reload()
    await ana.expect_unread(cast.kitchen, 0)


async def test_a_line_stands_where_one_stopped_reading(ana: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await ana.say("Old news")
    await bia.expect_lines("Old news")
    await ana.enter(cast.kitchen)
    await bia.say("Fresh news")
    await ana.expect_unread(cast.garden, 1)
    await ana.enter(cast.garden)
    await ana.expect_lines("Old news", "Fresh news")
    await expect(ana.new_line).to_have_text("New messages")
    kinds = await ana.page.locator("#lines > li").evaluate_all("(lines) => lines.map((line) => line.dataset.line)")
    assert kinds == ["day", "message", "new", "message"]
    await ana.enter(cast.kitchen)
    await ana.enter(cast.garden)
    await expect(ana.new_line).to_have_count(0)


async def test_a_room_with_much_unread_opens_at_the_first_of_it(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    theatre.posts(cast.garden, cast.bia, *LONG)
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await ana.expect_unread(cast.garden, 40)
    await ana.enter(cast.garden)
    await expect(ana.new_line).to_be_in_viewport()
    await expect(ana.line("Line 1 of")).to_be_in_viewport()
    await expect(ana.line("Line 40 of")).not_to_be_in_viewport()
    await expect(ana.jump).to_contain_text(re.compile(r"\d+ new messages"))
    await ana.jump.click()
    await expect(ana.line("Line 40 of")).to_be_in_viewport(ratio=1)
    await expect(ana.jump).to_be_hidden()
    await ana.expect_unread(cast.garden, 0)


async def test_a_room_shows_no_other_place_before_the_first_unread_message(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    """The page comes with the newest of them; those before have to be fetched."""
    theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(1, 121)))
    browser = await device()
    held: asyncio.Queue[Route] = asyncio.Queue()
    await browser.context.route("**/messages/?*", held.put)
    ana = await browser.enter(cast.ana, cast.garden)
    older = await held.get()
    await expect(ana.lines).to_have_count(50)
    await expect(ana.page.locator("#lines")).to_contain_class("timeline__lines--placing")
    await expect(ana.new_line).to_have_count(0)
    await older.continue_()
    await expect(ana.new_line).to_be_in_viewport()
    await expect(ana.page.locator("#lines > [data-line=new] + [data-line=message]")).to_contain_text("Message 1.")
    await expect(ana.page.locator("#lines")).not_to_contain_class("timeline__lines--placing")


async def test_who_reads_further_up_stays_there_and_is_told_of_new_messages(
    theatre: Theatre, cast: Cast, ana: ChatPage
) -> None:
    theatre.posts(cast.garden, cast.ana, *LONG)
    await expect(ana.line("Line 40 of")).to_be_in_viewport(ratio=1)
    await ana.scroll_to(0)
    await ana.expect_further_up()
    first = ana.line("Line 1 of")
    before = await first.bounding_box()
    theatre.posts(cast.garden, cast.bia, "Breaking news")
    await expect(ana.jump).to_have_text("1 new message")
    assert await first.bounding_box() == before
    await ana.expect_unread(cast.garden, 1)
    await ana.jump.click()
    await expect(ana.line("Breaking news")).to_be_in_viewport(ratio=1)
    await expect(ana.jump).to_be_hidden()
    await ana.expect_unread(cast.garden, 0)


async def test_who_looks_at_the_newest_line_is_taken_along(theatre: Theatre, cast: Cast, ana: ChatPage) -> None:
    theatre.posts(cast.garden, cast.bia, *LONG)
    await expect(ana.line("Line 40 of")).to_be_in_viewport(ratio=1)
    await ana.expect_unread(cast.garden, 0)
    await expect(ana.jump).to_be_hidden()


async def test_reading_on_one_device_clears_the_count_on_another(
    ana: ChatPage, device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    phone = await (await device()).enter(cast.ana, cast.garden)
    theatre.posts(cast.kitchen, cast.bia, "The soup is ready")
    for page in (ana, phone):
        await page.expect_unread(cast.kitchen, 1)
    await phone.enter(cast.kitchen)
    await ana.expect_unread(cast.kitchen, 0)
    await expect(ana.heading).to_have_text("garden")


async def test_the_button_counts_no_more_what_was_read_on_another_device(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(1, 121)))
    desk, phone = [await (await device()).enter(cast.ana, cast.garden) for _ in range(2)]
    for page in (desk, phone):
        await expect(page.jump).to_contain_text("new messages")
    await phone.jump.click()
    await phone.expect_at_bottom()
    await desk.expect_further_up()
    await expect(desk.line("Message 2.")).to_be_in_viewport()


async def read_on(page: ChatPage) -> int:
    """Scroll through what is new; up to where?"""
    await expect(page.new_line).to_be_in_viewport()
    for top in (300, 600, 900):  # what is leapt over is not read
        await page.scroll_to(top)
        await page.page.evaluate(DRAWN)
    position: int = await page.timeline.evaluate(LAST_IN_VIEW)
    assert position > 20
    return position


async def test_a_room_opens_where_one_stopped_reading_on_another_device(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(1, 121)))
    desk = await (await device()).enter(cast.ana, cast.garden)
    phone = await (await device()).enter(cast.ana, cast.kitchen)
    read = await read_on(desk)
    await phone.expect_unread(cast.garden, 120 - read)
    await phone.enter(cast.garden)
    await expect(phone.new_line).to_be_in_viewport()
    first = phone.page.locator("#lines > [data-line=new] + [data-line=message]")
    await expect(first).to_contain_text(f"Message {read + 1}.")


async def test_what_was_read_just_before_a_page_is_left_is_read(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(1, 121)))
    phone = await (await device()).enter(cast.ana, cast.kitchen)
    desk = await (await device()).enter(cast.ana, cast.garden)
    read = await read_on(desk)
    await desk.page.close()
    await phone.expect_unread(cast.garden, 120 - read)


async def test_a_tab_that_nobody_sees_reads_nothing(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    browser = await device()
    await browser.context.add_init_script(CURTAIN)
    ana = await browser.enter(cast.ana, cast.garden)
    phone = await (await device()).enter(cast.ana, cast.kitchen)
    theatre.posts(cast.garden, cast.bia, "Seen")
    await ana.expect_lines("Seen")
    await ana.expect_unread(cast.garden, 0)
    await ana.page.evaluate("draw('hidden')")
    theatre.posts(cast.garden, cast.bia, f"@{cast.ana.username} where are you?")
    await expect(ana.page).to_have_title("(1) garden · Prosa")
    await expect(ana.lines).to_have_count(2)
    await expect(ana.new_line).to_have_count(1)
    await phone.expect_unread(cast.garden, 1)
    await ana.page.evaluate("draw('visible')")
    await expect(ana.page).to_have_title("garden · Prosa")
    await phone.expect_unread(cast.garden, 0)
    await expect(ana.new_line).to_have_count(1)


async def test_ones_own_lines_are_never_new(ana: ChatPage, device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    phone = await (await device()).enter(cast.ana, cast.kitchen)
    await ana.say("My own words")
    await ana.expect_lines("My own words")
    await ana.enter(cast.kitchen)
    for page in (ana, phone):
        await page.expect_unread(cast.garden, 0)
        await page.page.reload()
        await page.expect_unread(cast.garden, 0)
    theatre.posts(cast.garden, cast.ana, "And those from elsewhere")
    await ana.page.reload()
    await ana.enter(cast.garden)
    await ana.expect_lines("My own words", "And those from elsewhere")
    await expect(ana.new_line).to_have_count(0)
