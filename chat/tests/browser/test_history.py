"""Older messages."""

from __future__ import annotations

import asyncio
import re
from typing import TypedDict

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.theatre import Cast, Theatre

STORY = [f"Message {number}." + "\nwith a second line" * (number % 3) for number in range(1, 301)]
FIRST_IN_VIEW = """(timeline) => {
  const { top } = timeline.getBoundingClientRect();
  const lines = [...timeline.querySelectorAll("[data-line=message]")];
  const line = lines.find((line) => line.getBoundingClientRect().bottom > top);
  return { position: line.dataset.position, top: line.getBoundingClientRect().top };
}"""


class InView(TypedDict):
    position: str
    top: float


async def test_older_pages_come_on_scrolling_up_without_a_jump(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    theatre.posts(cast.garden, cast.bia, *STORY)
    theatre.do("read_all", cast.garden.id, cast.ana.id)
    ana = await (await device()).tab()
    held: asyncio.Queue[Route] = asyncio.Queue()
    await ana.page.route("**/messages/?*", held.put)
    await ana.sign_in(cast.ana, cast.garden)
    await expect(ana.line("Message 300.")).to_be_in_viewport(ratio=1)
    for count in (50, 100, 150, 200, 250):
        await expect(ana.lines).to_have_count(count)
        await ana.scroll_to(150)
        request = await asyncio.wait_for(held.get(), 15)
        before: InView = await ana.timeline.evaluate(FIRST_IN_VIEW)
        await request.continue_()
        await expect(ana.lines).to_have_count(count + 50)
        after = await ana.timeline.evaluate(FIRST_IN_VIEW)
        assert after["position"] == before["position"]
        assert abs(after["top"] - before["top"]) <= 2
    await ana.scroll_to(0)
    await expect(ana.page.get_by_text("This is where garden begins.")).to_be_in_viewport()
    await expect(ana.lines.first).to_contain_text("Message 1.")
    assert held.empty()


async def test_a_page_that_could_not_be_loaded_is_offered_again(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    theatre.posts(cast.garden, cast.ana, *STORY[:80])
    browser = await device()
    browser.watch.allow("net::ERR_FAILED")
    ana = await browser.tab()
    await ana.page.route("**/messages/?*", lambda route: route.abort())
    await ana.sign_in(cast.ana, cast.garden)
    await expect(ana.lines).to_have_count(50)
    await ana.scroll_to(0)
    await expect(ana.page.get_by_text("The messages could not be loaded.").filter(visible=True)).to_have_count(1)
    await ana.page.unroute_all()
    await ana.page.get_by_role("button", name="Try again").click()
    await expect(ana.lines).to_have_count(80)


async def test_days_have_a_heading_and_what_one_says_at_a_stretch_stands_together(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    for person, body in [(cast.bia, "at night"), (cast.bia, "early"), (cast.bia, "at once"), (cast.ana, "me too")]:
        theatre.posts(cast.garden, person, body)
    theatre.posts(cast.garden, cast.ana, "an hour later")
    times = ["04T02:30", "04T04:00", "04T04:02", "04T04:02", "04T05:10"]
    theatre.do("retime", cast.garden.id, [f"2025-07-{time}:00+00:00" for time in times])
    ana = await (await device(timezone_id="America/Sao_Paulo")).enter(cast.ana, cast.garden)
    await expect(ana.page.locator("#lines [data-line=day]")).to_have_text(
        [re.compile("^Thursday,? 3 July 2025$"), re.compile("^Friday,? 4 July 2025$")]
    )
    await expect(ana.line("at night")).to_contain_text("23:30")
    heads = ana.lines.locator("[data-part=author]").filter(visible=True)
    await expect(ana.lines).to_have_count(5)
    grouped = await ana.lines.evaluate_all("(lines) => lines.map((line) => line.matches('.message--grouped'))")
    assert grouped == [False, False, True, False, False]
    await expect(heads.first).to_have_text("Bia Lima")
