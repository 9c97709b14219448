"""Without a mouse."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import PASSWORD, Cast, Theatre

STEPS = 40


async def tab_to(page: ChatPage, wanted: str, key: str = "Tab") -> None:
    """Press Tab until the focus is there; it may be lost nowhere on the way."""
    for _ in range(STEPS):
        await page.page.keyboard.press(key)
        focused = await page.focused()
        if focused == wanted:
            return
        assert focused != "BODY"
    raise AssertionError(f"{wanted} cannot be reached by {key}")


async def test_everything_that_is_done_every_day_is_done_by_keyboard(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).tab()
    keyboard = ana.page.keyboard
    await ana.go(cast.garden.path)
    await expect(ana.page.get_by_label("Username")).to_be_focused()
    await keyboard.type(cast.ana.username)
    await keyboard.press("Tab")
    await keyboard.type(PASSWORD)
    await keyboard.press("Enter")

    await expect(ana.composer).to_be_focused()
    await keyboard.type("Frist")
    await keyboard.press("Enter")
    await ana.expect_lines("Frist")
    await expect(ana.composer).to_be_focused()

    await tab_to(ana, "message", "Shift+Tab")
    await tab_to(ana, "edit")
    await keyboard.press("Enter")
    await expect(ana.composer).to_be_focused()
    await keyboard.press("Control+A")
    await keyboard.type("First")
    await keyboard.press("Enter")
    await ana.expect_lines("First")
    await expect(ana.composer).to_be_focused()

    await tab_to(ana, f"room {cast.kitchen.id}", "Shift+Tab")
    await keyboard.press("Enter")
    await expect(ana.heading).to_have_text("kitchen")
    await expect(ana.composer).to_be_focused()


async def test_the_first_stop_of_a_page_skips_to_the_content(ana: ChatPage) -> None:
    await ana.page.reload()
    await expect(ana.composer).to_be_focused()
    await tab_to(ana, "skip", "Shift+Tab")
    await ana.page.keyboard.press("Enter")
    assert await ana.focused() == "content"


async def test_the_lines_are_one_stop_and_the_arrows_go_through_them(ana: ChatPage) -> None:
    for text in ("one", "two", "three"):
        await ana.say(text)
    await ana.expect_lines("one", "two", "three")
    await tab_to(ana, "message", "Shift+Tab")
    await expect(ana.line("three")).to_be_focused()
    await ana.page.keyboard.press("ArrowUp")
    await expect(ana.line("two")).to_be_focused()
    await ana.page.keyboard.press("Home")
    await expect(ana.line("one")).to_be_focused()
    await ana.page.keyboard.press("End")
    await expect(ana.line("three")).to_be_focused()


async def test_the_focus_stays_when_lines_come_in(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("one")
    await ana.expect_lines("one")
    await ana.line("one").focus()
    await bia.say("two")
    await ana.expect_lines("one", "two")
    await expect(ana.line("one")).to_be_focused()


async def test_after_a_deletion_the_focus_is_on_its_line(ana: ChatPage) -> None:
    await ana.say("Nonsense")
    await ana.expect_lines("Nonsense")
    await tab_to(ana, "message", "Shift+Tab")
    await tab_to(ana, "delete")
    await ana.page.keyboard.press("Enter")
    await tab_to(ana, "delete-confirm")
    await ana.page.keyboard.press("Enter")
    await ana.expect_lines("This message was deleted.")
    await expect(ana.dialog).to_be_hidden()
    assert await ana.focused() != "BODY"


async def test_when_the_room_in_view_is_taken_away_the_focus_is_not_lost(
    ana: ChatPage, cast: Cast, theatre: Theatre
) -> None:
    await ana.link(cast.garden).focus()
    theatre.do("leave", cast.garden.id, cast.ana.id)
    await expect(ana.heading).not_to_have_text("garden")
    await expect(ana.page.locator("#content")).to_be_focused()
