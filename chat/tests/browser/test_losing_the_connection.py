"""The connection goes away and comes back."""

from __future__ import annotations

from playwright.async_api import Page, WebSocketRoute, expect

from chat.tests.browser.conftest import MakeDevice
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


async def test_a_page_says_after_one_second_that_it_is_cut_off_and_not_before(
    own_theatre: Theatre, device: MakeDevice, cast: Cast
) -> None:
    browser = await device()
    browser.watch.allow(SERVER_GONE)
    ana = await browser.tab()
    await ana.page.add_init_script(STOPWATCH)
    await ana.sign_in(cast.ana, cast.garden)
    await ana.say("Is this on?")
    await ana.expect_lines("Is this on?")
    own_theatre.daphne.kill()
    await expect(ana.state_bar).to_have_text("Connecting again…")
    assert 1_000 <= await ana.page.evaluate("toldAt - lostAt") < 5_000
    own_theatre.daphne.start()
    await ana.expect_reconnected()


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


async def test_a_network_that_goes_away_is_told_of_at_once(device: MakeDevice, cast: Cast, bia: ChatPage) -> None:
    """No socket is closed then: it falls silent, which alone would be noticed much later."""
    browser = await device()
    browser.watch.allow("ERR_INTERNET_DISCONNECTED")
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.say("Is this on?")
    await ana.expect_lines("Is this on?")
    await browser.context.set_offline(True)
    await expect(ana.state_bar).to_have_text("Connecting again…")
    await ana.say("In the tunnel")
    await expect(ana.pending).to_have_count(1)
    await browser.context.set_offline(False)
    await bia.expect_lines("Is this on?", "In the tunnel")
    await expect(ana.state_bar).to_be_empty()
    await ana.expect_lines("Is this on?", "In the tunnel")


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
