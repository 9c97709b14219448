"""Conversations that begin by choosing people."""

from __future__ import annotations

import asyncio

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, expect_room, fits, in_the_list, on_both_screens, pick, press
from chat.tests.browser.theatre import Cast, Person


async def write_to(page: ChatPage, *people: Person) -> None:
    await in_the_list(page, "New message")
    for person in people:
        await pick(page, person)
    await fits(page)
    await press(page, "Open")


@on_both_screens
async def test_three_people_have_one_conversation_whoever_begins_it(
    device: MakeDevice, cast: Cast, screen: Screen
) -> None:
    ana, bia, caio = [await (await device(**screen)).enter(person, cast.garden) for person in (cast.ana, cast.bia)] + [
        await (await device(**screen)).tab()
    ]
    await caio.sign_in(cast.caio)
    await asyncio.gather(
        write_to(ana, cast.bia, cast.caio), write_to(bia, cast.caio, cast.ana), write_to(caio, cast.ana, cast.bia)
    )
    await expect_room(ana, f"{cast.bia.name}, {cast.caio.name}")
    await expect_room(bia, f"{cast.ana.name}, {cast.caio.name}")
    await expect_room(caio, f"{cast.ana.name}, {cast.bia.name}")
    await ana.say("One of us is enough")
    for page in (ana, bia, caio):
        await page.expect_lines("One of us is enough")
        await expect(page.page.locator("#room-members")).to_contain_text("3")


async def test_alone_one_keeps_notes(ana: ChatPage, cast: Cast) -> None:
    await write_to(ana, cast.ana)
    await expect_room(ana, cast.ana.name)
    await expect(ana.page.locator("#room-topic")).to_have_text("Notes that nobody else sees")
    await ana.say("Buy seeds")
    await ana.expect_lines("Buy seeds")


async def test_people_are_chosen_by_keyboard(ana: ChatPage, cast: Cast) -> None:
    await in_the_list(ana, "New message")
    keyboard = ana.page.keyboard
    await expect(ana.dialog.get_by_role("combobox")).to_be_focused()
    await keyboard.press("Enter")
    await expect(ana.dialog.get_by_role("alert")).to_have_text("Choose somebody first.")
    for person in (cast.caio, cast.bia):
        await keyboard.type(person.username)
        await expect(ana.dialog.get_by_role("option")).to_have_count(1)
        await keyboard.press("Enter")
        await expect(ana.dialog.locator(".chip").last).to_contain_text(person.name)
    await keyboard.press("Backspace")
    await expect(ana.dialog.locator(".chip")).to_have_text([cast.caio.name])
    await keyboard.press("Enter")
    await expect_room(ana, cast.caio.name)


async def test_who_is_not_there_is_not_found(ana: ChatPage) -> None:
    await in_the_list(ana, "New message")
    await ana.dialog.get_by_role("combobox").fill("nobody of that name")
    await expect(ana.dialog.get_by_role("status")).to_have_text("Nobody found.")
    await ana.page.keyboard.press("Enter")
    await expect(ana.dialog).to_be_visible()


async def test_a_conversation_stands_apart_from_the_rooms(ana: ChatPage, cast: Cast) -> None:
    await write_to(ana, cast.caio)
    direct = ana.page.get_by_role("region").or_(ana.page.locator("#rooms section")).filter(has_text="Direct messages")
    await expect(direct.get_by_role("link", name=cast.caio.name)).to_have_attribute("aria-current", "page")
