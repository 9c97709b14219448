"""The session ends from outside: nothing is lost, and nothing goes out under another name."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest_asyncio
from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.wire import Wire

WHY = "You were signed out: your sign-in had ended, or it was ended on another device."


@dataclass
class Desk:
    """A browser that several people sit down at."""

    device: Device
    wire: Wire


@pytest_asyncio.fixture(loop_scope="session")
async def desk(device: MakeDevice) -> Desk:
    browser = await device()
    return Desk(browser, await browser.wire())


async def interrupted(desk: Desk, cast: Cast) -> ChatPage:
    """Ana's tab, cut off in the middle of everything: posts that wait in two rooms, two drafts and a begun edit."""
    ana = await desk.device.enter(cast.ana, cast.garden)
    await ana.say("As it was")
    await ana.expect_lines("As it was")
    await desk.wire.cut()
    await ana.say("one")
    await ana.enter(cast.kitchen)
    await expect(ana.page.locator("#beginning")).to_be_visible()  # else it may be asked for when the session has ended
    await ana.say("two")
    await ana.composer.fill("For the kitchen")
    await ana.enter(cast.garden)
    await ana.say("three")
    await ana.composer.fill("For the garden")
    await ana.act("As it was", "Edit")
    await ana.composer.fill("As it will be")
    return ana


async def expect_all_of_it(ana: ChatPage, cast: Cast, theatre: Theatre) -> None:
    await ana.expect_lines("As it was", "one", "three")
    await expect(ana.composer).to_have_value("As it will be")
    await ana.page.get_by_role("button", name="Cancel").click()
    await expect(ana.composer).to_have_value("For the garden")
    await ana.enter(cast.kitchen)
    await expect(ana.composer).to_have_value("For the kitchen")
    await expect(ana.line("two")).to_have_attribute("data-state", "settled")
    await expect(ana.line("two")).to_contain_text("Ana Souza")
    assert theatre.stored(cast.garden) == ["As it was", "one", "three"]


async def test_who_was_signed_out_finds_everything_again_and_what_waited_goes_out_once_and_in_order(
    desk: Desk, cast: Cast, theatre: Theatre
) -> None:
    ana = await interrupted(desk, cast)
    theatre.do("revoke", cast.ana.username)
    desk.wire.mend()
    await ana.expect_sign_in()
    await expect(ana.page.get_by_role("status")).to_contain_text(WHY)
    assert theatre.stored(cast.garden) == ["As it was"]
    await ana.sign_in_here(cast.ana)
    await expect_all_of_it(ana, cast, theatre)
    assert theatre.stored(cast.kitchen) == ["two"]


async def test_another_person_at_that_browser_sees_and_sends_none_of_it(
    desk: Desk, cast: Cast, theatre: Theatre
) -> None:
    page = await interrupted(desk, cast)
    theatre.do("revoke", cast.ana.username)
    desk.wire.mend()
    await page.expect_sign_in()
    await page.sign_in_here(cast.bia)
    await expect(page.composer).to_have_value("")
    await page.expect_lines("As it was")
    await page.enter(cast.kitchen)
    await expect(page.composer).to_have_value("")
    await page.say("Bia was here")
    await page.expect_lines("Bia was here")
    await page.sign_out()
    await page.expect_sign_in()
    assert theatre.stored(cast.garden) == ["As it was"]
    await page.sign_in(cast.ana, cast.garden)
    await expect_all_of_it(page, cast, theatre)
    assert theatre.stored(cast.kitchen) == ["Bia was here", "two"]


async def test_all_tabs_go_to_sign_in_and_come_back_by_themselves(desk: Desk, cast: Cast, theatre: Theatre) -> None:
    first = await desk.device.enter(cast.ana, cast.garden)
    second, third = await desk.device.tab(), await desk.device.tab()
    await second.go(cast.kitchen.path)
    await second.expect_ready(cast.ana)
    await second.composer.fill("For the kitchen")
    await third.go(cast.garden.path)
    await third.expect_ready(cast.ana)
    theatre.do("revoke", cast.ana.username)
    for tab in (first, second, third):
        await tab.expect_sign_in()
    await first.sign_in_here(cast.ana)
    for tab, room in ((second, cast.kitchen), (third, cast.garden)):
        await tab.expect_ready(cast.ana)
        await expect(tab.heading).to_have_text(room.name)
    await expect(second.composer).to_have_value("For the kitchen")
    await third.say("Back again")
    for tab in (first, third):
        await tab.expect_lines("Back again")


async def test_tabs_in_a_room_of_the_one_before_open_the_front_door_for_the_next(
    desk: Desk, cast: Cast, theatre: Theatre
) -> None:
    attic = theatre.room("attic", cast.ana)
    first = await desk.device.enter(cast.ana, attic)
    second = await desk.device.tab()
    await second.go(attic.path)
    await second.expect_ready(cast.ana)
    theatre.do("revoke", cast.ana.username)
    for tab in (first, second):
        await tab.expect_sign_in()
    await first.sign_in_here(cast.bia)
    for tab in (first, second):
        await tab.expect_ready(cast.bia)
        await expect(tab.link(attic)).to_have_count(0)


async def test_a_tab_that_missed_the_change_of_person_sends_nothing_under_the_new_name(
    desk: Desk, cast: Cast, theatre: Theatre
) -> None:
    ana = await desk.device.enter(cast.ana, cast.garden)
    await desk.wire.cut()
    await ana.say("From Ana, before")
    await ana.composer.fill("From Ana, after")
    leaving: asyncio.Queue[Route] = asyncio.Queue()
    await ana.page.route(f"{ana.url}/", leaving.put)
    await desk.device.sign_in(cast.bia)
    desk.wire.mend()
    request = await asyncio.wait_for(leaving.get(), 15)  # the socket was Bia's, and the page is about to become hers
    await ana.page.keyboard.press("Enter")
    await request.continue_()
    await ana.expect_ready(cast.bia)
    assert desk.wire.sent("post") == []
    assert theatre.stored(cast.garden) == []
    await desk.device.sign_in(cast.ana)
    await ana.go(cast.garden.path)
    await ana.expect_lines("From Ana, before", "From Ana, after")
