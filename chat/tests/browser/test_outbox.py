"""Lines that the server does not have."""

from __future__ import annotations

from playwright.async_api import WebSocketRoute, expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.watch import SERVER_GONE


async def test_waiting_lines_are_sent_by_nobody_but_their_author(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    browser = await device()
    browser.watch.allow(SERVER_GONE)
    ana = await browser.tab()
    await ana.page.route_web_socket("**/ws/chat/", refuse)
    await ana.sign_in(cast.ana, cast.garden)
    await ana.say("one")
    await ana.say("two")
    await expect(ana.pending).to_have_count(2)
    await ana.sign_out_all_the_same()
    await ana.expect_sign_in()

    bia = await browser.tab()
    await bia.sign_in(cast.bia, cast.garden)
    await bia.say("Only mine")
    await bia.expect_lines("Only mine")
    await bia.sign_out()
    await bia.expect_sign_in()

    again = await browser.tab()
    await again.sign_in(cast.ana, cast.garden)
    await again.expect_lines("Only mine", "one", "two")
    await expect(again.line("one")).to_contain_text("Ana Souza")
    assert theatre.stored(cast.garden) == ["Only mine", "one", "two"]


async def refuse(socket: WebSocketRoute) -> None:
    await socket.close(code=1013)


async def test_a_refused_line_says_why_and_can_be_discarded(ana: ChatPage, cast: Cast, theatre: Theatre) -> None:
    await ana.say("\x00nul")
    failed = ana.page.locator("#lines > [data-state=failed]")
    await expect(failed).to_contain_text("It contains characters that cannot be stored.")
    await ana.say("A later line overtakes nothing that failed")
    await expect(ana.settled).to_have_count(1)
    await failed.get_by_role("button", name="Discard").click()
    await ana.expect_lines("A later line overtakes nothing that failed")
    await ana.page.reload()
    await ana.expect_lines("A later line overtakes nothing that failed")
    assert theatre.stored(cast.garden) == ["A later line overtakes nothing that failed"]


async def test_who_signs_out_with_something_unsent_is_told_and_finds_it_again(
    wired: Wired, cast: Cast, theatre: Theatre
) -> None:
    ana, wire = wired
    await wire.cut()
    await ana.say("one")
    await ana.say("two")
    await ana.sign_out()
    await expect(ana.dialog).to_contain_text("2 messages or changes have not reached the server.")
    await ana.dialog.get_by_role("button", name="Stay signed in").click()
    await expect(ana.pending).to_have_count(2)
    await ana.sign_out_all_the_same()
    await ana.expect_sign_in()
    assert theatre.stored(cast.garden) == []
    wire.mend()
    await ana.sign_in(cast.ana, cast.garden)
    await ana.expect_lines("one", "two")


async def test_a_refused_line_is_pointed_out_from_other_rooms(ana: ChatPage, cast: Cast) -> None:
    mark = ana.link(cast.garden).get_by_text("Something was not sent")
    await ana.say("\x00nul")
    await expect(mark).to_be_attached()
    await ana.enter(cast.kitchen)
    await expect(ana.link(cast.garden).locator("[data-part=failed]")).to_be_visible()
    await expect(ana.link(cast.kitchen).locator("[data-part=failed]")).to_be_hidden()
    await ana.enter(cast.garden)
    await ana.page.get_by_role("button", name="Discard").click()
    await expect(ana.link(cast.garden).locator("[data-part=failed]")).to_be_hidden()


async def test_what_was_written_to_a_room_that_one_was_taken_out_of_can_still_be_read(
    wired: Wired, cast: Cast, theatre: Theatre
) -> None:
    ana, wire = wired
    await wire.cut()
    await ana.say("A long and careful letter")
    theatre.do("leave", cast.garden.id, cast.ana.id)
    wire.mend()
    await expect(ana.link(cast.garden)).to_have_count(0)
    await ana.page.get_by_role("button", name="Not sent").click()
    await expect(ana.dialog).to_contain_text("A long and careful letter")
    await ana.dialog.get_by_role("button", name="Discard").click()
    await expect(ana.dialog).to_be_hidden()
    await expect(ana.page.get_by_role("button", name="Not sent")).to_be_hidden()
    assert theatre.stored(cast.garden) == []
