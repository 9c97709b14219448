"""What an answer quotes: as it reads now, asked for once, and a way to the original."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Request, Route, expect

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


def quotes_asked_for(page: ChatPage) -> list[str]:
    """The requests for messages that are answered, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "at=" in request.url:
            asked.append(request.url)

    page.page.on("request", note)
    return asked


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
