"""Lines that the server does not have."""

from __future__ import annotations

from playwright.async_api import WebSocketRoute, expect

from chat.tests.browser.conftest import MakeDevice
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
    await ana.sign_out()
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
