"""Names of people and emoji, offered while one writes."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, on_both_screens
from chat.tests.browser.theatre import Cast, Theatre


def suggestions(page: ChatPage) -> Locator:
    return page.page.locator("#suggestions")


def offered(page: ChatPage) -> Locator:
    return suggestions(page).locator("[role=option] [data-part=name]")


def chosen(page: ChatPage) -> Locator:
    return suggestions(page).locator("[aria-selected=true] [data-part=name]")


async def write(page: ChatPage, text: str) -> None:
    await page.composer.press_sequentially(text)


@on_both_screens
async def test_a_member_is_found_by_any_part_of_the_name(
    device: MakeDevice, theatre: Theatre, cast: Cast, bia: ChatPage, screen: Screen
) -> None:
    joao = theatre.person("João Ávila")
    theatre.do("join", cast.garden.id, joao.id)
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await write(ana, "Ask @avi")
    await expect(offered(ana)).to_have_text(["João Ávila"])
    await expect(suggestions(ana)).to_be_in_viewport(ratio=1)
    await (offered(ana).tap() if "has_touch" in screen else offered(ana).click())
    await expect(suggestions(ana)).to_be_hidden()
    await expect(ana.composer).to_have_value(f"Ask @{joao.username} ")
    await expect(ana.composer).to_be_focused()
    await write(ana, "please")
    await ana.composer.press("Enter")
    for page in (ana, bia):
        await page.expect_lines("Ask @João Ávila please")


async def test_the_keys_go_through_the_list_and_take_one(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    for name in ("Berta Alves", "Bela Nunes"):
        theatre.do("join", cast.garden.id, theatre.person(name).id)
    await write(ana, "@b")
    await expect(offered(ana)).to_have_text(["Bela Nunes", "Berta Alves", "Bia Lima"])
    await expect(chosen(ana)).to_have_text("Bela Nunes")
    await ana.composer.press("ArrowUp")
    await expect(chosen(ana)).to_have_text("Bia Lima")
    await ana.composer.press("ArrowDown")
    await ana.composer.press("ArrowDown")
    await expect(chosen(ana)).to_have_text("Berta Alves")
    described = await ana.composer.get_attribute("aria-activedescendant")
    await expect(suggestions(ana).locator(f"id={described}")).to_have_attribute("aria-selected", "true")
    await expect(ana.page.locator("#suggested")).to_have_text("3 suggestions")
    await ana.composer.press("Enter")
    await expect(ana.composer).to_have_value(re.compile(r"^@berta\d+ $"))
    await expect(ana.lines).to_have_count(0)
    await write(ana, "and @bi")
    await expect(chosen(ana)).to_have_text("Bia Lima")
    await ana.composer.press("Tab")
    await expect(ana.composer).to_be_focused()
    await expect(ana.composer).to_have_value(re.compile(rf"and @{cast.bia.username} $"))
    assert await ana.composer.get_attribute("aria-activedescendant") is None


async def test_who_has_just_come_is_offered_and_who_has_just_gone_is_not(
    ana: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    members = ana.page.locator("#room-count")
    await write(ana, "Welcome @")
    await expect(offered(ana)).to_have_text(["Bia Lima"])
    await ana.composer.fill("")
    theatre.do("join", cast.garden.id, cast.caio.id)
    await expect(members).to_have_text("3")
    await write(ana, "Welcome @cai")
    await expect(offered(ana)).to_have_text(["Caio Reis"])
    await ana.composer.fill("")
    theatre.do("leave", cast.garden.id, cast.caio.id)
    await expect(members).to_have_text("2")
    await write(ana, "Farewell @")
    await expect(offered(ana)).to_have_text(["Bia Lima"])


async def test_those_who_have_spoken_last_come_first(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    zoe = theatre.person("Zoe Prado")
    theatre.do("join", cast.garden.id, zoe.id)
    await write(ana, "@")
    await expect(offered(ana)).to_have_text(["Bia Lima", "Zoe Prado", "Everybody in this room"])
    await ana.composer.press("Escape")
    await ana.composer.fill("")
    theatre.posts(cast.garden, zoe, "Here I am")
    await ana.expect_lines("Here I am")
    await write(ana, "@")
    await expect(offered(ana)).to_have_text(["Zoe Prado", "Bia Lima", "Everybody in this room"])


async def test_everybody_can_be_called(ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast) -> None:
    await write(ana, "@al")
    await expect(suggestions(ana)).to_be_hidden()  # of two, the other one is everybody
    await ana.composer.fill("")
    theatre.do("join", cast.garden.id, cast.caio.id)
    await expect(ana.page.locator("#room-count")).to_have_text("3")
    await write(ana, "@al")
    await expect(offered(ana)).to_have_text(["Everybody in this room"])
    await ana.composer.press("Enter")
    await write(ana, "look")
    await ana.composer.press("Enter")
    await bia.expect_lines("@all look")
    await expect(bia.lines.locator(".mention")).to_have_attribute("data-user", "all")


async def test_whose_name_calls_everybody_is_not_offered(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    alla, allan = theatre.person("Alla Ivanova"), theatre.person("Allan Gomes")
    theatre.do("choose_username", alla.id, "All.")
    for person in (alla, allan):
        theatre.do("join", cast.garden.id, person.id)
    await expect(ana.page.locator("#room-count")).to_have_text("4")
    await write(ana, "@al")
    await expect(offered(ana)).to_have_text(["Allan Gomes", "Everybody in this room"])


async def test_a_name_that_stands_there_already_keeps_nobody_from_sending(ana: ChatPage, cast: Cast) -> None:
    await write(ana, f"@{cast.bia.username}")
    await expect(offered(ana)).to_have_text(["Bia Lima"])
    await ana.composer.press("Enter")
    await ana.expect_lines("@Bia Lima")
    await expect(ana.composer).to_have_value("")
    await expect(suggestions(ana)).to_be_hidden()


async def test_escape_keeps_what_was_written_and_asks_no_more(ana: ChatPage) -> None:
    await ana.say("First")
    await ana.expect_lines("First")
    await ana.composer.press("ArrowUp")
    await write(ana, " @b")
    await expect(offered(ana)).to_have_count(1)
    await ana.composer.press("Escape")
    await expect(suggestions(ana)).to_be_hidden()
    await expect(ana.page.locator("#editing")).to_be_visible()  # the edit goes on
    await write(ana, "i")
    await expect(ana.composer).to_have_value("First @bi")
    await ana.composer.press("Enter")
    await ana.expect_lines("First @bi")


@on_both_screens
async def test_emoji_are_found_by_their_names(device: MakeDevice, cast: Cast, bia: ChatPage, screen: Screen) -> None:
    ana = await (await device(**screen)).enter(cast.ana, cast.garden)
    await write(ana, "Well done :tad")
    await expect(offered(ana).first).to_have_text(":tada:")
    await expect(suggestions(ana)).to_be_in_viewport(ratio=1)
    await ana.composer.press("Enter")
    await expect(ana.composer).to_have_value("Well done 🎉 ")
    await ana.composer.press("Enter")
    await bia.expect_lines("Well done 🎉")


async def test_emoji_have_the_names_of_the_pages_language(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(locale="pt-BR")).enter(cast.ana, cast.garden)
    await write(ana, ":coracao_v")
    await expect(offered(ana)).to_have_text([":coração_vermelho:", ":coração_verde:"])
    await ana.composer.press("Tab")
    await expect(ana.composer).to_have_value("❤️ ")


async def test_what_is_no_name_is_left_alone(ana: ChatPage) -> None:
    for text in ("mail ana@b", "10:30", "http://b", ":D", "`@b", "```\n@b", "a :"):
        await ana.composer.fill(text)
        await expect(suggestions(ana)).to_be_hidden()
    await ana.composer.fill("")
    await write(ana, "@b")
    await expect(offered(ana)).to_have_count(1)  # it would have been there


async def test_nothing_is_offered_once_one_is_elsewhere(ana: ChatPage, cast: Cast) -> None:
    await write(ana, "@b")
    await expect(offered(ana)).to_have_count(1)
    await ana.enter(cast.kitchen)
    await expect(suggestions(ana)).to_be_hidden()
    await ana.composer.press("Enter")
    await expect(ana.lines).to_have_count(0)
    await ana.enter(cast.garden)
    await expect(ana.composer).to_have_value("@b")


async def test_input_methods_keep_their_keys(ana: ChatPage) -> None:
    await write(ana, "@b")
    await expect(offered(ana)).to_have_count(1)
    await ana.composer.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await expect(ana.composer).to_have_value("@b")
    await expect(offered(ana)).to_have_count(1)


async def test_what_was_taken_can_be_undone(ana: ChatPage, cast: Cast) -> None:
    await write(ana, "@bi")
    await expect(offered(ana)).to_have_count(1)
    await ana.composer.press("Enter")
    await expect(ana.composer).to_have_value(f"@{cast.bia.username} ")
    await ana.composer.press("ControlOrMeta+z")
    await expect(ana.composer).to_have_value("@bi")


async def test_in_a_room_of_many_the_server_is_asked(ana: ChatPage, theatre: Theatre, cast: Cast) -> None:
    theatre.do("fill_room", cast.garden.id, 120)
    await write(ana, "@bia")
    await expect(offered(ana)).to_have_text(["Bia Lima"])


@pytest.mark.parametrize(("key", "marked"), [("b", "**word**"), ("i", "_word_")])
async def test_keys_put_marks_around_what_is_selected(ana: ChatPage, key: str, marked: str) -> None:
    await ana.composer.fill("one word ")
    await ana.composer.evaluate("(input) => input.setSelectionRange(4, 9)")
    await ana.composer.press(f"ControlOrMeta+{key}")
    await expect(ana.composer).to_have_value(f"one {marked} ")
    await ana.composer.press(f"ControlOrMeta+{key}")
    await expect(ana.composer).to_have_value("one word ")
    await ana.composer.fill("")
    await ana.composer.press(f"ControlOrMeta+{key}")
    await write(ana, "word")
    await expect(ana.composer).to_have_value(marked)


async def test_what_can_be_written_is_told_while_one_writes(ana: ChatPage) -> None:
    hint = ana.page.locator(".composer__hint")
    await expect(hint).to_be_hidden()
    await write(ana, "a")
    await expect(hint).to_be_visible()
    await expect(hint).to_contain_text("**bold**")
