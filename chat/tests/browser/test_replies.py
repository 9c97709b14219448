"""Answers that quote what they answer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Request, Route, expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

SIZES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
DELETED = "This message was deleted."
GONE = "The message that you answer was deleted meanwhile. Sent again, it goes without the quote."


def quotes_asked_for(page: ChatPage) -> list[str]:
    """The requests for messages that are answered, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "at=" in request.url:
            asked.append(request.url)

    page.page.on("request", note)
    return asked


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


async def test_a_quote_leads_to_the_original_and_going_back_to_the_answer(
    theatre: Theatre, story: Cast, device: MakeDevice
) -> None:
    theatre.do("reply", story.garden.id, story.bia.id, 20, "As I said long ago")
    theatre.do("read_all", story.garden.id, story.ana.id)
    ana = await (await device()).enter(story.ana, story.garden)
    await expect(ana.quote("As I said")).to_contain_text("Bia Lima Message 20.")
    await ana.quote("As I said").click()
    await ana.expect_visited("Message 20.")
    await ana.page.go_back()
    await ana.expect_visited("As I said long ago")
    await ana.expect_whole()


async def test_a_quote_is_reached_and_followed_by_keyboard(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Who brings the cake?")
    await ana.act("Who brings", "Reply")
    await ana.say("I do")
    await ana.expect_lines("Who brings the cake?", "I do")
    await ana.line("I do").focus()
    await ana.page.keyboard.press("Tab")
    await expect(ana.line("I do").locator("[data-part=author]").first).to_be_focused()
    await ana.page.keyboard.press("Tab")
    await expect(ana.quote("I do")).to_be_focused()
    await ana.page.keyboard.press("Enter")
    await ana.expect_visited("Who brings the cake?")


async def test_many_quotes_are_asked_for_at_once_and_once(theatre: Theatre, story: Cast, device: MakeDevice) -> None:
    for position in range(1, 241, 8):
        theatre.do("reply", story.garden.id, story.bia.id, position, f"Answer to {position}.")
    theatre.do("read_all", story.garden.id, story.ana.id)
    browser = await device()
    await browser.sign_in(story.ana)
    ana = await browser.tab()
    asked = quotes_asked_for(ana)
    await ana.go(story.garden.path)
    for position in (1, 9, 233):
        await expect(ana.quote(f"Answer to {position}.")).to_contain_text(f"Message {position}.")
    await ana.say("Nothing more is asked for")
    await expect(ana.settled.filter(has_text="Nothing more")).to_have_count(1)
    assert len(asked) == 1


async def test_a_quote_says_what_its_original_says_now(theatre: Theatre, story: Cast, wired: Wired) -> None:
    ana, wire = wired
    for position in (20, 30, 300):
        theatre.do("reply", story.garden.id, story.bia.id, position, f"Answer to {position}.")
    for position in (20, 30, 300):
        await expect(ana.quote(f"Answer to {position}.")).to_contain_text(f"Message {position}.")
    theatre.do("edit", story.garden.id, story.bia.id, 20, "Corrected before your eyes")
    await expect(ana.quote("Answer to 20.")).to_contain_text("Corrected before your eyes")
    await wire.cut()
    theatre.do("delete", story.garden.id, story.bia.id, 30)
    theatre.do("edit", story.garden.id, story.bia.id, 300, "Corrected behind your back")
    wire.mend()
    await expect(ana.quote("Answer to 30.")).to_contain_text(DELETED)
    await expect(ana.quote("Answer to 300.")).to_contain_text("Corrected behind your back")
    await ana.quote("Answer to 30.").click()
    await ana.expect_visited(DELETED)


async def test_a_quote_that_did_not_come_comes_with_the_next_connection(
    theatre: Theatre, story: Cast, device: MakeDevice
) -> None:
    theatre.do("reply", story.garden.id, story.bia.id, 20, "As I said long ago")
    theatre.do("read_all", story.garden.id, story.ana.id)
    browser = await device()
    browser.watch.allow("net::ERR_FAILED")
    wire = await browser.wire()
    await browser.context.route("**/messages/?*at=*", lambda route: route.abort())
    ana = await browser.enter(story.ana, story.garden)
    await expect(ana.quote("As I said")).to_contain_text("…")
    await browser.context.unroute_all()
    await wire.cut()
    wire.mend()
    await expect(ana.quote("As I said")).to_contain_text("Message 20.")


async def test_a_deleted_answer_quotes_nothing(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Who brings the cake?")
    await ana.act("Who brings", "Reply")
    await ana.say("I do")
    await ana.act("I do", "Delete")
    await ana.dialog.get_by_role("button", name="Delete").click()
    await bia.expect_lines("Who brings the cake?", DELETED)
    for page in (ana, bia):
        await expect(page.page.locator(".quote")).to_have_count(0)


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


async def test_the_quote_takes_no_line_more_when_it_comes(theatre: Theatre, story: Cast, device: MakeDevice) -> None:
    theatre.do("reply", story.garden.id, story.bia.id, 20, "As I said long ago")
    theatre.do("read_all", story.garden.id, story.ana.id)
    held: list[Route] = []
    browser = await device(**SIZES["phone"])
    await browser.context.route("**/messages/?*at=*", lambda route: held.append(route))
    ana = await browser.enter(story.ana, story.garden)
    await expect(ana.quote("As I said")).to_contain_text("…")
    before = await ana.line("As I said").bounding_box()
    await held.pop().continue_()
    await expect(ana.quote("As I said")).to_contain_text("Message 20.")
    assert await ana.line("As I said").bounding_box() == before
