"""The server goes away, and not a word is lost."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import RECONNECTED_WITHIN_MS, ChatPage
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.watch import SERVER_GONE


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
    for page in (ana, bia):
        await page.expect_lines("Is this on?")
    return ana, bia


async def colour_of(line: Locator) -> str:
    colour: str = await line.locator(".message__body").evaluate("(body) => getComputedStyle(body).color")
    return colour


async def test_lines_wait_for_a_killed_server_and_go_by_themselves_once_and_in_order(
    own_theatre: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_theatre.daphne.kill()
    for text in ("one", "two", "three"):
        await ana.say(text)
    await expect(ana.pending.locator("[data-part=body]")).to_have_text(["one", "two", "three"])
    settled = await colour_of(ana.settled.first)
    await expect(ana.pending.first.locator(".message__body")).not_to_have_css("color", settled)
    await expect(ana.state_bar).to_have_text("Connecting again…")
    await expect(bia.state_bar).to_be_visible()
    own_theatre.daphne.start()
    for page in (ana, bia):
        await page.expect_reconnected()
        await page.expect_lines("Is this on?", "one", "two", "three")
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


async def test_a_chat_on_postgresql_goes_on_where_the_killed_server_left_it(
    own_postgres: Theatre, devices: tuple[Device, Device], cast: Cast
) -> None:
    ana, bia = await enter(devices, cast)
    own_postgres.daphne.kill()
    await ana.say("one")
    await bia.say("two")
    own_postgres.daphne.start()
    for page in (ana, bia):
        await expect(page.settled).to_have_count(3, timeout=RECONNECTED_WITHIN_MS)
    for page in (ana, bia):
        await page.expect_lines(*own_postgres.stored(cast.garden))
