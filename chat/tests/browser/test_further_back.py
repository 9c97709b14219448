"""What is around a message that a link leads to is read from there, up and down."""

from __future__ import annotations

import asyncio

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import STORY, MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.test_history import FIRST_IN_VIEW, InView
from chat.tests.browser.theatre import Cast, Theatre


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
