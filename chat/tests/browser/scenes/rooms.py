"""The dialogs about rooms and people, filled as they are when they are used."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.scene import scene
from chat.tests.browser.sheets import in_the_list, in_the_menu, pick, press, switch
from chat.tests.browser.theatre import Cast


async def keeper(device: Device, cast: Cast) -> ChatPage:
    """Ana in a room that she made, with a topic."""
    device.theatre.do("keep", cast.garden.id, cast.ana.id)
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Edit the room")
    await ana.dialog.get_by_label("Topic").fill("What grows, and what does not")
    await press(ana, "Save")
    await expect(ana.page.locator("#room-topic")).not_to_be_empty()
    return ana


@scene("room")
async def room_menu(device: Device, cast: Cast) -> ChatPage:
    ana = await keeper(device, cast)
    await ana.page.locator("#room-menu > summary").click()
    await expect(ana.page.get_by_text("Archive the room")).to_be_visible()
    return ana


@scene("switcher-dialog")
async def switcher(device: Device, cast: Cast) -> ChatPage:
    device.theatre.room(f"keepers {cast.ana.id}", kind="open")
    device.theatre.posts(cast.kitchen, cast.bia, "The soup is ready")
    ana = await device.enter(cast.ana, cast.garden)
    await switch(ana)
    await ana.page.keyboard.type("k")
    await expect(ana.dialog.get_by_role("option").filter(has_text="Join").first).to_be_visible()
    return ana


@scene("browse-dialog")
async def browse(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_list(ana, "Browse rooms")
    await expect(ana.dialog.locator(".row").first).to_be_visible()
    return ana


@scene("create-dialog")
async def create_refused(device: Device, cast: Cast) -> ChatPage:
    device.watch.allow("status of 409")
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_list(ana, "New room")
    await ana.dialog.get_by_label("Name").fill("general")
    await pick(ana, cast.bia)
    await press(ana, "Make the room")
    await expect(ana.dialog.get_by_role("alert")).not_to_be_empty()
    await ana.dialog.get_by_role("combobox").fill("an")
    await expect(ana.dialog.get_by_role("option").first).to_be_visible()
    return ana


@scene("edit-dialog")
async def edit(device: Device, cast: Cast) -> ChatPage:
    ana = await keeper(device, cast)
    await in_the_menu(ana, "Edit the room")
    await expect(ana.dialog.get_by_label("Name")).to_be_visible()
    return ana


@scene("write-dialog")
async def write(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_list(ana, "New message")
    await pick(ana, cast.bia)
    return ana


@scene("members-dialog")
async def members(device: Device, cast: Cast) -> ChatPage:
    ana = await keeper(device, cast)
    await ana.page.locator("#room-members").click()
    await expect(ana.dialog.locator(".row")).to_have_count(2)
    return ana


@scene("invite-dialog")
async def invite(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Add people")
    await pick(ana, cast.caio)
    return ana


@scene("leave-dialog")
async def leave(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Leave the room")
    await expect(ana.dialog).to_be_visible()
    return ana


@scene("archive-dialog")
async def archive(device: Device, cast: Cast) -> ChatPage:
    ana = await keeper(device, cast)
    await in_the_menu(ana, "Archive the room")
    await expect(ana.dialog).to_be_visible()
    return ana
