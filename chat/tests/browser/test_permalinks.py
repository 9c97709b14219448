"""Every message has an address, which leads to it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.theatre import Cast, Theatre

GONE = "The message that this link leads to does not exist."


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["wide", "phone"])
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
