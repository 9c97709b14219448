"""What all dialogs have in common, however hastily they are opened."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, expect_room, in_the_list, on_both_screens, press, row
from chat.tests.browser.theatre import Cast, Theatre

DOORS = ["#room-members", "#sidebar [data-open=browse]", "#sidebar [data-open=create]", "#sidebar [data-open=switcher]"]


@pytest.mark.parametrize("door", DOORS)
async def test_a_double_click_opens_one_dialog_also_when_it_is_there_at_once(ana: ChatPage, door: str) -> None:
    for _time in ("first", "second"):
        await ana.page.locator(door).dblclick()
        await expect(ana.dialog.locator("[data-part]").first).to_be_attached()
        await expect(ana.dialog).to_have_count(1)
        await ana.page.keyboard.press("Escape")
        await expect_room(ana, "garden")


async def test_who_closes_the_switcher_before_it_is_fetched_opens_it_again(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    ana = await browser.enter(cast.ana, cast.garden)
    held: asyncio.Queue[Route] = asyncio.Queue()
    await browser.context.route("**/switcher*.js", held.put)
    opener = ana.page.locator("#sidebar [data-open=switcher]")
    await opener.click()
    late = await held.get()
    await ana.page.keyboard.press("Escape")
    await expect_room(ana, "garden")
    await opener.click()
    await expect(ana.dialog.get_by_role("combobox")).to_be_focused()
    await late.continue_()
    await expect(ana.dialog.get_by_role("option").filter(has_text="kitchen")).to_be_visible()


async def test_enter_pressed_twice_opens_one_dialog(ana: ChatPage) -> None:
    opener = ana.page.locator("#sidebar [data-open=create]")
    await opener.focus()
    await opener.press("Enter")
    await opener.press("Enter")
    await expect(ana.dialog).to_have_count(1)
    await ana.page.keyboard.press("Escape")
    await expect_room(ana, "garden")
    await expect(opener).to_be_focused()


async def test_a_click_beside_a_dialog_closes_it(ana: ChatPage) -> None:
    await ana.page.locator("#room-members").click()
    await expect(row(ana, "Bia")).to_be_visible()
    await ana.page.mouse.click(5, 5)
    await expect_room(ana, "garden")


async def test_who_selects_text_beyond_the_edge_of_a_dialog_loses_nothing(ana: ChatPage) -> None:
    await in_the_list(ana, "New room")
    name = ana.dialog.get_by_label("Name")
    await name.fill("a name that is nearly right")
    await name.hover()
    await ana.page.mouse.down()
    await ana.page.mouse.move(5, 5)
    await ana.page.mouse.up()
    await ana.page.keyboard.type("better")
    await expect(name).to_have_value(re.compile("^better"))
    await ana.page.mouse.click(5, 5)
    await expect_room(ana, "garden")


@on_both_screens
async def test_enter_in_a_field_that_seeks_does_not_close_the_list(
    device: MakeDevice, cast: Cast, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await ana.page.locator("#room-members").click()
    await ana.dialog.get_by_role("searchbox").fill("bia")
    await ana.dialog.get_by_role("searchbox").press("Enter")
    await expect(ana.dialog.locator(".row .row__name")).to_have_text([cast.bia.name])
    await ana.page.keyboard.press("Escape")
    await in_the_list(ana, "Browse rooms")
    await ana.dialog.get_by_role("searchbox").press("Enter")
    await expect(row(ana, "general")).to_be_visible()


async def test_what_is_sought_last_is_shown_however_long_the_answer_before_it_takes(
    device: MakeDevice, cast: Cast
) -> None:
    browser = await device()
    ana = await browser.enter(cast.ana, cast.garden)
    held: asyncio.Queue[Route] = asyncio.Queue()
    await browser.context.route("**/members/?q=a&*", held.put)
    await ana.page.locator("#room-members").click()
    names = ana.dialog.locator(".row .row__name")
    await expect(names).to_have_count(2)
    await ana.dialog.get_by_role("searchbox").fill("a")
    late = await held.get()
    await ana.dialog.get_by_role("searchbox").fill("bia")
    await expect(names).to_have_text([cast.bia.name])
    async with ana.page.expect_response("**/members/?q=a&*") as answer:
        await late.continue_()
    await (await answer.value).finished()
    await expect(names).to_have_text([cast.bia.name])


async def test_the_focus_is_not_lost_with_the_room_that_a_dialog_was_opened_in(
    ana: ChatPage, cast: Cast, theatre: Theatre
) -> None:
    theatre.posts(cast.garden, cast.bia, "Hello")
    await ana.line("Hello").get_by_role("button", name=cast.bia.name).click()
    await expect(ana.dialog).to_contain_text(f"@{cast.bia.username}")
    theatre.do("leave", cast.garden.id, cast.ana.id)
    await expect(ana.heading).not_to_have_text("garden")
    await press(ana, "Close")
    await expect(ana.dialog).to_have_count(0)
    await expect(ana.page.locator("#content")).to_be_focused()


@pytest.mark.parametrize(("menu", "key"), [("#menu", "Shift+Tab"), ("#menu", "Tab"), ("#room-menu", "Tab")])
async def test_a_menu_does_not_cover_what_the_tab_key_leads_to(ana: ChatPage, menu: str, key: str) -> None:
    await expect(ana.page.locator("#room-members")).to_be_visible()
    await ana.page.locator(f"{menu} > summary").press("Enter")
    await expect(ana.page.locator(f"{menu}[open]")).to_have_count(1)
    inside = ana.page.locator(f"{menu}:focus-within")
    for _ in range(10):
        if await inside.count():
            await ana.page.keyboard.press(key)
    await expect(inside).to_have_count(0)
    await expect(ana.page.locator(f"{menu}[open]")).to_have_count(0)


async def test_a_menu_stays_open_for_what_is_pressed_in_it(ana: ChatPage) -> None:
    await expect(ana.page.locator("#room-members")).to_be_visible()
    await ana.page.locator("#room-menu > summary").click()
    await ana.page.get_by_text("Notify me of").click()
    await ana.page.get_by_text("nothing", exact=True).click()
    await expect(ana.page.get_by_label("nothing")).to_be_checked()
