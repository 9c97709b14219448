"""Who is there, and who is writing, as pages show it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.test_account import SCREENS
from chat.tests.browser.theatre import Cast, Place, Theatre

WITHIN_MS = 8_000  # the grace, and time to be told; well below the minute in which pages ask by themselves
FADED_MS = 10_000


@pytest.fixture
def direct(theatre: Theatre, cast: Cast) -> Place:
    return Place(theatre.room("", cast.ana, cast.bia, kind="direct").id, cast.bia.name)


async def expect_dot(avatar: Locator, *, there: bool) -> None:
    """Whether there is one to be seen."""
    size = "element => getComputedStyle(element, '::after').content === 'none' ? 0 : element.offsetWidth"
    await expect(avatar).to_be_visible()
    if there:
        await expect(avatar).to_contain_class("is-online", timeout=WITHIN_MS)
    else:
        await expect(avatar).not_to_contain_class("is-online", timeout=WITHIN_MS)
    assert bool(await avatar.evaluate(size)) is there


def online(page: ChatPage) -> Locator:
    """How many are on-line, in the room's head."""
    return page.page.locator("#online-count")


@pytest.mark.parametrize("options", SCREENS)
async def test_a_dot_says_who_of_those_one_talks_with_is_there(
    device: MakeDevice, cast: Cast, direct: Place, options: dict[str, Any]
) -> None:
    ana = await (await device(**options)).enter(cast.ana, direct)
    await ana.show_rooms()
    avatar = ana.link(direct).locator(".avatar")
    await expect_dot(avatar, there=False)
    await expect(ana.link(direct).get_by_text("on-line")).to_be_hidden()
    bia = await (await device()).enter(cast.bia, cast.garden)
    await expect_dot(avatar, there=True)
    await expect(ana.link(direct).get_by_text("on-line")).to_be_attached()
    await bia.page.close()
    await expect_dot(avatar, there=False)


async def test_the_dot_is_there_in_other_rooms_as_well_when_the_page_comes(
    device: MakeDevice, cast: Cast, direct: Place, bia: ChatPage
) -> None:
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await expect_dot(ana.link(direct).locator(".avatar"), there=True)


async def test_the_head_says_how_many_are_there(ana: ChatPage, device: MakeDevice, cast: Cast) -> None:
    await expect(online(ana)).to_have_text("1")
    bia = await (await device()).enter(cast.bia, cast.kitchen)
    await expect(online(ana)).to_have_text("2", timeout=WITHIN_MS)
    await expect(ana.page.locator("#online-spoken")).to_have_text("2 on-line")
    await bia.page.close()
    await expect(online(ana)).to_have_text("1", timeout=WITHIN_MS)
    await ana.enter(cast.kitchen)
    await expect(online(ana)).to_have_text("1")


@pytest.mark.parametrize("options", SCREENS)
async def test_the_list_of_members_says_who_is_there_and_follows(
    device: MakeDevice, cast: Cast, options: dict[str, Any]
) -> None:
    ana = await (await device(**options)).enter(cast.ana, cast.garden)
    await ana.page.locator("#room-members").click()
    own, other = (ana.dialog.get_by_role("listitem").filter(has_text=one.name) for one in (cast.ana, cast.bia))
    await expect(own.get_by_text("on-line")).to_be_visible()
    await expect(other.get_by_text("on-line")).to_be_hidden()
    bia = await (await device()).enter(cast.bia, cast.garden)
    await expect(other.get_by_text("on-line")).to_be_visible(timeout=WITHIN_MS)
    await expect_dot(other.locator(".avatar"), there=True)
    await bia.page.close()
    await expect(other.get_by_text("on-line")).to_be_hidden(timeout=WITHIN_MS)


async def test_a_page_that_is_loaded_again_never_seems_to_be_away(ana: ChatPage, bia: ChatPage) -> None:
    await expect(online(ana)).to_have_text("2")
    counts = await ana.page.evaluate_handle(
        """() => {
          const counts = [];
          const count = document.getElementById("online-count");
          new MutationObserver(() => counts.push(count.textContent)).observe(count, {childList: true, characterData: true, subtree: true});
          return counts;
        }"""
    )
    for _ in range(3):
        await bia.page.reload()
        await bia.expect_lines()
    await bia.say("Here I am")
    await ana.expect_lines("Here I am")
    assert await counts.json_value() == []


# -- typing ----------------------------------------------------------------------------------------


async def expect_looking(*pages: ChatPage) -> None:
    """They have opened the room, so that what happens there is told to them."""
    for page in pages:
        await expect(online(page)).to_have_text(str(len(pages)))


async def test_who_stops_in_the_middle_of_a_line_is_not_typing_for_long(ana: ChatPage, bia: ChatPage) -> None:
    await expect_looking(ana, bia)
    await ana.composer.press_sequentially("Well")
    await expect(bia.typing).to_have_text("Ana Souza is typing…")
    await expect(bia.typing).to_have_text("", timeout=FADED_MS)


async def test_whoever_goes_on_typing_is_shown_all_the_while(ana: ChatPage, bia: ChatPage) -> None:
    await expect_looking(ana, bia)
    await ana.composer.press_sequentially("W")
    await expect(bia.typing).to_have_text("Ana Souza is typing…")
    gone = await bia.page.evaluate_handle(
        """() => {
          const gone = [];
          const line = document.getElementById("typing");
          new MutationObserver(() => line.textContent || gone.push("gone")).observe(line, {childList: true, characterData: true, subtree: true});
          return gone;
        }"""
    )
    await ana.composer.press_sequentially("e shall see what comes of it", delay=300)
    assert await gone.json_value() == []


async def test_several_who_type_are_named_or_counted(
    ana: ChatPage, bia: ChatPage, device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    dora = theatre.person("Dora Dias")
    for person in (cast.caio, dora):
        theatre.do("join", cast.garden.id, person.id)
    caio, dora_page = [await (await device()).enter(person, cast.garden) for person in (cast.caio, dora)]
    await expect_looking(ana, bia, caio, dora_page)
    await bia.composer.press_sequentially("I")
    await caio.composer.press_sequentially("Me")
    await expect(ana.typing).to_have_text("Bia Lima and Caio Reis are typing…")
    await dora_page.composer.press_sequentially("And I")
    await expect(ana.typing).to_have_text("Several people are typing…")


async def test_who_closes_the_page_is_not_typing_any_more(ana: ChatPage, bia: ChatPage) -> None:
    await expect_looking(ana, bia)
    await bia.composer.press_sequentially("I have to")
    await expect(ana.typing).to_have_text("Bia Lima is typing…")
    await bia.page.close()
    await expect(ana.typing).to_have_text("", timeout=WITHIN_MS)


async def test_typing_in_one_room_is_not_shown_in_another(ana: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await bia.enter(cast.kitchen)
    await bia.composer.press_sequentially("Soup")
    await ana.enter(cast.kitchen)
    await bia.composer.press_sequentially(", soup, and soup again", delay=250)
    await expect(ana.typing).to_have_text("Bia Lima is typing…")
    await ana.enter(cast.garden)
    await expect(ana.typing).to_have_text("")
