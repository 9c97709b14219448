"""The head of a room: its topic, its members, and what one may do there."""

from __future__ import annotations

import re

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import (
    Screen,
    expect_room,
    fits,
    in_the_menu,
    offered,
    on_both_screens,
    pick,
    press,
    row,
)
from chat.tests.browser.theatre import Cast, Theatre

MEMBERS = ["Members", "Add people", "Edit the room", "Leave the room"]


async def test_a_member_is_offered_what_members_may_do(ana: ChatPage) -> None:
    assert await offered(ana) == MEMBERS


async def test_who_keeps_the_room_is_offered_more(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    theatre.do("keep", cast.garden.id, cast.ana.id)
    ana = await (await device()).enter(cast.ana, cast.garden)
    assert await offered(ana) == [*MEMBERS, "Archive the room"]
    await ana.enter(cast.kitchen)
    assert await offered(ana) == MEMBERS


@on_both_screens
async def test_a_topic_set_by_one_is_seen_by_all_at_once(
    device: MakeDevice, cast: Cast, bia: ChatPage, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Edit the room")
    await expect(ana.dialog.get_by_label("Name")).to_be_hidden()
    await fits(ana)
    await ana.dialog.get_by_label("Topic").fill("What grows, and what does not")
    await press(ana, "Save")
    for page in (ana, bia):
        await expect(page.page.locator("#room-topic")).to_have_text("What grows, and what does not")
    await bia.page.reload()
    await expect(bia.page.locator("#room-topic")).to_have_text("What grows, and what does not")


async def test_a_new_name_is_seen_by_all_at_once(
    device: MakeDevice, cast: Cast, theatre: Theatre, bia: ChatPage
) -> None:
    theatre.do("keep", cast.garden.id, cast.ana.id)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Edit the room")
    await ana.dialog.get_by_label("Name").fill("orchard")
    await press(ana, "Save")
    for page in (ana, bia):
        await expect(page.heading).to_have_text("orchard")
        await expect(page.link(cast.garden)).to_contain_text("orchard")
    await expect(bia.page).to_have_title(re.compile("^orchard"))


async def test_saving_without_a_change_changes_nothing(ana: ChatPage) -> None:
    await in_the_menu(ana, "Edit the room")
    await press(ana, "Save")
    await expect(ana.dialog).to_have_count(0)
    assert await ana.focused() != "BODY"


async def test_nothing_of_a_muted_room_is_counted_on_any_device(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    first = await (await device()).enter(cast.ana, cast.kitchen)
    second = await (await device()).enter(cast.ana, cast.garden)
    await first.page.locator("#room-menu > summary").click()
    await first.page.get_by_label("nothing").check()
    await expect(second.link(cast.kitchen)).to_have_class(re.compile("room-link--muted"))
    await first.enter(cast.garden)
    theatre.posts(cast.kitchen, cast.bia, "The soup is ready")
    await second.expect_unread(cast.kitchen, 1)
    await expect(second.page).to_have_title(re.compile("^garden"))
    await second.page.reload()
    await expect(second.link(cast.kitchen)).to_have_class(re.compile("room-link--muted"))
    await expect(second.page).to_have_title(re.compile("^garden"))


async def test_a_room_that_one_wants_to_hear_everything_of_is_counted_in_the_title(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await ana.page.locator("#room-menu > summary").click()
    await ana.page.get_by_label("everything").check()
    await ana.page.keyboard.press("Escape")
    await ana.enter(cast.garden)
    theatre.posts(cast.kitchen, cast.bia, "The soup is ready", "Come")
    await expect(ana.page).to_have_title(re.compile(r"^\(2\) garden"))


async def test_a_level_that_is_not_stored_goes_back(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow("net::ERR_INTERNET_DISCONNECTED")
    ana = await browser.enter(cast.ana, cast.garden)
    await browser.context.set_offline(True)
    await ana.page.locator("#room-menu > summary").click()
    await ana.page.get_by_label("everything").click()
    await expect(ana.page.locator("#notice")).to_contain_text("The server cannot be reached.")
    await expect(ana.page.get_by_label("mentions")).to_be_checked()


@on_both_screens
async def test_members_are_listed_sought_and_added(
    device: MakeDevice, cast: Cast, theatre: Theatre, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    await ana.page.locator("#room-members").click()
    await expect(ana.dialog.locator(".row")).to_have_count(2)
    await expect(row(ana, "Ana Souza (you)")).to_be_visible()
    await ana.dialog.get_by_role("searchbox").fill("bia")
    await expect(ana.dialog.locator(".row .row__name")).to_have_text([cast.bia.name])
    await fits(ana)
    await press(ana, "Add people")
    await expect(ana.dialog.get_by_role("combobox")).to_be_focused()
    await pick(ana, cast.caio)
    await press(ana, "Add")
    await expect(ana.page.locator("#room-members")).to_contain_text("3")
    await caio.enter(cast.garden)
    assert theatre.do("bodies", cast.garden.id) == []


async def test_only_who_keeps_the_room_takes_people_out(
    device: MakeDevice, cast: Cast, theatre: Theatre, bia: ChatPage
) -> None:
    theatre.do("keep", cast.garden.id, cast.ana.id)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await bia.page.locator("#room-members").click()
    await expect(row(bia, cast.ana.name)).to_contain_text("made the room")
    await expect(bia.dialog.get_by_role("button", name="Take")).to_have_count(0)
    await bia.page.keyboard.press("Escape")

    await ana.page.locator("#room-members").click()
    await press(ana, f"Take {cast.bia.name} out of the room")
    await expect(ana.dialog.locator(".row .row__name")).to_have_text([f"{cast.ana.name} (you)"])
    assert await ana.focused() != "BODY"
    await expect(bia.link(cast.garden)).to_have_count(0)
    await expect(bia.heading).not_to_have_text("garden")


async def test_who_is_taken_out_with_the_list_open_adds_nobody_to_the_room_behind_it(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    browser = await device()
    browser.watch.allow("status of 403|status of 404")
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.page.locator("#room-members").click()
    await expect(row(ana, cast.bia.name)).to_be_visible()
    theatre.do("leave", cast.garden.id, cast.ana.id)
    await expect(ana.heading).not_to_have_text("garden")
    await press(ana, "Add people")
    await expect(ana.dialog.get_by_role("heading")).to_contain_text("garden")
    await pick(ana, cast.caio)
    await press(ana, "Add")
    await expect(ana.dialog.get_by_role("alert")).to_have_text("You are no longer in this room.")


@on_both_screens
async def test_from_the_list_of_members_one_writes_to_a_person(
    device: MakeDevice, cast: Cast, bia: ChatPage, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Members")
    await press(ana, f"Write to {cast.bia.name}")
    await expect_room(ana, cast.bia.name)
    await ana.say("psst")
    direct = bia.page.locator("#rooms a").filter(has_text=cast.ana.name)
    await expect(direct).to_have_attribute("data-unread", "1")
    await direct.click()
    await bia.expect_lines("psst")
    assert await offered(bia) == ["Members"]
