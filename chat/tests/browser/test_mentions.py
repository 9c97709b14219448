"""Being called: what one sees of it, and where it is counted."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, on_both_screens
from chat.tests.browser.theatre import Cast, Person, Place, Theatre

BACKGROUND = "(element) => getComputedStyle(element).backgroundColor"


def calls(page: ChatPage, room: Place) -> Locator:
    return page.link(room).locator("[data-part=called]")


async def expect_not_called(page: ChatPage, room: Place) -> None:
    await expect(calls(page, room)).to_have_attribute("hidden", "")  # seen or not: on a phone the list is in a drawer


@on_both_screens
async def test_a_call_is_counted_apart_until_it_is_read(
    device: MakeDevice, cast: Cast, bia: ChatPage, screen: Screen
) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.kitchen)
    await bia.say("nobody in particular")
    await bia.say(f"the soup, @{cast.ana.username}!")
    await bia.say("and @all")
    await ana.expect_unread(cast.garden, 3)
    await expect(calls(ana, cast.garden)).to_have_text("@22 mentions")
    await expect(ana.page).to_have_title(re.compile(r"^\(2\) kitchen"))
    await ana.page.reload()
    await expect(calls(ana, cast.garden)).to_have_text("@22 mentions")
    await expect(ana.page).to_have_title(re.compile(r"^\(2\) kitchen"))
    await ana.go(cast.garden.path)
    await ana.expect_lines("nobody in particular", "the soup, @Ana Souza!", "and @all")
    await expect_not_called(ana, cast.garden)
    await expect(ana.page).to_have_title(re.compile("^garden"))


async def test_ones_own_name_stands_out(ana: ChatPage, bia: ChatPage, cast: Cast) -> None:
    await bia.say(f"@{cast.ana.username} and @{cast.bia.username} and @all and @nobody")
    shown = ana.lines.last.locator(".mention")
    await expect(shown).to_have_text(["@Ana Souza", "@Bia Lima", "@all"])
    mine, anothers, everybody = [await one.evaluate(BACKGROUND) for one in await shown.all()]
    assert mine == everybody != anothers
    own = bia.lines.last.locator(".mention")
    await expect(own).to_have_count(3)
    assert len({await one.evaluate(BACKGROUND) for one in await own.all()}) == 1  # nobody is called by oneself


async def test_whose_account_was_closed_is_named_by_no_message(bia: ChatPage, theatre: Theatre, cast: Cast) -> None:
    await bia.say(f"@{cast.caio.username} or @{cast.ana.username}?")
    await expect(bia.lines.locator(".mention")).to_have_text(["@Ana Souza"])  # it is stored
    theatre.do("join", cast.garden.id, cast.caio.id)
    await bia.say(f"@{cast.caio.username} and @{cast.ana.username}!")
    await expect(bia.lines.locator(".mention")).to_have_text(["@Ana Souza", "@Caio Reis", "@Ana Souza"])
    theatre.do("close_account", cast.caio.id)
    await expect(bia.lines.last).to_contain_text("@Deleted account and @Ana Souza!")
    await expect(bia.lines.locator(".mention")).to_have_text(["@Ana Souza", "@Ana Souza"])
    await bia.page.reload()
    await expect(bia.lines.last).to_contain_text("@Deleted account and @Ana Souza!")


async def test_an_edit_calls_and_a_deletion_takes_it_back(device: MakeDevice, cast: Cast, bia: ChatPage) -> None:
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await bia.say("the soup")
    await ana.expect_unread(cast.garden, 1)
    await expect_not_called(ana, cast.garden)
    await bia.act("the soup", "Edit")
    await bia.say(f"the soup, @{cast.ana.username}")
    await expect(calls(ana, cast.garden)).to_have_text("@11 mention")
    await bia.act("the soup", "Delete")
    await bia.dialog.get_by_role("button", name="Delete").click()
    await expect_not_called(ana, cast.garden)


async def test_what_calls_while_one_is_away_is_counted_when_one_comes_back(
    theatre: Theatre, wired: Wired, cast: Cast
) -> None:
    ana, wire = wired
    await wire.cut()
    theatre.posts(cast.kitchen, cast.bia, "nothing", f"@{cast.ana.username}")
    wire.mend()
    await ana.expect_unread(cast.kitchen, 2)
    await expect(calls(ana, cast.kitchen)).to_have_text("@11 mention")


async def test_a_room_that_may_not_call_is_not_counted(
    theatre: Theatre, device: MakeDevice, cast: Cast, bia: ChatPage
) -> None:
    theatre.do("choose_level", cast.garden.id, cast.ana.id, "none")
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    await bia.say(f"@{cast.ana.username}")
    await ana.expect_unread(cast.garden, 1)
    await expect_not_called(ana, cast.garden)
    await expect(ana.page).to_have_title(re.compile("^kitchen"))


async def test_each_message_to_few_is_for_everybody(theatre: Theatre, device: MakeDevice, cast: Cast) -> None:
    direct = Place(theatre.do("new_room", "", [cast.ana.id, cast.bia.id], "direct"), cast.bia.name)
    ana = await (await device()).enter(cast.ana, cast.kitchen)
    theatre.posts(direct, cast.bia, "psst", "are you there?")
    await ana.expect_unread(direct, 2)
    await expect(ana.page).to_have_title(re.compile(r"^\(2\) kitchen"))
    await expect_not_called(ana, direct)  # the number beside it says it all


async def test_who_is_not_in_the_room_is_not_called(ana: ChatPage, cast: Cast) -> None:
    caio: Person = cast.caio
    await ana.say(f"ask @{caio.username}")
    await ana.expect_lines(f"ask @{caio.username}")
    await expect(ana.lines.locator(".mention")).to_have_count(0)
