"""The list of keys, opened by `?` or from one's own menu."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.talk import full_view
from chat.tests.browser.sheets import fits
from chat.tests.browser.theatre import Cast

MAC = "Object.defineProperty(Navigator.prototype, 'platform', { get: () => 'MacIntel' })"
# As Windows tells of AltGr, without which some keyboards have no question mark.
ALT_GR = """() => document.body.dispatchEvent(new KeyboardEvent("keydown",
  { key: "?", ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true }))"""
LEAVE = "() => document.activeElement.blur()"


def shortcuts(page: ChatPage) -> Locator:
    return page.page.locator("#shortcuts-dialog")


def keys(page: ChatPage, what: str) -> Locator:
    """How something is done, as the list shows it."""
    return shortcuts(page).locator("li", has_text=what).locator("kbd")


async def from_the_menu(page: ChatPage) -> None:
    await page.own_menu.click()
    await page.page.get_by_role("button", name="Keyboard shortcuts").click()
    await expect(shortcuts(page)).to_be_visible()


async def close(page: ChatPage) -> None:
    await page.page.keyboard.press("Escape")
    await expect(shortcuts(page)).to_have_count(0)


async def test_on_a_line_it_opens_and_the_focus_comes_back(ana: ChatPage) -> None:
    await ana.say("Tea at four")
    await ana.expect_lines("Tea at four")
    await ana.line("Tea at four").focus()
    await ana.page.keyboard.press("?")
    await expect(shortcuts(ana)).to_be_visible()
    await expect(keys(ana, "Jump to a room")).to_have_text(["Ctrl", "K"])
    await expect(keys(ana, "Copy the link")).to_have_text(["L"])
    await fits(ana)
    await close(ana)
    await expect(ana.line("Tea at four")).to_be_focused()


async def test_from_nowhere_it_opens_once_and_nothing_is_written(ana: ChatPage) -> None:
    await ana.page.evaluate(LEAVE)
    await ana.page.keyboard.type("??")
    await expect(shortcuts(ana)).to_have_count(1)
    await shortcuts(ana).get_by_role("button", name="Close").click()
    await expect(shortcuts(ana)).to_have_count(0)
    await expect(ana.composer).to_have_value("")


async def test_in_a_field_it_is_a_question_mark(ana: ChatPage) -> None:
    await ana.composer.press_sequentially("Tea?")
    await expect(ana.composer).to_have_value("Tea?")
    search = ana.page.locator("#search")
    await search.press_sequentially("why?")
    await expect(search).to_have_value("why?")
    await expect(shortcuts(ana)).to_have_count(0)


async def test_alt_gr_may_be_needed_for_it_and_other_chords_are_the_browsers(ana: ChatPage) -> None:
    await from_the_menu(ana)
    await close(ana)  # what it needs is there now, and a press would show at once
    await ana.page.keyboard.press("Control+?")
    await expect(shortcuts(ana)).to_have_count(0)
    await ana.page.evaluate(ALT_GR)
    await expect(shortcuts(ana)).to_be_visible()


async def test_the_menu_opens_it_and_has_the_focus_again(ana: ChatPage) -> None:
    await from_the_menu(ana)
    await ana.page.keyboard.press("Escape")
    await expect(ana.own_menu).to_be_focused()


async def test_on_a_mac_the_keys_are_labelled_as_they_are_there(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    await browser.context.add_init_script(MAC)
    ana = await browser.enter(cast.ana, cast.garden)
    await expect(ana.page.locator("#switcher-key")).to_have_text("⌘ K")
    await from_the_menu(ana)
    await expect(keys(ana, "Search messages")).to_have_text(["⌘", "⇧", "F"])
    await ana.page.keyboard.press("Escape")
    await ana.page.keyboard.press("Meta+k")
    await expect(ana.dialog.get_by_role("combobox")).to_be_focused()


async def test_it_speaks_the_readers_language(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(locale="pt-BR")).enter(cast.ana, cast.garden)
    await ana.page.evaluate(LEAVE)
    await ana.page.keyboard.press("?")
    await expect(ana.dialog.get_by_role("heading", name="Atalhos de teclado")).to_be_visible()
    await expect(keys(ana, "Negrito")).to_have_text(["Ctrl", "B"])


async def test_the_key_is_turned_off_for_good_and_on_again(ana: ChatPage) -> None:
    switch = shortcuts(ana).get_by_role("checkbox")
    await from_the_menu(ana)
    await switch.uncheck()
    await close(ana)
    await ana.page.reload()
    await expect(ana.composer).to_be_focused()
    await from_the_menu(ana)
    await expect(switch).not_to_be_checked()
    await close(ana)
    await ana.page.keyboard.press("?")
    await expect(shortcuts(ana)).to_have_count(0)
    await from_the_menu(ana)
    await switch.check()
    await close(ana)
    await ana.page.keyboard.press("?")
    await expect(shortcuts(ana)).to_be_visible()


async def test_above_a_picture_it_is_closed_alone(device: MakeDevice, cast: Cast) -> None:
    ana = await full_view(await device(), cast)
    await ana.page.keyboard.press("?")
    await expect(keys(ana, "To the one before").last).to_have_text("→")
    await close(ana)
    await expect(ana.page.locator("#viewer")).to_be_visible()
    await ana.page.keyboard.press("ArrowRight")
    await expect(ana.page.locator("#viewer")).to_contain_text("2 / 2")
