"""Anywhere by a few letters."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, expect_room, fits, in_the_list, on_both_screens, switch
from chat.tests.browser.theatre import Cast, Theatre


def options(page: ChatPage) -> Locator:
    return page.dialog.locator("[role=option] [data-part=name]")


def chosen(page: ChatPage) -> Locator:
    return page.dialog.locator("[role=option][aria-selected=true] [data-part=name]")


async def test_the_keyboard_leads_anywhere_and_back(ana: ChatPage) -> None:
    keyboard = ana.page.keyboard
    await expect(ana.composer).to_be_focused()
    await switch(ana)
    await keyboard.type("kit")
    await expect(chosen(ana)).to_have_text("kitchen")
    await keyboard.press("Enter")
    await expect_room(ana, "kitchen")
    await expect(ana.composer).to_be_focused()
    await switch(ana)
    await expect(chosen(ana)).to_have_text("garden")  # the one before
    await keyboard.press("Enter")
    await expect_room(ana, "garden")


async def test_escape_leaves_everything_as_it_was(ana: ChatPage) -> None:
    await ana.composer.fill("half a sen")
    await switch(ana)
    await ana.page.keyboard.type("kitchen")
    await ana.page.keyboard.press("Escape")
    await expect_room(ana, "garden")
    await expect(ana.composer).to_be_focused()
    await ana.page.keyboard.type("tence")
    await expect(ana.composer).to_have_value("half a sentence")


async def test_the_arrows_go_round(ana: ChatPage, cast: Cast) -> None:
    await switch(ana)
    await expect(options(ana)).to_have_text(["general", "kitchen", "garden"])
    field = ana.dialog.get_by_role("combobox")
    for key, name in [
        ("ArrowDown", "kitchen"),
        ("ArrowUp", "general"),
        ("ArrowUp", "garden"),
        ("ArrowDown", "general"),
    ]:
        await ana.page.keyboard.press(key)
        await expect(chosen(ana)).to_have_text(name)
        active = await field.get_attribute("aria-activedescendant")
        await expect(ana.page.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    await ana.page.keyboard.press("ArrowDown")
    await ana.page.keyboard.press("Enter")
    await expect_room(ana, cast.kitchen.name)


async def test_what_is_unread_comes_first_and_then_what_was_used_last(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    attic, cellar = theatre.room("attic", cast.ana, cast.bia), theatre.room("cellar", cast.ana, cast.bia)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await ana.enter(cast.kitchen)
    await ana.enter(attic)
    theatre.posts(cellar, cast.bia, "unread")
    await ana.expect_unread(cellar, 1)
    await switch(ana)
    await expect(options(ana)).to_have_text(["cellar", "kitchen", "garden", "general", "attic"])
    await expect(ana.dialog.get_by_role("option").first).to_contain_text("1 unread message")


@on_both_screens
async def test_an_open_room_is_found_without_accents_and_joined(
    device: MakeDevice, cast: Cast, theatre: Theatre, screen: Screen
) -> None:
    square = theatre.room(f"Praça {cast.ana.id}", kind="open")
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await in_the_list(ana, "Jump to…" if screen["viewport"]["width"] < 800 else "Jump to… Ctrl K")
    await fits(ana)
    await ana.dialog.get_by_role("combobox").fill(f"PRACA {cast.ana.id}")
    await expect(options(ana)).to_have_text([square.name])
    await expect(ana.dialog.get_by_role("option")).to_contain_text("Join")
    await fits(ana)
    await ana.dialog.get_by_role("option").click()
    await expect_room(ana, square.name)


async def test_a_person_is_found_and_written_to(ana: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await switch(ana)
    await ana.page.keyboard.type(cast.bia.username)
    await expect(options(ana)).to_have_text([cast.bia.name])
    await ana.page.keyboard.press("Enter")
    await expect_room(ana, cast.bia.name)
    await ana.say("psst")
    await switch(ana)
    await ana.page.keyboard.type(cast.bia.name)
    # The conversation is among the rooms now; others may have the same name.
    await expect(options(ana).first).to_have_text(cast.bia.name)
    await ana.page.keyboard.press("Escape")
    await expect(bia.page.locator("#rooms a").filter(has_text=cast.ana.name)).to_have_attribute("data-unread", "1")


async def test_whom_one_has_written_to_is_still_found_by_the_username(ana: ChatPage, cast: Cast) -> None:
    for _time in ("first", "second"):
        await ana.enter(cast.garden)
        await switch(ana)
        await ana.page.keyboard.type(cast.bia.username)
        await expect(options(ana)).to_have_text([cast.bia.name])
        await ana.page.keyboard.press("Enter")
        await expect_room(ana, cast.bia.name)


async def test_ones_own_room_is_found_without_the_letters_that_only_the_server_folds(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    harbour = theatre.room(f"Łódź {cast.ana.id}", cast.ana, kind="open")
    ana = await (await device()).enter(cast.ana, cast.garden)
    await switch(ana)
    await ana.page.keyboard.type(f"lodz {cast.ana.id}")
    await expect(options(ana)).to_have_text([harbour.name])
    await expect(ana.dialog.get_by_role("option")).not_to_contain_text("Join")
    await ana.page.keyboard.press("Enter")
    await expect_room(ana, harbour.name)


async def test_what_is_not_there_is_said(ana: ChatPage) -> None:
    await switch(ana)
    await ana.page.keyboard.type("nothing of that name")
    await expect(ana.dialog.get_by_role("status")).to_have_text("Nothing found.")
    await ana.page.keyboard.press("Enter")
    await expect(ana.dialog).to_be_visible()


async def test_without_a_connection_ones_own_rooms_are_found_all_the_same(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow("net::ERR_INTERNET_DISCONNECTED")
    ana = await browser.enter(cast.ana, cast.garden)
    await switch(ana)
    await expect(options(ana)).to_have_count(3)
    await browser.context.set_offline(True)
    await ana.page.keyboard.type("kitch")
    await expect(chosen(ana)).to_have_text("kitchen")
    await expect(ana.dialog.get_by_role("status")).to_contain_text("The server cannot be reached.")
    await ana.page.keyboard.press("Enter")
    await expect_room(ana, "kitchen")


async def test_a_name_is_shown_as_text(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    theatre.room("<img src=x onerror=alert(1)>", cast.ana)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await switch(ana)
    await ana.page.keyboard.type("<img")
    await expect(chosen(ana)).to_have_text("<img src=x onerror=alert(1)>")
    await expect(ana.page.locator("img[src]")).to_have_count(0)
