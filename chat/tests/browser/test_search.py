"""Searching: from a room to the hits, and from a hit to the message in its place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import STORY, MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.theatre import Cast, Theatre

screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["wide", "phone"])


def hits(page: ChatPage) -> Locator:
    return page.page.locator(".hit")


async def search_from_room(page: ChatPage, text: str) -> None:
    """By the field beside the rooms, wherever that is."""
    await page.show_rooms()
    await page.page.get_by_role("searchbox", name="Search messages").fill(text)
    await page.page.keyboard.press("Enter")


@screens
async def test_a_hit_leads_to_the_message_in_its_place(device: MakeDevice, story: Cast, screen: dict[str, Any]) -> None:
    ana = await (await device(**screen)).enter(story.ana, story.garden)
    await search_from_room(ana, '"message 100"')
    await expect(hits(ana)).to_have_count(1)
    await expect(hits(ana)).to_contain_text("in garden")
    await expect(hits(ana).locator("mark")).to_have_text("Message 100")
    assert await ana.overflow() <= 0
    await hits(ana).click()
    await ana.expect_visited("Message 100.")
    await expect(ana.line("Message 99.")).to_be_in_viewport()
    await ana.page.go_back()
    await expect(hits(ana)).to_have_count(1)


async def test_the_key_leads_to_the_field_from_wherever_one_writes(device: MakeDevice, story: Cast) -> None:
    ana = await (await device(**DESKTOP)).enter(story.ana, story.garden)
    await ana.composer.fill("half a thought")
    await ana.composer.press("Control+Shift+F")
    assert await ana.focused() == "search"
    await ana.page.keyboard.type("300")
    await ana.page.keyboard.press("Enter")
    await expect(hits(ana)).to_have_count(1)
    await ana.page.go_back()
    await expect(ana.composer).to_have_value("half a thought")


async def test_where_the_field_is_shut_away_the_key_leads_to_the_page(device: MakeDevice, story: Cast) -> None:
    ana = await (await device(viewport={"width": 360, "height": 740})).enter(story.ana, story.garden)
    await ana.composer.press("Control+Shift+F")
    await expect(ana.page.locator("#query")).to_be_focused()
    await ana.page.keyboard.type("300")
    await ana.page.keyboard.press("Enter")
    await expect(hits(ana)).to_have_count(1)


async def test_the_page_works_from_the_address_bar_and_without_scripts(device: MakeDevice, story: Cast) -> None:
    browser = await device(java_script_enabled=False)
    await browser.sign_in(story.ana)
    ana = await browser.tab()
    await ana.go("/search/?q=message+in:garden")
    await expect(hits(ana)).to_have_count(20)
    await expect(hits(ana).first).to_contain_text(f"Message {len(STORY)}.")
    await expect(hits(ana).first.locator("time")).to_contain_text("UTC")
    await ana.page.get_by_role("link", name="Older messages").click()
    await expect(hits(ana).first).to_contain_text(f"Message {len(STORY) - 20}.")
    await ana.page.locator("#query").fill('"message 7" from:me')
    await ana.page.get_by_role("button", name="Search").click()
    await expect(ana.page).to_have_url(re.compile("from%3Ame"))
    await expect(hits(ana)).to_have_count(0)


@screens
async def test_pages_follow_one_another_and_lead_back(device: MakeDevice, story: Cast, screen: dict[str, Any]) -> None:
    browser = await device(**screen)
    await browser.sign_in(story.ana)
    ana = await browser.tab()
    await ana.go("/search/?q=message")
    for page in range(3):
        await expect(hits(ana).first).to_contain_text(f"Message {len(STORY) - 20 * page}.")
        await ana.page.get_by_role("link", name="Older messages").click()
    await ana.page.get_by_role("link", name="Back to the newest").click()
    await expect(hits(ana).first).to_contain_text(f"Message {len(STORY)}.")


async def test_times_are_those_of_the_reader(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "tea")
    theatre.do("retime", cast.garden.id, ["2026-03-01T23:30:00+00:00"])
    browser = await device(timezone_id="Asia/Tokyo", locale="en-GB")
    await browser.sign_in(cast.ana)
    ana = await browser.tab()
    await ana.go("/search/?q=tea")
    await expect(hits(ana).locator("time")).to_have_text("2 Mar 2026, 08:30")


async def test_days_are_those_of_the_reader_wherever_one_asks(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "tea")
    theatre.do("retime", cast.garden.id, ["2026-03-01T23:30:00+00:00"])
    ana = await (await device(timezone_id="Asia/Tokyo")).enter(cast.ana, cast.garden)
    await ana.page.locator("#search").fill("tea after:2026-03-02")
    await ana.page.keyboard.press("Enter")
    await expect(hits(ana)).to_have_count(1)
    await expect(ana.page.locator(".search__help")).to_contain_text("days begin at midnight (Asia/Tokyo)")
    await ana.page.locator("#query").fill("tea before:2026-03-02")
    await ana.page.keyboard.press("Enter")
    await expect(hits(ana)).to_have_count(0)


@screens
async def test_in_portuguese(device: MakeDevice, theatre: Theatre, cast: Cast, screen: dict[str, Any]) -> None:
    theatre.posts(cast.garden, cast.bia, "A reunião é amanhã")
    browser = await device(locale="pt-BR", **screen)
    await browser.sign_in(cast.ana)
    ana = await browser.tab()
    await ana.go("/search/?q=reuniao+em:garden+in:nada")
    await expect(ana.page.get_by_role("alert")).to_have_text("Você não está em nenhuma sala chamada “nada”.")
    await ana.page.locator("#query").fill("REUNIAO amanha")
    await ana.page.get_by_role("button", name="Buscar").click()
    await expect(hits(ana).locator("mark")).to_have_text(["reunião", "amanhã"])
    await expect(hits(ana)).to_contain_text("em garden")
    assert await ana.overflow() <= 0


async def test_nothing_is_wider_than_a_small_phone(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    room = theatre.room("r" * 80, cast.ana, cast.bia)
    theatre.posts(room, cast.bia, f"tea {'x' * 250}", "```\ntea " + "wide code " * 40 + "\n```")
    browser = await device(**PHONE)
    await browser.sign_in(cast.ana)
    ana = await browser.tab()
    await ana.go("/search/?q=tea")
    await expect(hits(ana)).to_have_count(2)
    assert await ana.overflow() <= 0
    await ana.go(f"/search/?q=in:{'n' * 150}")
    await expect(ana.page.get_by_role("alert")).to_be_visible()
    assert await ana.overflow() <= 0


async def test_what_is_deleted_or_left_is_found_no_more(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(cast.garden, cast.bia, "first tea", "second tea")
    browser = await device()
    bia = await browser.enter(cast.bia, cast.garden)
    await bia.act("first tea", "Delete")
    await bia.dialog.get_by_role("button", name="Delete").click()
    await expect(bia.line("This message was deleted.")).to_be_visible()
    await search_from_room(bia, "tea")
    await expect(hits(bia)).to_have_count(1)
    theatre.do("leave", cast.garden.id, cast.bia.id)
    await bia.page.reload()
    await expect(bia.page.get_by_role("heading", name="Nothing found")).to_be_visible()


async def test_on_postgres_a_hit_leads_there_too(own_postgres: Theatre, device: MakeDevice, cast: Cast) -> None:
    own_postgres.posts(cast.garden, cast.bia, "東京でお茶", "Olá, João")
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await search_from_room(ana, "東京 from:bia in:garden")
    await expect(hits(ana).locator("mark")).to_have_text("東京")
    await hits(ana).click()
    await ana.expect_visited("東京でお茶")
