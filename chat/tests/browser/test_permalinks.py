"""Every message has an address, and what is around it is read from there."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Route, expect

from chat.tests.browser.conftest import STORY, MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.test_history import FIRST_IN_VIEW, InView
from chat.tests.browser.theatre import Cast, Theatre

WIDE = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
GONE = "The message that this link leads to does not exist."


@pytest_asyncio.fixture(loop_scope="session")
async def reader(device: MakeDevice, story: Cast) -> ChatPage:
    """Ana, brought to message 100 by a link."""
    return await (await device()).visit(story.ana, story.garden.link(100))


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
async def test_a_link_leads_to_its_message_among_those_around_it(
    device: MakeDevice, story: Cast, screen: dict[str, Any]
) -> None:
    ana = await (await device(**screen)).visit(story.ana, story.garden.link(100))
    await ana.expect_visited("Message 100.")
    await expect(ana.line("Message 99.")).to_be_in_viewport()
    await expect(ana.line("Message 101.")).to_be_in_viewport()
    await expect(ana.line("Message 300.")).to_have_count(0)
    await ana.expect_further_up()
    await ana.expect_whole()


async def test_a_link_to_one_of_the_newest_messages_asks_for_nothing(device: MakeDevice, story: Cast) -> None:
    browser = await device()
    await browser.sign_in(story.ana)
    ana = await browser.tab()
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url))
    await ana.go(story.garden.link(290))
    await ana.expect_visited("Message 290.")
    assert [url for url in asked if "/messages/" in url] == []


@pytest.mark.parametrize("position", [1, 2, 250, 299, 300])
async def test_the_first_and_the_last_have_links_too(device: MakeDevice, story: Cast, position: int) -> None:
    ana = await (await device()).visit(story.ana, story.garden.link(position))
    await expect(ana.lines.and_(ana.page.locator(f"[data-position='{position}']"))).to_be_focused()
    await expect(ana.lines.and_(ana.page.locator(f"[data-position='{position}']"))).to_be_in_viewport(ratio=1)
    await ana.expect_whole()


async def test_the_address_of_an_open_page_may_change(reader: ChatPage, story: Cast) -> None:
    await reader.expect_visited("Message 100.")
    await reader.page.evaluate("location.hash = '#200'")
    await reader.expect_visited("Message 200.")
    await reader.page.evaluate("location.hash = '#210'")
    await reader.expect_visited("Message 210.")
    await reader.page.go_back()
    await reader.expect_visited("Message 200.")
    await reader.page.go_back()
    await reader.expect_visited("Message 100.")
    await reader.page.evaluate("location.hash = '#content'")
    await expect(reader.line("Message 100.")).to_be_in_viewport()


async def test_a_link_in_a_message_leads_to_another_room_without_loading_the_page(
    theatre: Theatre, device: MakeDevice, story: Cast
) -> None:
    theatre.posts(story.kitchen, story.bia, f"See {theatre.daphne.url}{story.garden.link(100)} please")
    ana = await (await device()).enter(story.ana, story.kitchen)
    await ana.page.evaluate("window.untouched = true")
    await ana.line("See").get_by_role("link").click()
    await expect(ana.heading).to_have_text("garden")
    await ana.expect_visited("Message 100.")
    assert ana.page.url.endswith(story.garden.link(100))
    await ana.page.go_back()
    await expect(ana.heading).to_have_text("kitchen")
    await ana.page.go_forward()
    await ana.expect_visited("Message 100.")
    assert await ana.page.evaluate("window.untouched")


async def test_a_link_to_a_room_that_one_is_not_in_is_answered_as_one_to_no_room(
    theatre: Theatre, device: MakeDevice, cast: Cast
) -> None:
    secret = theatre.room("secret", cast.bia)
    theatre.posts(secret, cast.bia, "Nobody knows")
    theatre.posts(cast.kitchen, cast.bia, f"See {theatre.daphne.url}{secret.link(1)}")
    browser = await device()
    browser.watch.allow("status of 404")
    ana = await browser.enter(cast.ana, cast.kitchen)
    await ana.line("See").get_by_role("link").click()
    await expect(ana.page.get_by_text("Nobody knows")).to_have_count(0)
    await expect(ana.composer).to_have_count(0)
    await expect(ana.page.get_by_role("heading")).to_have_text("There is nothing here")


@pytest.mark.parametrize("position", [301, 10**15 - 1])
async def test_a_link_to_no_message_says_so_and_shows_the_newest(
    device: MakeDevice, story: Cast, position: int
) -> None:
    ana = await (await device()).visit(story.ana, story.garden.link(position))
    await expect(ana.page.get_by_text(GONE)).to_be_visible()
    await expect(ana.line("Message 300.")).to_be_in_viewport(ratio=1)
    await expect(ana.jump).to_be_hidden()


async def test_a_link_to_no_message_moves_nobody_who_reads_already(reader: ChatPage) -> None:
    await reader.expect_visited("Message 100.")
    await reader.page.evaluate("location.hash = '#5000'")
    await expect(reader.page.get_by_text(GONE)).to_be_visible()
    await expect(reader.line("Message 100.")).to_be_in_viewport()


async def test_a_fragment_that_is_no_position_is_left_alone(device: MakeDevice, story: Cast) -> None:
    ana = await (await device()).visit(story.ana, f"{story.garden.path}#0")
    await expect(ana.line("Message 300.")).to_be_in_viewport(ratio=1)
    await expect(ana.page.get_by_text(GONE)).to_have_count(0)


async def test_a_deleted_message_keeps_its_address(theatre: Theatre, device: MakeDevice, story: Cast) -> None:
    theatre.do("delete", story.garden.id, story.bia.id, 100)
    ana = await (await device()).visit(story.ana, story.garden.link(100))
    await ana.expect_visited("This message was deleted.")
    await expect(ana.line("Message 101.")).to_be_in_viewport()


async def test_who_is_signed_out_gets_there_after_signing_in(device: MakeDevice, story: Cast) -> None:
    ana = await (await device()).tab()
    await ana.go(story.garden.link(100))
    await ana.expect_sign_in()
    await ana.fill_sign_in(story.ana)
    await ana.expect_visited("Message 100.")


async def test_scrolling_down_loads_newer_messages_without_a_jump_up_to_the_newest(
    reader: ChatPage, theatre: Theatre, story: Cast
) -> None:
    await reader.expect_visited("Message 100.")
    held: asyncio.Queue[Route] = asyncio.Queue()
    await reader.page.route("**/messages/?*after=*", held.put)
    for last in (200, 250, 300):
        await reader.timeline.evaluate(
            "(element) => element.scrollTo(0, element.scrollHeight - element.clientHeight - 150)"
        )
        request = await asyncio.wait_for(held.get(), 15)
        before: InView = await reader.timeline.evaluate(FIRST_IN_VIEW)
        await request.continue_()
        await expect(reader.line(f"Message {last}.")).to_have_count(1)
        after: InView = await reader.timeline.evaluate(FIRST_IN_VIEW)
        assert after["position"] == before["position"]
        assert abs(after["top"] - before["top"]) <= 2
        await reader.expect_whole()
    await expect(reader.page.locator("#timeline-bottom")).to_be_hidden()
    await reader.jump.click()
    theatre.posts(story.garden, story.bia, "From now on, everything comes by itself")
    await expect(reader.lines.last).to_contain_text("by itself")
    await reader.expect_at_bottom()
    await reader.expect_whole()
    assert held.empty()


async def test_what_is_posted_meanwhile_is_not_put_behind_older_messages(
    reader: ChatPage, theatre: Theatre, story: Cast
) -> None:
    await reader.expect_visited("Message 100.")
    theatre.posts(story.garden, story.bia, "Far ahead")
    await expect(reader.jump).to_have_text("1 new message")
    await reader.scroll_to(10**6)
    await expect(reader.line("Message 200.")).to_have_count(1)
    await expect(reader.line("Far ahead")).to_have_count(0)
    await reader.jump.click()
    await expect(reader.line("Far ahead")).to_be_in_viewport(ratio=1)
    await expect(reader.jump).to_be_hidden()
    await reader.expect_whole()
    await reader.expect_unread(story.garden, 0)


async def test_back_at_the_newest_the_address_is_the_rooms(reader: ChatPage, story: Cast) -> None:
    await reader.expect_visited("Message 100.")
    await reader.jump.click()
    await expect(reader.line("Message 300.")).to_be_in_viewport(ratio=1)
    await reader.page.reload()
    await expect(reader.line("Message 300.")).to_be_in_viewport(ratio=1)
    await expect(reader.line("Message 100.")).to_have_count(0)


async def test_a_line_written_from_further_back_stands_at_the_newest(
    reader: ChatPage, bia: ChatPage, story: Cast
) -> None:
    await reader.expect_visited("Message 100.")
    await reader.say("I just read all that")
    await expect(reader.settled.last).to_contain_text("I just read all that")
    await expect(reader.gap).to_have_count(0)  # until then it stands below what was read
    await reader.expect_at_bottom()
    await reader.expect_whole()
    await expect(bia.line("I just read all that")).to_have_count(1)


async def test_editing_the_last_message_from_further_back_goes_there_first(
    reader: ChatPage, theatre: Theatre, story: Cast
) -> None:
    await reader.expect_visited("Message 100.")
    theatre.posts(story.garden, story.ana, "Tea at for", "Cake at for")
    await reader.expect_further_up()
    await reader.composer.press("ArrowUp")
    await expect(reader.composer).to_have_value("Cake at for")
    await expect(reader.line("Cake at for")).to_be_in_viewport()


async def test_what_a_link_leads_past_is_not_read(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, *STORY)
    ana = await (await device()).visit(cast.ana, cast.garden.link(100))
    await ana.expect_visited("Message 100.")
    await ana.scroll_to(10**6)
    await expect(ana.line("Message 200.")).to_have_count(1)
    await ana.enter(cast.kitchen)
    await ana.expect_unread(cast.garden, 300)
    await ana.enter(cast.garden)
    await expect(ana.line("Message 1.")).to_be_in_viewport()
    await expect(ana.new_line).to_be_in_viewport()


async def test_a_room_with_more_unread_than_anybody_scrolls_through_opens_at_the_first_of_it(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, "The last one read")
    theatre.do("read_all", cast.garden.id, cast.ana.id)
    theatre.posts(cast.garden, cast.bia, *STORY, *(f"And then {number}." for number in range(100)))
    ana = await (await device()).enter(cast.ana, cast.garden)
    await expect(ana.new_line).to_be_in_viewport()
    await expect(ana.line("Message 1.")).to_be_in_viewport()
    await expect(ana.line("The last one read")).to_be_in_viewport()
    await expect(ana.line("And then 99.")).to_have_count(0)
    await expect(ana.jump).to_contain_text("new messages")
    await ana.page.reload()
    await expect(ana.new_line).to_be_in_viewport()
    await ana.jump.click()
    await expect(ana.line("And then 99.")).to_be_in_viewport(ratio=1)
    await ana.expect_unread(cast.garden, 0)


async def test_entering_the_room_anew_shows_the_newest(reader: ChatPage, story: Cast) -> None:
    await reader.expect_visited("Message 100.")
    await reader.link(story.garden).click()
    await expect(reader.line("Message 300.")).to_be_in_viewport(ratio=1)
    await reader.page.go_back()
    await reader.expect_visited("Message 100.")
    await reader.enter(story.kitchen)
    await reader.enter(story.garden)
    await expect(reader.line("Message 300.")).to_be_in_viewport(ratio=1)
    await reader.expect_whole()
