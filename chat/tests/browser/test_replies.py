"""Answers that quote what they answer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.theatre import Cast, Theatre

SIZES: dict[str, dict[str, Any]] = {
    "wide": DESKTOP,
    "phone": PHONE,
}
DELETED = "This message was deleted."
GONE = "The message that you answer was deleted meanwhile. Sent again, it goes without the quote."


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_quotes_what_it_answers_to_everybody(
    device: MakeDevice, theatre: Theatre, cast: Cast, size: str
) -> None:
    theatre.do("join", cast.garden.id, cast.caio.id)
    pages = [
        await (await device(**SIZES[size])).enter(person, cast.garden) for person in (cast.ana, cast.bia, cast.caio)
    ]
    ana, bia, caio = pages
    await bia.say("Who brings the **cake**?")
    await ana.act("Who brings", "Reply")
    await expect(ana.composer).to_be_focused()
    await expect(ana.replying).to_contain_text("Reply to Bia Lima Who brings the cake?")
    await ana.say("I do")
    await expect(ana.replying).to_be_hidden()
    await caio.act("I do", "Reply")
    await caio.say("Hooray")
    for page in pages:
        await page.expect_lines("Who brings the cake?", "I do", "Hooray")
        await expect(page.quote("I do")).to_contain_text("In reply to Bia Lima Who brings the cake?")
        await expect(page.quote("Hooray")).to_contain_text("In reply to Ana Souza I do")
    assert theatre.do("answered", cast.garden.id) == [None, 1, 2]


async def test_by_keyboard_r_answers_and_escape_does_not(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Who brings the cake?")
    await ana.expect_lines("Who brings the cake?")
    await ana.lines.first.focus()
    await ana.lines.first.press("r")
    await expect(ana.composer).to_be_focused()
    await expect(ana.replying).to_contain_text("Bia Lima")
    await ana.composer.press_sequentially("I do")
    await ana.composer.press("Escape")
    await expect(ana.replying).to_be_hidden()
    await ana.composer.press("Enter")
    await ana.expect_lines("Who brings the cake?", "I do")
    await expect(ana.quote("I do")).to_have_count(0)


async def test_what_is_to_be_answered_is_kept_with_the_draft(theatre: Theatre, story: Cast, device: MakeDevice) -> None:
    ana = await (await device()).visit(story.ana, story.garden.link(20))
    await ana.expect_visited("Message 20.")
    await ana.lines.and_(ana.page.locator("[data-position='20']")).press("r")
    await ana.composer.fill("Half a sent")
    await ana.enter(story.kitchen)
    await expect(ana.replying).to_be_hidden()
    await ana.enter(story.garden)
    await expect(ana.replying).to_contain_text("Message 20.")
    await ana.page.reload()
    await expect(ana.replying).to_contain_text("Reply to Bia Lima Message 20.")
    await expect(ana.composer).to_have_value("Half a sent")
    await ana.say("Half a sentence")
    await expect(ana.quote("Half a sentence")).to_contain_text("Message 20.")
    await ana.page.reload()
    await expect(ana.composer).to_be_focused()
    await expect(ana.replying).to_be_hidden()


async def test_correcting_another_line_comes_between_and_goes_again(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("Tea at for")
    await bia.say("Who brings the cake?")
    await ana.act("Who brings", "Reply")
    await ana.composer.press("ArrowUp")
    await expect(ana.replying).to_be_hidden()
    await ana.say("Tea at four")
    await expect(ana.replying).to_contain_text("Who brings the cake?")
    await ana.act("Tea at four", "Edit")
    await ana.act("Tea at four", "Reply")
    await expect(ana.page.get_by_text("Editing your message")).to_be_hidden()
    await expect(ana.replying).to_contain_text("Tea at four")
    await ana.page.get_by_role("button", name="Cancel the reply").click()
    await expect(ana.replying).to_be_hidden()
    await expect(ana.composer).to_be_focused()


async def answer_without_a_connection(wired: Wired, bia: ChatPage) -> Wired:
    ana, wire = wired
    await bia.say("Who brings the cake?")
    await ana.expect_lines("Who brings the cake?")
    await wire.cut()
    await ana.act("Who brings", "Reply")
    await ana.say("I do")
    return ana, wire


async def test_an_answer_waits_for_the_connection_with_its_quote(
    wired: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = await answer_without_a_connection(wired, bia)
    await expect(ana.pending.locator(".quote")).to_contain_text("Who brings the cake?")
    await ana.page.reload()
    await expect(ana.pending.locator(".quote")).to_contain_text("Who brings the cake?")
    wire.mend()
    await bia.expect_lines("Who brings the cake?", "I do")
    await expect(bia.quote("I do")).to_contain_text("Who brings the cake?")
    assert theatre.do("answered", cast.garden.id) == [None, 1]


async def test_an_answer_to_what_was_deleted_meanwhile_says_so_and_can_go_without(
    wired: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = await answer_without_a_connection(wired, bia)
    theatre.do("delete", cast.garden.id, cast.bia.id, 1)
    wire.mend()
    failed = ana.page.locator("#lines > [data-state=failed]")
    await expect(failed).to_contain_text(GONE)
    await expect(failed.locator(".quote")).to_contain_text(DELETED)
    await failed.get_by_role("button", name="Send again").click()
    await ana.expect_lines(DELETED, "I do")
    await expect(ana.page.locator(".quote")).to_have_count(0)
    assert theatre.do("answered", cast.garden.id) == [None, None]


async def test_an_answer_in_the_making_is_told_when_its_original_goes(
    ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    await bia.say("Who brings the cake?")
    await ana.act("Who brings", "Reply")
    await ana.composer.fill("I do")
    theatre.do("delete", cast.garden.id, cast.bia.id, 1)
    await expect(ana.replying).to_contain_text("The message was deleted: what you write now goes without it.")
    await ana.composer.press("Enter")
    await ana.expect_lines(DELETED, "I do")
    assert theatre.do("answered", cast.garden.id) == [None, None]
