"""What the page fetches when it is first used: a connection may fail just then."""

from __future__ import annotations

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.talk import pictures
from chat.tests.browser.sheets import in_the_list, press
from chat.tests.browser.theatre import Cast

STYLES = "**/chat/css/late*.css"


async def fail(route: Route) -> None:
    await route.abort("connectionreset")


async def cut_off(device: MakeDevice, cast: Cast) -> tuple[Device, ChatPage]:
    """Ana in the garden, whose browser does not get the styles of dialogs."""
    browser = await device()
    browser.watch.allow("ERR_CONNECTION_RESET .*/late.*css")
    await browser.context.route(STYLES, fail)
    return browser, await browser.enter(cast.ana, cast.garden)


async def test_the_styles_of_dialogs_come_with_the_first_and_once(ana: ChatPage) -> None:
    styles = ana.page.locator("link[href*='css/late']")
    await expect(styles).to_have_count(0)
    for button in ("Browse rooms", "New room"):
        await in_the_list(ana, button)
        await expect(ana.dialog.locator("form, .dialog__body")).to_have_css("gap", "12px")
        await expect(styles).to_have_count(1)
        await ana.page.keyboard.press("Escape")
        await expect(ana.dialog).to_have_count(0)


async def test_without_them_it_is_said_that_the_server_was_not_reached_and_one_may_try_again(
    device: MakeDevice, cast: Cast
) -> None:
    browser, ana = await cut_off(device, cast)
    await in_the_list(ana, "Browse rooms")
    await expect(ana.page.locator("#notice")).to_contain_text("server")
    await expect(ana.dialog).to_have_count(0)
    await browser.context.unroute(STYLES)
    await in_the_list(ana, "Browse rooms")
    await expect(ana.dialog.get_by_role("heading", name="Rooms")).to_be_visible()
    await press(ana, "Close")


async def test_without_them_a_picture_is_shown_by_the_browser_itself(device: MakeDevice, cast: Cast) -> None:
    browser, ana = await cut_off(device, cast)
    browser.watch.allow("default-src 'none'.*/files/")  # Chromium itself dresses the picture
    await ana.page.set_input_files("#file-input", pictures()[:1])
    await ana.say("Look")
    await ana.expect_lines("Look")
    picture = ana.page.get_by_role("link", name="kites.png")
    address = await picture.get_attribute("href")
    await picture.click()
    await ana.page.wait_for_url(f"**{address}")
