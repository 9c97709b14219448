"""The pages beside the chat."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.scene import scene
from chat.tests.browser.scenes.talk import TALK
from chat.tests.browser.theatre import Cast


async def page(device: Device, path: str, heading: str) -> ChatPage:
    """One of the pages beside the chat, which all have a heading."""
    tab = await device.tab()
    await tab.go(path)
    await expect(tab.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    return tab


@scene("login")
async def sign_in(device: Device, _cast: Cast) -> ChatPage:
    return await page(device, "/login/?ended=1", "Sign in")


@scene("login")
async def sign_in_refused(device: Device, cast: Cast) -> ChatPage:
    tab = await page(device, "/login/", "Sign in")
    await tab.fill_sign_in(cast.ana, "not this one")
    await expect(tab.page.get_by_role("alert")).to_be_visible()
    return tab


@scene("setup")
async def setup_is_over(device: Device, _cast: Cast) -> ChatPage:
    device.watch.allow("status of 404")
    return await page(device, "/setup/used/", "This link no longer works")


@scene()
async def nothing_there(device: Device, cast: Cast) -> ChatPage:
    device.watch.allow("status of 404")
    await device.sign_in(cast.caio)
    return await page(device, cast.garden.path, "There is nothing here")


@scene("account")
async def profile_refused(device: Device, cast: Cast) -> ChatPage:
    await device.sign_in(cast.ana)
    tab = await page(device, "/account/", "Your account")
    await tab.page.get_by_label("Full name").fill("Ana\u202eaiB")
    await tab.page.get_by_role("button", name="Save").click()
    await expect(tab.page.get_by_text("This name has characters")).to_be_visible()
    return tab


@scene("password")
async def password_refused(device: Device, cast: Cast) -> ChatPage:
    await device.sign_in(cast.ana)
    tab = await page(device, "/account/password/", "Change password")
    for label in ("Old password", "New password", "New password confirmation"):
        await tab.page.get_by_label(label, exact=True).fill("12345")
    await tab.page.get_by_role("button", name="Change password").click()
    await expect(tab.page.locator(".field__error").first).to_be_visible()
    return tab


@scene("devices")
async def devices(device: Device, cast: Cast) -> ChatPage:
    for _ in range(2):
        await device.sign_in(cast.ana)
    return await page(device, "/account/sessions/", "Devices signed in")


@scene("search")
async def hits(device: Device, cast: Cast) -> ChatPage:
    device.theatre.posts(cast.garden, cast.bia, *TALK, *(f"Good evening, number {number}" for number in range(25)))
    await device.sign_in(cast.ana)
    tab = await page(device, "/search/?q=good", "Search")
    await expect(tab.page.get_by_role("link", name="Older messages")).to_be_visible()
    return tab


@scene("search")
async def search_refused(device: Device, cast: Cast) -> ChatPage:
    await device.sign_in(cast.ana)
    return await page(device, "/search/?q=tea+in:nowhere+before:soon", "Search")


@scene("search")
async def nothing_found(device: Device, cast: Cast) -> ChatPage:
    await device.sign_in(cast.ana)
    return await page(device, "/search/?q=xylophone", "Search")
