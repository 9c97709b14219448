"""Messages are changed while the server cannot be reached."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

DELETED = "This message was deleted."


async def cut_off(wired: Wired, *lines: str) -> Wired:
    """Ana has said this, and then her page loses its connection for good."""
    ana, wire = wired
    for line in lines:
        await ana.say(line)
    await ana.expect_lines(*lines)
    await wire.cut()
    return wired


async def edit(page: ChatPage, before: str, after: str) -> None:
    await page.act(before, "Edit")
    await page.say(after)


async def delete(page: ChatPage, text: str) -> None:
    await page.act(text, "Delete")
    await page.dialog.get_by_role("button", name="Delete").click()
    await expect(page.dialog).to_be_hidden()


def failed(page: ChatPage) -> Locator:
    return page.page.locator("#lines > [data-state=failed]")


def body(line: Locator) -> Locator:
    return line.locator("[data-part=body]")


async def test_an_edit_entered_before_the_page_is_connected_waits_for_the_connection(
    wired: Wired, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "As it was")
    await ana.composer.press("ArrowUp")
    await ana.composer.fill("As it will be")
    await ana.page.reload()
    await expect(ana.composer).to_have_value("As it will be")
    await ana.composer.press("Enter")
    await expect(ana.composer).to_have_value("")
    await expect(body(ana.pending)).to_have_text("As it will be")
    assert theatre.stored(cast.garden) == ["As it was"]
    wire.mend()
    await ana.expect_lines("As it will be")
    assert theatre.stored(cast.garden) == ["As it will be"]


async def test_edits_and_deletions_outlive_a_reload_and_go_in_order(
    wired: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "Tea at for", "Nonsense")
    await edit(ana, "Tea at for", "Tea at five")
    await edit(ana, "Tea at five", "Tea at four")
    await delete(ana, "Nonsense")
    await ana.say("Bring cake")
    await ana.page.reload()
    await expect(body(ana.pending)).to_have_text(["Tea at four", "Nonsense", "Bring cake"])
    await expect(ana.line("Nonsense")).to_contain_text("being deleted…")
    await expect(ana.line("Nonsense").locator("[data-action]").filter(visible=True)).to_have_count(0)
    await bia.expect_lines("Tea at for", "Nonsense")
    wire.mend()
    for page in (ana, bia):
        await page.expect_lines("Tea at four", DELETED, "Bring cake")
    await ana.page.reload()
    await ana.expect_lines("Tea at four", DELETED, "Bring cake")


async def test_a_change_whose_reply_was_lost_is_made_and_reported_once(
    wired: Wired, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = wired
    await ana.say("Tea at for")
    await ana.say("Nonsense")
    await ana.expect_lines("Tea at for", "Nonsense")
    wire.lose_reply("edit")
    await edit(ana, "Tea at for", "Tea at four")
    await bia.expect_lines("Tea at four", "Nonsense")
    wire.mend()
    await ana.expect_lines("Tea at four", "Nonsense")
    wire.lose_reply("delete")
    await delete(ana, "Nonsense")
    await bia.expect_lines("Tea at four", DELETED)
    wire.mend()
    await ana.expect_lines("Tea at four", DELETED)
    await expect(failed(ana)).to_have_count(0)


async def test_an_edit_of_what_was_deleted_meanwhile_is_refused_with_its_text_kept(
    wired: Wired, device: MakeDevice, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "Tea at for")
    await edit(ana, "Tea at for", "Tea at four")
    phone = await (await device()).enter(cast.ana, cast.garden)
    await delete(phone, "Tea at for")
    await phone.expect_lines(DELETED)
    wire.mend()
    await expect(failed(ana)).to_contain_text("Your change was not saved. This message no longer exists.")
    await expect(body(failed(ana))).to_have_text(DELETED)
    await ana.page.reload()
    await expect(failed(ana).locator("[data-part=refused]")).to_have_text("Tea at four")
    await failed(ana).get_by_role("button", name="Discard the change").click()
    await ana.expect_lines(DELETED)
    await expect(ana.composer).to_be_focused()


async def test_an_edit_does_not_overwrite_what_its_author_wrote_elsewhere_meanwhile(
    wired: Wired, device: MakeDevice, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "Tea at for")
    await edit(ana, "Tea at for", "Tea at four")
    phone = await (await device()).enter(cast.ana, cast.garden)
    await edit(phone, "Tea at for", "Tea at six")
    await phone.expect_lines("Tea at six")
    wire.mend()
    await expect(failed(ana)).to_contain_text("The message was changed elsewhere meanwhile.")
    await expect(body(failed(ana))).to_have_text("Tea at six")
    await phone.expect_lines("Tea at six")
    await failed(ana).get_by_role("button", name="Save it all the same").click()
    for page in (ana, phone):
        await page.expect_lines("Tea at four")


async def test_a_deletion_does_not_hit_what_its_author_wrote_elsewhere_meanwhile(
    wired: Wired, device: MakeDevice, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "Nonsense")
    await delete(ana, "Nonsense")
    phone = await (await device()).enter(cast.ana, cast.garden)
    await edit(phone, "Nonsense", "Wisdom")
    await phone.expect_lines("Wisdom")
    wire.mend()
    await expect(failed(ana)).to_contain_text("This was not deleted. The message was changed elsewhere meanwhile.")
    await failed(ana).get_by_role("button", name="Keep it").click()
    for page in (ana, phone):
        await page.expect_lines("Wisdom")


async def test_a_change_in_a_room_that_is_not_open_is_compared_as_well(
    wired: Wired, device: MakeDevice, cast: Cast
) -> None:
    ana, wire = await cut_off(wired, "Tea at for", "Cake at for")
    await edit(ana, "Tea at for", "Tea at four")
    await edit(ana, "Cake at for", "Cake at four")
    await ana.go(cast.kitchen.path)
    phone = await (await device()).enter(cast.ana, cast.garden)
    await edit(phone, "Tea at for", "Tea at six")
    await phone.expect_lines("Tea at six", "Cake at for")
    wire.mend()
    await phone.expect_lines("Tea at six", "Cake at four")
    await ana.enter(cast.garden)
    await expect(failed(ana).locator("[data-part=refused]")).to_have_text("Tea at four")
    await expect(body(ana.settled)).to_have_text("Cake at four")


async def test_a_deletion_quotes_what_is_read_and_not_its_markup(ana: ChatPage) -> None:
    await ana.say("**Bold** words and `code`, " + "a long story " * 50)
    await ana.act("Bold", "Delete")
    quote = ana.dialog.locator("blockquote")
    await expect(quote).to_contain_text("Bold words and code, a long story")
    await expect(quote).to_contain_text("…")
    assert len(await quote.inner_text()) <= 201
