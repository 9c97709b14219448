"""An answer without a word."""

from __future__ import annotations

import re

import pytest_asyncio
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import PHONE
from chat.tests.browser.theatre import Cast, Theatre

THUMB, HEART, PARTY = "👍", "❤️", "🎉"


def chips(page: ChatPage) -> Locator:
    """The reactions to the first line."""
    return page.lines.first.locator("[data-reacted]")


def chip(page: ChatPage, emoji: str) -> Locator:
    return page.lines.first.locator(f"[data-reacted][data-emoji='{emoji}']")


async def expect_chips(page: ChatPage, *chips_shown: str) -> None:
    """As `👍 2`, in this order."""
    await expect(chips(page)).to_have_text(list(chips_shown))


async def react(page: ChatPage, emoji: str) -> None:
    """By the toolbar, with an emoji that is within reach."""
    await page.lines.first.hover()
    await page.lines.first.locator(f".toolbar [data-emoji='{emoji}']").click()


@pytest_asyncio.fixture(loop_scope="session")
async def news(ana: ChatPage, theatre: Theatre, cast: Cast) -> ChatPage:
    """Ana's page, with a line of Bia's."""
    await hear_the_news(ana, theatre, cast)
    return ana


@pytest_asyncio.fixture(loop_scope="session")
async def cut(wired: Wired, theatre: Theatre, cast: Cast) -> Wired:
    """The same, and the wire to it, which is cut."""
    ana, wire = wired
    await hear_the_news(ana, theatre, cast)
    await wire.cut()
    return wired


async def hear_the_news(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "The roof is done")
    await ana.expect_lines("The roof is done")


async def test_two_people_react_and_take_it_back(news: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await react(news, THUMB)
    await expect(chip(news, THUMB)).to_have_attribute("aria-pressed", "true")
    await expect_chips(bia, f"{THUMB} 1")
    await expect(chip(bia, THUMB)).to_have_attribute("aria-pressed", "false")
    await chip(bia, THUMB).click()
    for page in (news, bia):
        await expect_chips(page, f"{THUMB} 2")
        await expect(chip(page, THUMB)).to_have_attribute("aria-pressed", "true")
    await expect(chip(news, THUMB)).to_have_attribute("title", f"{THUMB} You and {cast.bia.name}")
    await expect(chip(bia, THUMB)).to_have_attribute("title", f"{THUMB} You and {cast.ana.name}")
    await react(news, THUMB)
    await expect_chips(bia, f"{THUMB} 1")
    await chip(bia, THUMB).press("Enter")
    await expect(bia.lines.first).to_be_focused()  # what was pressed is gone
    for page in (news, bia):
        await expect_chips(page)


async def test_the_reader_of_the_newest_line_still_sees_it_whole(
    ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(60)))
    await expect(ana.line("Message 59.")).to_be_visible()
    await ana.expect_at_bottom()
    theatre.do("react", cast.garden.id, cast.bia.id, 60, THUMB)
    await expect(ana.lines.last.locator("[data-reacted]")).to_have_text([f"{THUMB} 1"])
    await ana.expect_at_bottom()


async def test_by_keyboard_an_emoji_is_sought_by_its_name(news: ChatPage, bia: ChatPage) -> None:
    await news.lines.first.focus()
    await news.page.keyboard.press("+")
    await news.dialog.get_by_label("Find an emoji").press_sequentially("pArty pop")
    await expect(news.dialog.get_by_role("button").first).to_have_accessible_name("party popper")
    await news.page.keyboard.press("Enter")
    await expect(news.dialog).to_have_count(0)
    await expect(news.lines.first).to_be_focused()
    await expect_chips(bia, f"{PARTY} 1")


async def test_in_the_list_the_arrows_lead_from_one_to_the_next(news: ChatPage, bia: ChatPage) -> None:
    await news.lines.first.focus()
    await news.page.keyboard.press("+")
    field, found = news.dialog.get_by_label("Find an emoji"), news.dialog.get_by_role("group", name="Emoji", exact=True)
    reach = news.dialog.get_by_role("group", name="Frequently used").get_by_role("button")
    await expect(found.get_by_role("button").nth(1000)).to_be_attached()
    await field.press("ArrowDown")
    await expect(reach.first).to_be_focused()
    await news.page.keyboard.press("ArrowRight")
    await news.page.keyboard.press("ArrowDown")
    await expect(found.get_by_role("button").nth(1)).to_be_focused()
    await news.page.keyboard.press("ArrowLeft")
    await news.page.keyboard.press("ArrowUp")
    await news.page.keyboard.press("ArrowUp")
    await expect(field).to_be_focused()
    await news.page.keyboard.press("Tab")
    await expect(reach.first).to_be_focused()
    await news.page.keyboard.press("h")
    await expect(field).to_have_value("h")
    await field.press_sequentially("xyz")
    await expect(news.dialog.get_by_role("status")).to_have_text("Nothing found.")
    await field.press("Enter")
    await news.page.keyboard.press("Escape")
    await expect(news.lines.first).to_be_focused()
    await expect_chips(news)


async def test_in_portuguese_the_names_are_portuguese(
    device: MakeDevice, cast: Cast, theatre: Theatre, bia: ChatPage
) -> None:
    theatre.posts(cast.garden, cast.bia, "O telhado ficou pronto")
    ana = await (await device(locale="pt-BR")).enter(cast.ana, cast.garden)
    await ana.lines.first.hover()
    await ana.lines.first.get_by_role("button", name="Reagir", exact=True).first.click()
    await ana.dialog.get_by_label("Procurar um emoji").fill("coracao vermelho")
    await ana.page.keyboard.press("Enter")
    await expect_chips(bia, f"{HEART} 1")
    await expect(chip(ana, HEART)).to_have_attribute("title", f"{HEART} Você")


async def test_what_was_used_last_is_within_reach_also_after_a_reload(news: ChatPage) -> None:
    await react(news, HEART)
    await expect_chips(news, f"{HEART} 1")
    await news.page.reload()
    await expect_chips(news, f"{HEART} 1")
    await news.lines.first.hover()
    await expect(news.lines.first.locator(".toolbar [data-favourite]")).to_have_text([HEART, THUMB, "😂"])


async def test_without_a_connection_it_stands_there_at_once_and_goes_later(
    cut: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = cut
    await react(ana, THUMB)
    await react(ana, HEART)
    await react(ana, HEART)
    await expect_chips(ana, f"{THUMB} 1")
    await ana.page.reload()
    await expect_chips(ana, f"{THUMB} 1")
    assert theatre.do("reactions", cast.garden.id) == [[]]
    wire.mend()
    await expect_chips(bia, f"{THUMB} 1")
    await expect_chips(ana, f"{THUMB} 1")
    assert theatre.do("reactions", cast.garden.id) == [[{"emoji": THUMB, "users": [cast.ana.id]}]]


async def test_a_lost_reply_neither_doubles_nor_undoes_it(
    wired: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = wired
    await hear_the_news(ana, theatre, cast)
    wire.lose_reply("react")
    await react(ana, THUMB)
    await expect(ana.state_bar).to_be_visible()
    wire.mend()
    await expect(ana.state_bar).to_have_text("")
    await react(ana, HEART)
    for page in (ana, bia):
        await expect_chips(page, f"{THUMB} 1", f"{HEART} 1")
    assert [(sent["emoji"], sent["on"]) for sent in wire.sent("react")] == [(THUMB, True), (THUMB, True), (HEART, True)]


async def test_for_want_of_a_reaction_nobody_is_kept_from_signing_out(
    cut: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = cut
    await react(ana, THUMB)
    await ana.sign_out()
    await ana.expect_sign_in()
    wire.mend()
    await ana.sign_in(cast.ana, cast.garden)
    for page in (ana, bia):
        await expect_chips(page, f"{THUMB} 1")


async def test_one_too_many_is_told_and_goes_again(news: ChatPage, theatre: Theatre, cast: Cast) -> None:
    for letter in range(20):
        theatre.do("react", cast.garden.id, cast.bia.id, 1, chr(0x1F600 + letter))
    await expect(chips(news)).to_have_count(20)
    await react(news, THUMB)
    await expect(news.page.locator("#notice")).to_have_text(
        "This message has as many different reactions as it can hold."
    )
    await expect(chips(news)).to_have_count(20)
    await chip(news, "😀").click()
    await expect(chip(news, "😀")).to_have_text("😀 2")


async def test_to_what_was_deleted_meanwhile_nobody_reacts(cut: Wired, theatre: Theatre, cast: Cast) -> None:
    ana, wire = cut
    await react(ana, THUMB)
    theatre.do("delete", cast.garden.id, cast.bia.id, 1)
    wire.mend()
    await ana.expect_lines("This message was deleted.")
    await expect(ana.page.locator("#notice")).to_have_text("This message no longer exists.")
    await expect_chips(ana)


async def test_by_touch_the_sheet_offers_them_and_tells_who_reacted(
    device: MakeDevice, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.bia, "The roof is done")
    theatre.do("react", cast.garden.id, cast.bia.id, 1, HEART)
    ana = await (await device(**PHONE)).enter(cast.ana, cast.garden)
    await ana.lines.first.get_by_role("button", name="Actions").tap()
    await expect(ana.dialog).to_contain_text(f"{HEART} {cast.bia.name}")
    await ana.dialog.get_by_role("button", name=THUMB).tap()
    await expect(ana.dialog).to_be_hidden()
    await expect_chips(bia, f"{HEART} 1", f"{THUMB} 1")
    await chip(ana, HEART).tap()
    await expect_chips(bia, f"{HEART} 2", f"{THUMB} 1")
    await ana.lines.first.get_by_role("button", name="Actions").tap()
    await ana.dialog.get_by_role("button", name="React").tap()
    await ana.dialog.get_by_label("Find an emoji").fill("tada")
    await ana.dialog.get_by_role("button", name="party popper").tap()
    await expect_chips(bia, f"{HEART} 2", f"{THUMB} 1", f"{PARTY} 1")


async def test_who_reacted_and_is_not_known_yet_is_asked_for(
    ana: ChatPage, device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    theatre.posts(cast.garden, cast.ana, "The roof is done")
    await ana.expect_lines("The roof is done")
    theatre.do("join", cast.garden.id, cast.caio.id)
    theatre.do("react", cast.garden.id, cast.caio.id, 1, THUMB)
    await expect(chip(ana, THUMB)).to_have_attribute("title", f"{THUMB} {cast.caio.name}")
    theatre.do("rename", cast.caio.id, "Caio R. Reis")
    await expect(chip(ana, THUMB)).to_have_attribute("aria-label", re.compile("Caio R. Reis"))
