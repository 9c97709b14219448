"""The connection goes away, the server goes away, and not a word is lost."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page, WebSocketRoute, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.watch import SERVER_GONE

SOCKET = "**/ws/chat/"
# Notes when the page lost its socket, and when it said so.
STOPWATCH = """
window.WebSocket = class extends WebSocket {
  constructor(url) {
    super(url);
    this.addEventListener("close", () => { window.lostAt ??= performance.now(); });
  }
};
addEventListener("DOMContentLoaded", () => {
  const bar = document.getElementById("state-bar");
  const told = () => { if (bar.textContent) window.toldAt ??= performance.now(); };
  if (bar) new MutationObserver(told).observe(bar, { childList: true, characterData: true, subtree: true });
});
"""


@pytest_asyncio.fixture(loop_scope="session")
async def devices(device: MakeDevice) -> tuple[Device, Device]:
    """Ana's and Bia's, who will see the server go."""
    both = await device(), await device()
    for one in both:
        one.watch.allow(SERVER_GONE)
    return both


async def enter(devices: tuple[Device, Device], cast: Cast) -> tuple[ChatPage, ChatPage]:
    ana = await devices[0].enter(cast.ana, cast.garden)
    bia = await devices[1].enter(cast.bia, cast.garden)
    await ana.say("Is this on?")
    await bia.expect_lines("Is this on?")
    return ana, bia


async def test_lines_wait_for_a_killed_server_and_go_by_themselves_once_and_in_order(
    own_theatre: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_theatre.daphne.kill()
    for text in ("one", "two", "three"):
        await ana.say(text)
    await expect(ana.pending.locator("[data-part=body]")).to_have_text(["one", "two", "three"])
    await expect(ana.pending.first.locator(".message__body")).not_to_have_css("opacity", "1")
    await expect(ana.state_bar).to_have_text("Connecting again…")
    await expect(bia.state_bar).to_be_visible()
    own_theatre.daphne.start()
    for page in (ana, bia):
        await page.expect_lines("Is this on?", "one", "two", "three")
        await expect(page.state_bar).to_have_text("")
    assert own_theatre.stored(cast.garden) == ["Is this on?", "one", "two", "three"]


async def test_lines_outlive_a_reload_of_the_page_while_the_server_is_gone(
    own_theatre: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_theatre.daphne.kill()
    for text in ("one", "two", "three"):
        await ana.say(text)
    await ana.composer.fill("and a draft")
    await expect(ana.pending).to_have_count(3)
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        await ana.page.reload()
    own_theatre.daphne.start()
    await ana.go(cast.garden.path)
    for page in (ana, bia):
        await page.expect_lines("Is this on?", "one", "two", "three")
    await expect(ana.composer).to_have_value("and a draft")
    assert own_theatre.stored(cast.garden) == ["Is this on?", "one", "two", "three"]


async def test_lines_and_draft_outlive_a_session_that_ended_while_the_server_was_gone(
    own_theatre: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_theatre.daphne.kill()
    await ana.say("one")
    await ana.say("two")
    await ana.composer.fill("and a draft")
    own_theatre.do("revoke", cast.ana.username)
    own_theatre.daphne.start()
    await ana.expect_sign_in()
    assert own_theatre.stored(cast.garden) == ["Is this on?"]
    await ana.sign_in_here(cast.ana)
    for page in (ana, bia):
        await page.expect_lines("Is this on?", "one", "two")
    await expect(ana.composer).to_have_value("and a draft")


async def test_waiting_lines_are_sent_by_nobody_but_their_author(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    browser = await device()
    browser.watch.allow(SERVER_GONE)
    ana = await browser.tab()
    await ana.page.route_web_socket(SOCKET, refuse)
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


async def test_a_page_says_after_one_second_that_it_is_cut_off_and_not_before(
    own_theatre: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana = await devices[0].tab()
    await ana.page.add_init_script(STOPWATCH)
    await ana.sign_in(cast.ana, cast.garden)
    await ana.say("Is this on?")
    await ana.expect_lines("Is this on?")
    own_theatre.daphne.kill()
    await expect(ana.state_bar).to_have_text("Connecting again…")
    assert 1_000 <= await ana.page.evaluate("toldAt - lostAt") < 5_000
    own_theatre.daphne.start()
    await expect(ana.state_bar).to_have_text("")


async def test_a_short_interruption_is_not_mentioned(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).tab()
    await ana.page.add_init_script(STOPWATCH + "Math.random = () => 0;")  # the shortest wait that there is
    sockets = await routed(ana.page)
    await ana.sign_in(cast.ana, cast.garden)
    await ana.say("Is this on?")
    await ana.expect_lines("Is this on?")
    await sockets[0].close(code=4503)
    await ana.say("Still on?")
    await ana.expect_lines("Is this on?", "Still on?")
    assert len(sockets) == 2
    assert await ana.page.evaluate("[typeof lostAt, typeof toldAt]") == ["number", "undefined"]


async def routed(page: Page) -> list[WebSocketRoute]:
    """The page's sockets, each of which the test may cut."""
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    await page.route_web_socket(SOCKET, connect)
    return sockets


async def test_what_others_did_while_one_was_away_is_there_afterwards(
    device: MakeDevice, bia: ChatPage, cast: Cast
) -> None:
    ana = await (await device()).tab()
    away: list[bool] = []
    sockets: list[WebSocketRoute] = []

    async def connect(socket: WebSocketRoute) -> None:
        if away:
            await socket.close(code=1013)
            return
        socket.connect_to_server()
        sockets.append(socket)

    await ana.page.route_web_socket(SOCKET, connect)
    await ana.sign_in(cast.ana, cast.garden)
    await bia.say("Tea at for")
    await bia.say("Nonsense")
    await ana.expect_lines("Tea at for", "Nonsense")
    away.append(True)
    await sockets[0].close(code=1013)
    await bia.act("Tea at for", "Edit")
    await bia.say("Tea at four")
    await bia.act("Nonsense", "Delete")
    await bia.dialog.get_by_role("button", name="Delete").click()
    await expect(bia.line("This message was deleted.")).to_be_visible()
    await bia.say("Bring cake")
    await bia.expect_lines("Tea at four", "This message was deleted.", "Bring cake")
    await ana.expect_lines("Tea at for", "Nonsense")
    away.clear()
    await ana.expect_lines("Tea at four", "This message was deleted.", "Bring cake")


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


async def test_a_chat_on_postgresql_goes_on_where_the_killed_server_left_it(
    own_postgres: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_postgres.daphne.kill()
    await ana.say("one")
    await bia.say("two")
    own_postgres.daphne.start()
    for page in (ana, bia):
        await expect(page.settled).to_have_count(3)
    for page in (ana, bia):
        await page.expect_lines(*own_postgres.stored(cast.garden))
