"""The connection goes and comes back while one reads further back."""

from __future__ import annotations

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import STORY, MakeDevice, Wired
from chat.tests.browser.theatre import Cast, Theatre


async def reader_on_a_wire(device: MakeDevice, cast: Cast, position: int = 100) -> Wired:
    browser = await device()
    browser.watch.allow("net::ERR_FAILED")
    wire = await browser.wire()
    page = await browser.visit(cast.ana, cast.garden.link(position))
    await page.expect_visited(f"Message {position}.")
    return page, wire


async def test_what_changed_in_the_window_is_caught_up_with_and_nothing_is_put_behind_it(
    device: MakeDevice, theatre: Theatre, story: Cast
) -> None:
    ana, wire = await reader_on_a_wire(device, story)
    await wire.cut()
    theatre.do("delete", story.garden.id, story.bia.id, 99)
    theatre.posts(story.garden, story.bia, *(f"Meanwhile {number}." for number in range(1, 251)))
    wire.mend()
    await expect(ana.lines.filter(has_text="This message was deleted.")).to_be_in_viewport()
    await expect(ana.line("Message 100.")).to_be_in_viewport()
    await expect(ana.jump).to_have_text("250 new messages")
    await expect(ana.line("Meanwhile")).to_have_count(0)
    await ana.expect_whole()
    await ana.jump.click()
    await expect(ana.line("Meanwhile 250.")).to_be_in_viewport(ratio=1)
    await ana.expect_whole()


async def test_what_came_while_newer_pages_were_loaded_without_a_socket_is_there_in_the_end(
    device: MakeDevice, theatre: Theatre, story: Cast
) -> None:
    ana, wire = await reader_on_a_wire(device, story, 240)
    await wire.cut()
    theatre.posts(story.garden, story.bia, "Before the last page")
    await ana.scroll_to(10**6)
    await expect(ana.line("Before the last page")).to_have_count(1)
    await ana.expect_whole()
    theatre.posts(story.garden, story.bia, "After it")
    wire.mend()
    await expect(ana.line("After it")).to_have_count(1)
    await ana.expect_whole()


async def test_who_was_away_for_too_long_reads_on_at_the_same_place(
    device: MakeDevice, theatre: Theatre, story: Cast
) -> None:
    ana, wire = await reader_on_a_wire(device, story)
    await wire.cut()
    for _ in range(5):
        theatre.posts(story.garden, story.bia, *STORY[:250])
    theatre.do("delete", story.garden.id, story.bia.id, 99)
    wire.mend()
    await expect(ana.lines.filter(has_text="This message was deleted.")).to_have_count(1)
    await expect(ana.page.locator("[data-position='100']")).to_be_in_viewport()
    await expect(ana.jump).to_have_text("1250 new messages")
    await ana.expect_whole()


async def test_a_link_followed_while_nothing_can_be_loaded_is_followed_later(
    device: MakeDevice, theatre: Theatre, story: Cast
) -> None:
    browser = await device()
    browser.watch.allow("net::ERR_FAILED")
    wire = await browser.wire()
    await browser.context.route("**/messages/?*", fail)
    ana = await browser.visit(story.ana, story.garden.link(100))
    await expect(ana.page.get_by_text("The messages could not be loaded.").filter(visible=True)).to_have_count(1)
    await wire.cut()
    await browser.context.unroute_all()
    wire.mend()
    await ana.expect_visited("Message 100.")
    await ana.expect_whole()


async def fail(route: Route) -> None:
    await route.abort()


async def test_a_line_written_without_a_connection_does_not_seem_to_follow_what_it_does_not(
    device: MakeDevice, theatre: Theatre, story: Cast
) -> None:
    ana, wire = await reader_on_a_wire(device, story)
    await ana.page.route("**/messages/?*", fail)
    await wire.cut()
    await ana.say("Into the blue")
    await expect(ana.pending).to_have_count(1)
    await expect(ana.pending).to_be_in_viewport(ratio=1)
    kinds = await ana.page.locator("#lines > li").evaluate_all("(lines) => lines.map((line) => line.dataset.line)")
    assert kinds[-3:] in (["gap", "message"], ["message", "gap", "message"], ["gap", "day", "message"])
    await expect(ana.page.locator("[data-line=gap]")).to_have_text("Newer messages stand between")
    await ana.page.unroute_all()
    wire.mend()
    await expect(ana.pending).to_have_count(0)
    await ana.jump.click()
    await expect(ana.lines.last).to_contain_text("Into the blue")
    await expect(ana.page.locator("[data-line=gap]")).to_have_count(0)
    await ana.expect_whole()
