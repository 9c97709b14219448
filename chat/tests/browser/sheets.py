"""The dialogs about rooms, as people use them; on a phone the list of rooms is in a drawer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Person

Screen = dict[str, Any]
PHONE: Screen = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP: Screen = {"viewport": {"width": 1280, "height": 800}}

SCREENS: dict[str, Any] = {"argvalues": [PHONE, DESKTOP], "ids": ["phone", "desktop"]}

on_both_screens = pytest.mark.parametrize("screen", **SCREENS)
ana_on_both_screens = pytest.mark.parametrize("anas_screen", **SCREENS)


async def in_the_list(page: ChatPage, button: str) -> None:
    """Press a button beside the list of rooms."""
    await page.show_rooms()
    await page.page.locator("#sidebar").get_by_role("button", name=button, exact=True).click()


async def switch(page: ChatPage) -> None:
    await page.page.keyboard.press("Control+k")
    await expect(page.dialog.get_by_role("combobox")).to_be_focused()


async def in_the_menu(page: ChatPage, item: str) -> None:
    """Press an item of the room's menu."""
    await page.page.locator("#room-menu > summary").click()
    await page.page.locator("#room-menu").get_by_text(item, exact=True).click()


async def offered(page: ChatPage) -> list[str]:
    """What the room's menu offers to do."""
    await expect(page.page.locator("#room-members")).to_be_visible()  # what one may do comes together with that
    await page.page.locator("#room-menu > summary").click()
    items = await page.page.locator("#room-menu button:visible").all_inner_texts()
    await page.page.keyboard.press("Escape")
    return items


async def pick(page: ChatPage, person: Person, typed: str | None = None) -> None:
    """Choose a person by typing."""
    await page.dialog.get_by_role("combobox").fill(typed or person.username)
    await page.dialog.get_by_role("option").filter(has_text=re.compile(rf"@{person.username}\b")).click()
    await expect(page.dialog.locator(".chip").last).to_contain_text(person.name)


async def press(page: ChatPage, button: str) -> None:
    await page.dialog.get_by_role("button", name=button, exact=True).click()


async def expect_room(page: ChatPage, name: str) -> None:
    """The page is in that room, and no dialog is left open."""
    await expect(page.heading).to_have_text(name)
    await expect(page.dialog).to_have_count(0)


def row(page: ChatPage, text: str) -> Locator:
    return page.dialog.locator(".row").filter(has_text=text)


def listed(page: ChatPage, name: str) -> Locator:
    """The room in the list, whether that is in view or in the drawer."""
    return page.page.locator("#rooms a").filter(has=page.page.get_by_text(name, exact=True))


async def fits(page: ChatPage) -> None:
    """The dialog is whole in the window, and nothing in it is wider."""
    await expect(page.dialog).to_be_in_viewport(ratio=1)
    wider = await page.dialog.evaluate(
        "(one) => Math.max(...[one, ...one.querySelectorAll('*')].map((part) => part.getBoundingClientRect().right)) - one.getBoundingClientRect().right"
    )
    assert wider <= 0
