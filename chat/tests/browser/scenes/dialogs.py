"""The dialogs about messages, people and the page itself."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.scene import scene
from chat.tests.browser.theatre import Cast


@scene("actions-dialog")
async def actions(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await ana.say("Tea at for")
    await ana.expect_lines("Tea at for")
    await ana.line("Tea at for").get_by_role("button", name="Actions").press("Enter")
    await expect(ana.dialog.get_by_role("button", name="Copy the link")).to_be_visible()
    return ana


@scene("emoji-dialog")
async def reacting(device: Device, cast: Cast) -> ChatPage:
    device.theatre.posts(cast.garden, cast.bia, "The roof is done")
    for person, emoji in ((cast.bia, "🎉"), (cast.ana, "👍"), (cast.bia, "👍")):
        device.theatre.do("react", cast.garden.id, person.id, 1, emoji)
    ana = await device.enter(cast.ana, cast.garden)
    await ana.lines.first.get_by_role("button", name="React").last.press("Enter")
    await expect(ana.dialog.get_by_role("button").nth(1000)).to_be_attached()
    return ana


@scene("person-dialog")
async def card(device: Device, cast: Cast) -> ChatPage:
    device.theatre.posts(cast.garden, cast.bia, "Good morning")
    ana = await device.enter(cast.ana, cast.garden)
    await ana.lines.get_by_role("button", name=cast.bia.name).click()
    await expect(ana.dialog.get_by_text("Last here")).to_be_visible()
    return ana


@scene("delete-dialog")
async def deleting(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await ana.say("Nonsense")
    await ana.expect_lines("Nonsense")
    await ana.act("Nonsense", "Delete")
    await expect(ana.dialog).to_contain_text("Nonsense")
    return ana


@scene("stray-dialog")
async def left_over(device: Device, cast: Cast) -> ChatPage:
    wire = await device.wire()
    ana = await device.enter(cast.ana, cast.garden)
    await wire.cut()
    await ana.say("A long and careful letter")
    device.theatre.do("leave", cast.garden.id, cast.ana.id)
    wire.mend()
    await expect(ana.link(cast.garden)).to_have_count(0)
    await ana.show_rooms()
    await ana.page.get_by_role("button", name="Not sent").click()
    await expect(ana.dialog).to_contain_text("A long and careful letter")
    return ana


@scene("unsent-dialog")
async def signing_out_with_something_unsent(device: Device, cast: Cast) -> ChatPage:
    wire = await device.wire()
    ana = await device.enter(cast.ana, cast.garden)
    await wire.cut()
    await ana.say("Wait for me")
    await ana.show_rooms()
    await ana.sign_out()
    await expect(ana.dialog).to_contain_text("has not reached the server")
    return ana


@scene("shortcuts-dialog")
async def shortcuts(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await ana.timeline.focus()
    await ana.page.keyboard.press("?")
    await expect(ana.page.locator("#shortcuts-dialog")).to_be_visible()
    return ana
