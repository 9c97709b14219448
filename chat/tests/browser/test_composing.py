"""The composer."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.conftest import Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast


async def test_drafts_are_kept_for_each_room_and_over_a_reload(ana: ChatPage, cast: Cast) -> None:
    await ana.composer.fill("For the garden")
    await ana.enter(cast.kitchen)
    await expect(ana.composer).to_have_value("")
    await ana.composer.fill("For the kitchen")
    await ana.enter(cast.garden)
    await expect(ana.composer).to_have_value("For the garden")
    await ana.page.reload()
    await expect(ana.composer).to_have_value("For the garden")
    await ana.enter(cast.kitchen)
    await expect(ana.composer).to_have_value("For the kitchen")


async def test_a_draft_is_gone_once_it_was_sent(ana: ChatPage) -> None:
    await ana.say("Sent")
    await ana.expect_lines("Sent")
    await ana.page.reload()
    await expect(ana.composer).to_have_value("")


async def test_enter_sends_and_shift_enter_breaks_the_line(ana: ChatPage, bia: ChatPage) -> None:
    height = await ana.composer.evaluate("(input) => input.offsetHeight")
    await ana.composer.press_sequentially("Roses are red")
    await ana.composer.press("Shift+Enter")
    await ana.composer.press_sequentially("violets are blue")
    await expect(ana.composer).to_have_value("Roses are red\nviolets are blue")
    assert await ana.composer.evaluate("(input) => input.offsetHeight") > height
    await ana.composer.press("Enter")
    await expect(ana.composer).to_have_value("")
    assert await ana.composer.evaluate("(input) => input.offsetHeight") == height
    await expect(bia.line("Roses are red").locator("br")).to_have_count(1)


async def test_the_button_sends_as_well(ana: ChatPage) -> None:
    await ana.composer.fill("With a mouse")
    await ana.page.get_by_role("button", name="Send", exact=True).click()
    await ana.expect_lines("With a mouse")


async def test_white_space_alone_is_not_sent(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("   \n ")
    await ana.say("Words")
    await bia.expect_lines("Words")


async def test_arrow_up_in_the_empty_composer_edits_the_last_line_of_ones_own(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("First")
    await ana.say("Secnod")
    await bia.expect_lines("First", "Secnod")
    await bia.say("Third")
    await ana.expect_lines("First", "Secnod", "Third")
    await ana.composer.press("ArrowUp")
    await expect(ana.composer).to_have_value("Secnod")
    await expect(ana.page.get_by_text("Editing your message")).to_be_visible()
    await ana.say("Second")
    await bia.expect_lines("First", "Second", "Third")


async def reach_for_a_line_under_way(wired: Wired) -> Wired:
    ana, wire = wired
    await ana.say("First")
    await ana.expect_lines("First")
    await wire.cut()
    await ana.say("Secnod")
    await ana.composer.press("ArrowUp")
    return ana, wire


async def test_arrow_up_waits_for_the_last_line_while_it_is_on_its_way(wired: Wired) -> None:
    ana, wire = await reach_for_a_line_under_way(wired)
    wire.mend()
    await expect(ana.composer).to_have_value("Secnod")
    await ana.say("Second")
    await ana.expect_lines("First", "Second")


async def test_what_is_written_meanwhile_is_not_taken_for_it(wired: Wired) -> None:
    ana, wire = wired
    await wire.cut()
    await ana.say("First")
    await ana.composer.press("ArrowUp")
    await ana.say("Second")
    wire.mend()
    await ana.expect_lines("First", "Second")
    await expect(ana.composer).to_have_value("")
    await expect(ana.page.get_by_text("Editing your message")).to_be_hidden()


async def test_of_a_line_that_does_not_arrive_it_is_said_why_it_cannot_be_edited(wired: Wired) -> None:
    ana, wire = await reach_for_a_line_under_way(wired)
    await expect(ana.page.locator("#notice")).to_contain_text("still on its way")
    await expect(ana.composer).to_have_value("")
    wire.mend()
    await ana.expect_lines("First", "Secnod")
    await expect(ana.composer).to_have_value("")


async def test_escape_cancels_an_edit(ana: ChatPage) -> None:
    await ana.say("As it was")
    await ana.expect_lines("As it was")
    await ana.composer.press("ArrowUp")
    await ana.composer.fill("As it never became")
    await ana.composer.press("Escape")
    await expect(ana.composer).to_have_value("")
    await expect(ana.composer).to_be_focused()
    await expect(ana.page.get_by_text("Editing your message")).to_be_hidden()
    await ana.page.reload()
    await ana.expect_lines("As it was")


async def test_arrow_up_in_a_text_moves_the_cursor_only(ana: ChatPage) -> None:
    await ana.say("Sent")
    await ana.expect_lines("Sent")
    await ana.composer.fill("Draft")
    await ana.composer.press("ArrowUp")
    await expect(ana.composer).to_have_value("Draft")


async def test_a_begun_edit_outlives_a_reload(ana: ChatPage) -> None:
    await ana.say("As it was")
    await ana.expect_lines("As it was")
    await ana.composer.press("ArrowUp")
    await ana.composer.fill("As it will be")
    await ana.page.reload()
    await expect(ana.composer).to_have_value("As it will be")
    await ana.composer.press("Enter")
    await ana.expect_lines("As it will be")


async def test_a_text_over_the_limit_is_kept_and_told(ana: ChatPage) -> None:
    await ana.say("x" * 10_003)
    await expect(ana.page.get_by_text("3 characters too many")).to_be_visible()
    await expect(ana.composer).to_have_value("x" * 10_003)
    await expect(ana.lines).to_have_count(0)
