"""Rooms are made, found, joined, left, archived and brought back, without an administrator."""

from __future__ import annotations

import re

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import (
    Screen,
    expect_room,
    fits,
    in_the_list,
    in_the_menu,
    listed,
    on_both_screens,
    pick,
    press,
    row,
)
from chat.tests.browser.theatre import Cast, Place, Theatre


def unique(name: str, cast: Cast) -> str:
    """Other tests make rooms on the same site."""
    return f"{name} {cast.ana.id}"


@on_both_screens
async def test_a_closed_room_is_made_with_those_who_are_to_be_in_it(
    device: MakeDevice, cast: Cast, bia: ChatPage, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    name = unique("larder", cast)
    await in_the_list(ana, "New room")
    await expect(ana.dialog.get_by_label("Name")).to_be_focused()
    await fits(ana)
    await ana.dialog.get_by_label("Name").fill(name)
    await ana.dialog.get_by_label("Topic").fill("jam and pickles")
    await ana.dialog.get_by_label("Closed").check()
    await pick(ana, cast.bia, cast.bia.username.replace("bia", "BÍA"))
    await fits(ana)
    await press(ana, "Make the room")

    await expect_room(ana, name)
    await expect(ana.page.locator("#room-topic")).to_have_text("jam and pickles")
    await expect(ana.page.locator("#room-members")).to_contain_text("2")
    await ana.say("Welcome")
    await listed(bia, name).click()
    await expect_room(bia, name)
    await expect(bia.page.locator("#room-topic")).to_have_text("jam and pickles")
    await bia.expect_lines("Welcome")


async def test_a_name_that_is_taken_is_said_to_be_and_nothing_typed_is_lost(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    browser = await device()
    browser.watch.allow("status of 409")
    ana = await browser.enter(cast.ana, cast.garden)
    taken = theatre.room(unique("square", cast), kind="open")
    await in_the_list(ana, "New room")
    await ana.dialog.get_by_label("Name").fill(taken.name.upper())
    await ana.dialog.get_by_label("Topic").fill("talk")
    await press(ana, "Make the room")
    await expect(ana.dialog.get_by_role("alert")).to_have_text("There is an open room of this name already.")
    await expect(ana.dialog.get_by_label("Topic")).to_have_value("talk")
    await ana.dialog.get_by_label("Name").fill(unique("another square", cast))
    await ana.dialog.get_by_label("Name").press("Enter")
    await expect_room(ana, unique("another square", cast))


async def test_without_a_connection_it_is_said_and_can_be_tried_again(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow("net::ERR_INTERNET_DISCONNECTED")
    ana = await browser.enter(cast.ana, cast.garden)
    await in_the_list(ana, "New room")
    await ana.dialog.get_by_label("Name").fill(unique("square", cast))
    await browser.context.set_offline(True)
    await press(ana, "Make the room")
    await expect(ana.dialog.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    await browser.context.set_offline(False)
    await press(ana, "Make the room")
    await expect_room(ana, unique("square", cast))


@on_both_screens
async def test_an_open_room_is_found_joined_and_left_again(
    device: MakeDevice, cast: Cast, theatre: Theatre, ana: ChatPage, screen: Screen
) -> None:
    square = theatre.room(unique("Praça São João", cast), cast.ana, kind="open")
    theatre.posts(square, cast.ana, "Before he came")
    await ana.enter(square)
    caio = await (await device(**screen)).tab()
    await caio.sign_in(cast.caio)
    await in_the_list(caio, "Browse rooms")
    await expect(row(caio, "general")).to_contain_text("you are in")
    await caio.dialog.get_by_role("searchbox").fill(f"praca sao joao {cast.ana.id}")
    await expect(caio.dialog.locator(".row")).to_have_count(1)
    await expect(row(caio, square.name)).to_contain_text("1 member")
    await fits(caio)
    await press(caio, f"Join {square.name}")

    await expect_room(caio, square.name)
    await expect(caio.page).to_have_url(caio.url + square.path)
    await caio.expect_lines("Before he came")
    await expect(ana.page.locator("#room-members")).to_contain_text("2")

    await in_the_menu(caio, "Leave the room")
    await expect(listed(caio, square.name)).to_have_count(0)
    await expect(caio.heading).not_to_have_text(square.name)
    await expect(caio.page).not_to_have_url(re.compile(square.path))
    await expect(ana.page.locator("#room-members")).to_contain_text("1")


async def test_what_is_not_there_is_said(ana: ChatPage) -> None:
    await in_the_list(ana, "Browse rooms")
    await ana.dialog.get_by_role("searchbox").fill("no such room anywhere")
    await expect(ana.dialog.get_by_role("status")).to_have_text("Nothing found.")
    await ana.page.keyboard.press("Escape")
    await expect(ana.dialog).to_have_count(0)
    await expect(ana.page.locator("#sidebar").get_by_role("button", name="Browse rooms")).to_be_focused()


async def test_a_long_list_comes_in_parts(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    names = [unique(f"cellar {number:02}", cast) for number in range(35)]
    for name in names:
        theatre.room(name, kind="open")
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    await in_the_list(caio, "Browse rooms")
    await caio.dialog.get_by_role("searchbox").fill(f"cellar {cast.ana.id}")
    rows = caio.dialog.locator(".row .row__name")
    await expect(rows).to_have_text(names[:30])
    await press(caio, "Show more")
    await expect(rows).to_have_text(names)
    await expect(caio.dialog.get_by_role("button", name="Show more")).to_be_hidden()


async def test_a_closed_room_is_left_only_after_a_yes(ana: ChatPage, cast: Cast) -> None:
    await in_the_menu(ana, "Leave the room")
    await expect(ana.dialog).to_contain_text("You come back only if a member adds you again.")
    await press(ana, "Stay")
    await expect_room(ana, "garden")
    assert await ana.focused() != "BODY"
    await in_the_menu(ana, "Leave the room")
    await press(ana, "Leave")
    await expect(ana.link(cast.garden)).to_have_count(0)
    await expect(ana.heading).not_to_have_text("garden")


@on_both_screens
async def test_a_room_is_archived_and_brought_back(
    device: MakeDevice, cast: Cast, theatre: Theatre, bia: ChatPage, screen: Screen
) -> None:
    theatre.do("keep", cast.garden.id, cast.ana.id)
    theatre.posts(cast.garden, cast.bia, "Before it went")
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await in_the_menu(ana, "Archive the room")
    await fits(ana)
    await press(ana, "Archive")
    for page in (ana, bia):
        await expect(page.link(cast.garden)).to_have_count(0)
        await expect(page.heading).not_to_have_text("garden")

    await in_the_list(ana, "Browse rooms")
    await ana.dialog.get_by_role("searchbox").fill("kitchen")
    await expect(row(ana, "you are in")).not_to_have_count(0)
    await ana.dialog.get_by_role("searchbox").fill("")
    await ana.dialog.get_by_label("Archived rooms").check()
    await expect(ana.dialog.locator(".row")).to_have_count(1)
    await press(ana, "Bring back garden")
    await expect_room(ana, "garden")
    await ana.expect_lines("Before it went")
    await expect(bia.link(cast.garden)).to_have_count(1)


async def test_who_is_in_no_room_makes_one(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    theatre.do("leave_every_room", cast.caio.id)
    await caio.go("/")
    await caio.page.locator("#empty").get_by_role("button", name="New room").click()
    await caio.dialog.get_by_label("Name").fill(unique("my own", cast))
    await press(caio, "Make the room")
    await expect_room(caio, unique("my own", cast))
    await caio.say("Here I am")
    await caio.expect_lines("Here I am")


@on_both_screens
async def test_a_link_to_a_message_in_an_open_room_leads_there_by_way_of_joining(
    device: MakeDevice, cast: Cast, theatre: Theatre, screen: Screen
) -> None:
    square = theatre.room(unique("square", cast), cast.ana, kind="open")
    theatre.posts(square, cast.ana, "Look at this")
    browser = await device(**screen)
    browser.watch.allow("status of 404")
    caio = await browser.tab()
    await caio.go(square.path + "#1")
    await caio.sign_in_here(cast.caio)
    outside = caio.page.locator("#outside")
    await expect(outside.get_by_role("heading")).to_have_text(square.name)
    await expect(outside).to_contain_text("1 member")
    await expect(caio.lines).to_have_count(0)
    await outside.get_by_role("button", name="Join the room").click()
    await expect_room(caio, square.name)
    await expect(caio.page).to_have_url(caio.url + square.path + "#1")
    await caio.expect_lines("Look at this")


async def test_who_looks_at_an_open_room_may_go_elsewhere(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    square = theatre.room(unique("square", cast), kind="open")
    browser = await device()
    browser.watch.allow("status of 404")
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.go(square.path)
    await expect(ana.page.locator("#outside")).to_contain_text(square.name)
    await ana.enter(cast.kitchen)
    await expect(ana.page.locator("#outside")).to_be_hidden()
    theatre.do("leave", cast.kitchen.id, cast.ana.id)
    await expect_room(ana, "garden")


async def test_the_back_button_does_not_lead_to_a_room_that_one_has_left(ana: ChatPage, cast: Cast) -> None:
    await ana.enter(cast.kitchen)
    await in_the_menu(ana, "Leave the room")
    await press(ana, "Leave")
    await expect(ana.page).to_have_url(ana.url + cast.garden.path)
    await ana.page.go_back()
    await expect_room(ana, "garden")


async def test_the_room_used_last_is_the_one_that_is_gone_to(device: MakeDevice, cast: Cast, theatre: Theatre) -> None:
    attic: Place = theatre.room("attic", cast.ana)
    ana = await (await device()).enter(cast.ana, cast.garden)
    await ana.enter(attic)
    await ana.enter(cast.kitchen)
    theatre.do("leave", cast.kitchen.id, cast.ana.id)
    await expect_room(ana, "attic")
