"""Rooms come and go while the page is open."""

from __future__ import annotations

import re

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre


async def test_a_room_that_one_is_added_to_appears_with_what_was_said_there(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    theatre.posts(cast.garden, cast.ana, "Before your time")
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    await expect(caio.link(cast.garden)).to_have_count(0)
    theatre.do("join", cast.garden.id, cast.caio.id)
    await expect(caio.link(cast.garden)).to_be_visible()
    await caio.enter(cast.garden)
    await caio.expect_lines("Before your time")
    theatre.posts(cast.garden, cast.ana, "Welcome, Caio")
    await caio.expect_lines("Before your time", "Welcome, Caio")


async def test_a_room_that_one_is_taken_out_of_disappears_and_another_is_shown(
    theatre: Theatre, cast: Cast, ana: ChatPage
) -> None:
    theatre.do("leave", cast.garden.id, cast.ana.id)
    await expect(ana.link(cast.garden)).to_have_count(0)
    await expect(ana.heading).not_to_have_text("garden")
    await expect(ana.page).not_to_have_url(re.compile(cast.garden.path))
    theatre.posts(cast.garden, cast.bia, "Now that she is gone")
    theatre.posts(cast.kitchen, cast.bia, "The soup is ready")
    await ana.expect_unread(cast.kitchen, 1)
    await expect(ana.page.get_by_text("Now that she is gone")).to_have_count(0)


async def test_who_writes_in_a_room_that_is_archived_is_told_and_does_not_write_on_in_another(
    theatre: Theatre, cast: Cast, bia: ChatPage
) -> None:
    await expect(bia.composer).to_be_focused()
    await bia.page.keyboard.type("half a thou")
    theatre.do("archive", cast.garden.id, True)
    await expect(bia.heading).not_to_have_text("garden")
    await expect(bia.page.locator("#notice")).to_have_text("garden is no longer among your rooms.")
    await bia.page.keyboard.type("ght")
    await bia.page.keyboard.press("Enter")
    await expect(bia.composer).to_have_value("")
    await expect(bia.lines).to_have_count(0)
    assert await bia.focused() == "content"
    theatre.do("archive", cast.garden.id, False)
    await bia.enter(cast.garden)
    await expect(bia.composer).to_have_value("half a thou")


async def test_who_is_in_no_room_is_told_so_and_brought_into_the_first(
    theatre: Theatre, cast: Cast, device: MakeDevice
) -> None:
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    theatre.do("leave_every_room", cast.caio.id)  # signing in brings into the rooms of everyone
    await caio.page.goto(caio.url + "/")
    await expect(caio.page.get_by_role("heading", name="No room yet")).to_be_visible()
    await expect(caio.composer).to_be_hidden()
    theatre.do("join", cast.garden.id, cast.caio.id)
    await expect(caio.heading).to_have_text("garden")
    await caio.say("Here I am")
    await caio.expect_lines("Here I am")


async def test_the_back_button_leads_to_the_room_before(ana: ChatPage, cast: Cast) -> None:
    await ana.enter(cast.kitchen)
    await expect(ana.page).to_have_url(ana.url + cast.kitchen.path)
    await ana.page.go_back()
    await expect(ana.heading).to_have_text("garden")
    await ana.page.go_forward()
    await expect(ana.heading).to_have_text("kitchen")
