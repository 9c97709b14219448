"""Two people talk."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast


async def test_two_people_talk_in_both_directions_and_the_history_outlives_a_reload(
    ana: ChatPage, bia: ChatPage
) -> None:
    await ana.say("Good morning, Bia")
    await bia.expect_lines("Good morning, Bia")
    await bia.say("Good morning, Ana")
    for page in (ana, bia):
        await page.expect_lines("Good morning, Bia", "Good morning, Ana")
        await page.page.reload()
        await page.expect_lines("Good morning, Bia", "Good morning, Ana")
        await expect(page.line("Good morning, Bia")).to_contain_text("Ana Souza")


async def test_an_edit_is_seen_by_the_other(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("Tea at for")
    await bia.expect_lines("Tea at for")
    await ana.act("Tea at for", "Edit")
    await ana.say("Tea at four")
    await bia.expect_lines("Tea at four")
    await expect(bia.line("Tea at four").get_by_text("edited")).to_be_visible()
    await expect(ana.composer).to_have_value("")


async def test_a_deletion_is_asked_about_and_seen_by_the_other(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("Nonsense")
    await bia.expect_lines("Nonsense")
    await ana.act("Nonsense", "Delete")
    await expect(ana.dialog).to_contain_text("Nonsense")
    await ana.dialog.get_by_role("button", name="Delete").click()
    for page in (ana, bia):
        await page.expect_lines("This message was deleted.")


async def test_a_deletion_that_was_cancelled_deletes_nothing(ana: ChatPage) -> None:
    await ana.say("Wisdom")
    await ana.expect_lines("Wisdom")
    await ana.act("Wisdom", "Delete")
    await ana.dialog.get_by_role("button", name="Cancel").click()
    await expect(ana.dialog).to_be_hidden()
    await ana.page.reload()
    await ana.expect_lines("Wisdom")


async def test_only_ones_own_lines_can_be_edited_and_deleted(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say("Mine")
    await bia.say("Yours")
    await ana.expect_lines("Mine", "Yours")
    await ana.line("Yours").hover()
    for name in ("Edit", "Delete"):
        await expect(ana.line("Yours").get_by_role("button", name=name)).to_have_count(0)
    await ana.line("Mine").hover()
    for name in ("Edit", "Delete"):
        await expect(ana.line("Mine").get_by_role("button", name=name)).to_be_visible()


async def test_who_is_typing_is_shown_until_the_line_arrives(ana: ChatPage, bia: ChatPage) -> None:
    await bia.say("Anything new?")
    await ana.expect_lines("Anything new?")
    await expect(bia.page.locator("#online-count")).to_have_text("2")  # so she has opened the room
    await ana.composer.press_sequentially("Yes")
    await expect(bia.typing).to_have_text("Ana Souza is typing…")
    await ana.composer.press("Enter")
    await bia.expect_lines("Anything new?", "Yes")
    await expect(bia.typing).to_have_text("")
    await expect(ana.typing).to_have_text("")


async def test_who_is_not_in_a_room_sees_nothing_of_it(ana: ChatPage, cast: Cast, device: MakeDevice) -> None:
    caio = await (await device()).tab()
    await caio.sign_in(cast.caio)
    await expect(caio.link(cast.garden)).to_have_count(0)
    answer = await caio.page.request.get(caio.url + cast.garden.path)
    assert answer.status == 404
