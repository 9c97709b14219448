"""Nothing moves before the reader's eyes but what the reader moves."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.theatre import Cast, Theatre

STORY = [f"Message {number}." + "\nwith a second line" * (number % 3) for number in range(1, 41)]
NEWS = ["Short.", "Long. " * 60, "```\n" + "code\n" * 8 + "```", "- one\n- two", "The last of them."]
# Chromium's own measure: each element that moved without having been scrolled or asked to.
NOTE_SHIFTS = """
window.shifts = [];
window.note = (entries) => {
  for (const entry of entries) shifts.push(...entry.sources.map(({ node }) => node?.outerHTML.slice(0, 90)));
};
window.observer = new PerformanceObserver((list) => note(list.getEntries()));
observer.observe({ type: "layout-shift", buffered: true });
"""
AFTER_TWO_FRAMES = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  note(observer.takeRecords());
  return shifts;
}"""
SIZES: dict[str, dict[str, Any]] = {
    "desk": DESKTOP,
    "phone": PHONE,
}


async def shifts(page: ChatPage) -> list[str]:
    moved: list[str] = await page.page.evaluate(AFTER_TWO_FRAMES)
    return moved


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> dict[str, Any]:
    return SIZES[request.param]


async def test_nothing_moves_while_a_room_opens_and_messages_arrive(
    device: MakeDevice, theatre: Theatre, cast: Cast, size: dict[str, Any]
) -> None:
    theatre.posts(cast.garden, cast.bia, *STORY)
    theatre.do("read_all", cast.garden.id, cast.ana.id)
    browser = await device(**size)
    await browser.context.add_init_script(NOTE_SHIFTS)
    ana = await browser.enter(cast.ana, cast.garden)
    await expect(ana.line("Message 40.")).to_be_in_viewport(ratio=1)
    assert await shifts(ana) == []
    for text in NEWS:
        theatre.posts(cast.garden, cast.bia, text)
    await expect(ana.line("The last of them.")).to_be_in_viewport(ratio=1)
    assert await shifts(ana) == []


async def test_nothing_moves_while_one_reads_further_up_and_messages_arrive(
    device: MakeDevice, theatre: Theatre, cast: Cast, size: dict[str, Any]
) -> None:
    theatre.posts(cast.garden, cast.bia, *STORY)
    theatre.do("read_all", cast.garden.id, cast.ana.id)
    browser = await device(**size)
    await browser.context.add_init_script(NOTE_SHIFTS)
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.scroll_to(300)
    await ana.expect_further_up()
    theatre.posts(cast.garden, cast.bia, *NEWS)
    theatre.posts(cast.kitchen, cast.bia, "And something elsewhere")
    await ana.expect_unread(cast.kitchen, 1)
    await expect(ana.jump).to_have_text("5 new messages")
    assert await shifts(ana) == []


async def test_a_shift_is_noticed(ana: ChatPage) -> None:
    await ana.page.evaluate(NOTE_SHIFTS)
    await ana.page.locator(".room__top").evaluate("(bar) => (bar.style.marginBlockStart = '40px')")
    assert await shifts(ana)
