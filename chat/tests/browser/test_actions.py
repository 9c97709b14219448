"""What one does with a message: by mouse, by touch and by keyboard."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import PHONE
from chat.tests.browser.theatre import Cast

# As on a page that was not served over HTTPS.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
PASTED = "navigator.clipboard.readText()"
FAVOURITES = ("👍", "❤️", "😂", "🎉", "👀", "🙏")
TOOLBAR = "[data-line=message] > .toolbar"


def toolbar(line: Locator) -> Locator:
    return line.locator(".toolbar").get_by_role("button").filter(visible=True)


async def names(buttons: Locator) -> list[str]:
    labels: list[str] = await buttons.evaluate_all("(all) => all.map((one) => one.ariaLabel ?? one.textContent.trim())")
    return [label for label in labels if label not in FAVOURITES]


async def may_paste(page: ChatPage) -> None:
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])


async def test_one_toolbar_goes_to_the_line_that_the_mouse_is_at(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("Mine")
    await bia.say("Not mine")
    await ana.expect_lines("Mine", "Not mine")
    await ana.line("Not mine").hover()
    assert await names(toolbar(ana.line("Not mine"))) == ["React", "Reply", "Copy the link"]
    await ana.line("Mine").filter(has_not_text="Not").hover()
    assert await names(toolbar(ana.lines.first)) == ["React", "Reply", "Copy the link", "Edit", "Delete"]
    await expect(ana.page.locator(TOOLBAR)).to_have_count(1)


async def test_the_toolbar_follows_the_keyboard_and_not_a_mouse_that_rests(ana: ChatPage) -> None:
    for text in ("one", "two", "three"):
        await ana.say(text)
    await ana.expect_lines("one", "two", "three")
    await ana.line("one").hover()
    await ana.composer.press("Shift+Tab")
    while not await ana.line("three").evaluate("(line) => line === document.activeElement"):
        await ana.page.keyboard.press("Shift+Tab")
    await ana.page.keyboard.press("ArrowUp")
    await expect(ana.line("two")).to_be_focused()
    await expect(toolbar(ana.line("two")).first).to_be_visible()
    await ana.page.keyboard.press("Tab")
    assert await ana.focused() == "react"


async def test_a_button_that_was_pressed_does_not_hold_the_toolbar_back(ana: ChatPage) -> None:
    await ana.say("one")
    await ana.say("two")
    await ana.expect_lines("one", "two")
    await ana.line("one").hover()
    await toolbar(ana.line("one")).first.click()
    await expect(ana.line("one").locator("[data-reacted]")).to_have_count(1)
    await expect(ana.composer).to_be_focused()
    await ana.line("two").hover()
    await expect(toolbar(ana.line("two")).first).to_be_visible()


async def test_what_is_deleted_under_the_toolbar_is_no_longer_offered_to_be_edited(
    ana: ChatPage, device: MakeDevice, cast: Cast
) -> None:
    await ana.say("Nonsense")
    await ana.expect_lines("Nonsense")
    await ana.lines.first.hover()
    phone = await (await device()).enter(cast.ana, cast.garden)
    await phone.act("Nonsense", "Delete")
    await phone.dialog.get_by_role("button", name="Delete").click()
    await ana.expect_lines("This message was deleted.")
    assert await names(toolbar(ana.lines.first)) == ["Copy the link"]


@pytest.mark.parametrize("preparation", ["", NO_CLIPBOARD], ids=["secure", "insecure"])
async def test_a_link_is_copied_that_leads_back(
    device: MakeDevice, cast: Cast, bia: ChatPage, preparation: str
) -> None:
    browser = await device()
    await browser.context.add_init_script(preparation)
    ana = await browser.enter(cast.ana, cast.garden)
    await may_paste(ana)
    await bia.say("One")
    await bia.say("Two")
    await ana.act("Two", "Copy the link")
    await expect(ana.page.get_by_text("The link is copied.")).to_be_visible()
    await ana.composer.press("Control+V")
    await expect(ana.composer).to_have_value(f"{browser.url}{cast.garden.link(2)}")


async def test_a_browser_that_copies_nothing_is_not_said_to_have_done_it(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    await browser.context.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.say("One")
    await ana.expect_lines("One")
    await ana.act("One", "Copy the link")
    await expect(ana.page.get_by_text("Your browser does not let it be copied.")).to_be_visible()


async def test_by_touch_a_sheet_offers_it_all(device: MakeDevice, cast: Cast, bia: ChatPage) -> None:
    ana = await (await device(**PHONE)).enter(cast.ana, cast.garden)
    await may_paste(ana)
    await bia.say("**Bold** words")
    await ana.say("Mine")
    await ana.expect_lines("Bold words", "Mine")
    await ana.line("Bold words").get_by_role("button", name="Actions").tap()
    await expect(ana.dialog).to_contain_text("Bold words")
    assert await names(ana.dialog.get_by_role("button")) == [
        "React",
        "Reply",
        "Copy the text",
        "Copy the link",
        "Cancel",
    ]
    await ana.dialog.get_by_role("button", name="Copy the text").tap()
    await expect(ana.dialog).to_be_hidden()
    assert await ana.page.evaluate(PASTED) == "**Bold** words"
    await ana.line("Mine").get_by_role("button", name="Actions").tap()
    shown = await names(ana.dialog.get_by_role("button"))
    assert shown == ["React", "Reply", "Copy the text", "Copy the link", "Edit", "Delete", "Cancel"]
    await ana.page.touchscreen.tap(180, 40)  # beside the sheet
    await expect(ana.dialog).to_be_hidden()
    await ana.act("Mine", "Edit")
    await ana.say("Corrected")
    await ana.expect_lines("Bold words", "Corrected")


async def test_by_keyboard_a_letter_does_it(ana: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await may_paste(ana)
    await bia.say("Not mine")
    await ana.say("Mine")
    await ana.expect_lines("Not mine", "Mine")
    line = ana.line("Mine").last
    await line.focus()
    await line.press("c")
    await expect(ana.page.get_by_text("The text is copied.")).to_be_visible()
    assert await ana.page.evaluate(PASTED) == "Mine"
    await expect(line).to_be_focused()
    await line.press("l")
    await expect(ana.page.get_by_text("The link is copied.")).to_be_visible()
    assert str(await ana.page.evaluate(PASTED)).endswith(cast.garden.link(2))
    await line.press("Delete")
    await ana.dialog.get_by_role("button", name="Cancel").click()
    await expect(line).to_be_focused()
    await line.press("e")
    await expect(ana.composer).to_be_focused()
    await expect(ana.composer).to_have_value("Mine")


async def test_a_letter_does_nothing_that_one_may_not(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Not mine")
    await ana.expect_lines("Not mine")
    await ana.lines.first.focus()
    for key in ("e", "Delete", "Backspace", "Control+l", "x"):
        await ana.lines.first.press(key)
    await expect(ana.dialog).to_have_count(0)
    await expect(ana.lines.first).to_be_focused()
    await expect(ana.composer).to_have_value("")


async def test_letters_typed_into_the_composer_are_letters(ana: ChatPage) -> None:
    await ana.say("Mine")
    await ana.expect_lines("Mine")
    await ana.composer.press_sequentially("lec")
    await expect(ana.composer).to_have_value("lec")
    await expect(ana.dialog).to_have_count(0)
