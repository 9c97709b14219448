"""A person's card, and names and pictures that change under open pages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.test_account import SCREENS, choose, expect_picture, two_colours
from chat.tests.browser.theatre import Cast, Theatre


async def open_card(page: ChatPage, name: str) -> None:
    await page.lines.get_by_role("button", name=name).first.click()
    await expect(page.dialog.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.parametrize("options", SCREENS)
async def test_a_card_tells_who_somebody_is_and_leads_to_a_conversation(
    device: MakeDevice, theatre: Theatre, cast: Cast, options: dict[str, Any], bia: ChatPage
) -> None:
    theatre.posts(cast.garden, cast.bia, "Good morning")
    ana = await (await device(**options)).enter(cast.ana, cast.garden)
    await open_card(ana, "Bia Lima")
    await expect(ana.dialog).to_contain_text(f"@{cast.bia.username}")
    await expect(ana.dialog.get_by_text("On-line")).to_be_visible()
    await ana.dialog.get_by_role("button", name="Direct message").click()
    await expect(ana.heading).to_have_text("Bia Lima")
    await ana.say("Just between us")
    await ana.expect_lines("Just between us")


async def test_of_one_who_is_away_it_says_when_they_were_there(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "Good morning")
    theatre.do("last_seen", cast.bia.id, 3 * 60 * 60 + 60)
    await ana.expect_lines("Good morning")
    await open_card(ana, "Bia Lima")
    await expect(ana.dialog.get_by_text("Last here 3 hours ago")).to_be_visible()


async def test_the_picture_opens_the_card_as_well(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Good morning")
    await ana.expect_lines("Good morning")
    await ana.lines.locator(".avatar").click()
    await expect(ana.dialog.get_by_role("heading", name="Bia Lima")).to_be_visible()


async def test_a_card_is_opened_and_closed_by_keyboard(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Good morning")
    await ana.expect_lines("Good morning")
    await ana.lines.first.focus()
    await ana.page.keyboard.press("Tab")
    await expect(ana.lines.get_by_role("button", name="Bia Lima")).to_be_focused()
    await ana.page.keyboard.press("Enter")
    await expect(ana.dialog.get_by_role("heading", name="Bia Lima")).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(ana.dialog).to_be_hidden()
    await expect(ana.lines.get_by_role("button", name="Bia Lima")).to_be_focused()


async def test_a_mention_opens_the_card_by_hand_and_by_keyboard(ana: ChatPage, cast: Cast) -> None:
    await ana.say(f"Ask @{cast.bia.username}, and @all of the others")
    await expect(ana.settled).to_have_count(1)
    mention = ana.lines.get_by_role("button", name="@Bia Lima")
    await mention.click()
    await expect(ana.dialog.get_by_role("heading", name="Bia Lima")).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await ana.lines.first.focus()
    for _ in range(2):  # past the author
        await ana.page.keyboard.press("Tab")
    await expect(mention).to_be_focused()
    await ana.page.keyboard.press("Enter")
    await expect(ana.dialog.get_by_role("heading", name="Bia Lima")).to_be_visible()
    await expect(ana.lines.get_by_role("button", name="@all")).to_have_count(0)


async def test_ones_own_card_leads_to_ones_account(ana: ChatPage) -> None:
    await ana.say("Good morning")
    await ana.expect_lines("Good morning")
    await open_card(ana, "Ana Souza")
    await expect(ana.dialog.get_by_role("button", name="Direct message")).to_be_hidden()
    await ana.dialog.get_by_role("link", name="Your account").click()
    await expect(ana.page.get_by_role("heading", name="Your account")).to_be_visible()


async def test_somebody_without_an_account_has_no_card(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "Good-bye")
    await ana.expect_lines("Good-bye")
    theatre.do("disable", cast.bia.id)
    await ana.lines.get_by_role("button", name="Bia Lima").click()
    await expect(ana.dialog.get_by_role("alert")).to_have_text("This person has no account here any more.")
    await expect(ana.dialog.get_by_role("button", name="Direct message")).to_be_disabled()


async def test_a_new_name_is_seen_at_once_in_old_lines_too(
    ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    await bia.say("Good morning")
    await ana.expect_lines("Good morning")
    theatre.do("rename", cast.bia.id, "Beatriz Reis")
    for page in (ana, bia):
        await expect(page.lines.get_by_role("button", name="Beatriz Reis")).to_be_visible()
        await expect(page.lines.locator(".avatar")).to_have_text("BR")
    await expect(bia.own_menu).to_contain_text("Beatriz Reis")
    await bia.composer.press_sequentially("And so it goes on", delay=250)  # longer than a word of typing is kept back
    await expect(ana.typing).to_have_text("Beatriz Reis is typing…")


async def test_who_changed_while_the_page_had_no_socket_yet_is_shown_as_they_are_now(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, "Good morning")
    browser = await device()
    wire = await browser.wire()
    await wire.cut()
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.expect_lines("Good morning")
    theatre.do("rename", cast.bia.id, "Beatriz Reis")
    await ana.page.wait_for_function("() => performance.now() > 3000")  # as on a slow network
    wire.mend()
    await expect(ana.lines.get_by_role("button", name="Beatriz Reis")).to_be_visible()


async def test_a_new_picture_is_seen_at_once_and_again_when_it_is_gone(
    ana: ChatPage, bia: ChatPage, device: MakeDevice, cast: Cast
) -> None:
    await bia.say("Good morning")
    await ana.expect_lines("Good morning")
    avatar = ana.lines.locator(".avatar")
    await expect_picture(avatar, there=False)
    account = await (await device()).tab()
    await account.sign_in(cast.bia)
    await account.go("/account/")
    await choose(account, two_colours())
    await expect(account.page.get_by_role("status")).to_be_visible()
    await expect_picture(avatar, there=True)
    await ana.page.reload()
    await expect_picture(avatar, there=True)
    await expect(ana.page.locator("#online-count")).not_to_be_empty()  # what changes from now on is heard
    await account.page.get_by_role("button", name="Remove it").click()
    await expect_picture(avatar, there=False)
    await expect(avatar).to_have_text("BL")


async def test_where_the_system_chooses_all_colours_pictures_and_dots_are_still_to_be_seen(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    direct = theatre.room("", cast.ana, cast.bia, kind="direct")
    account = await (await device()).enter(cast.bia, cast.garden)
    await account.go("/account/")
    await choose(account, two_colours())
    await expect(account.page.get_by_role("status")).to_be_visible()
    await account.go(cast.garden.path)
    ana = await (await device(forced_colors="active")).enter(cast.ana, cast.garden)
    avatar = ana.link(direct).locator(".avatar")
    await expect_picture(avatar, there=True)
    await expect(avatar).to_contain_class("is-online")
    colours: list[str] = await avatar.evaluate(
        "(it) => [getComputedStyle(it, '::after').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] != colours[1]
