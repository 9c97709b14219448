"""Names as people give them: long ones, of one sign, with emoji, from right to left."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from chat import conf
from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import Screen, expect_room, fits, in_the_menu, on_both_screens, press
from chat.tests.browser.theatre import Cast, Theatre

RIGHT_TO_LEFT = "غرفة المطبخ (2024)!"


@on_both_screens
async def test_the_longest_name_of_a_room_pushes_nothing_out_of_view(
    device: MakeDevice, theatre: Theatre, cast: Cast, screen: Screen
) -> None:
    longest = theatre.room("M" * conf.ROOM_NAME_CHARACTERS, cast.ana)
    theatre.do("keep", longest.id, cast.ana.id)
    ana = await (await device(**screen)).enter(cast.ana, longest)
    await expect(ana.page.locator("#beginning")).to_contain_text(longest.name)
    assert await ana.timeline.evaluate("(element) => element.scrollWidth - element.clientWidth") <= 0
    for item in ("Members", "Add people", "Leave the room", "Archive the room"):
        await in_the_menu(ana, item)
        await expect(ana.dialog).to_contain_text(longest.name)
        await fits(ana)
        await ana.page.keyboard.press("Escape")
        await expect_room(ana, longest.name)


async def test_what_is_written_from_right_to_left_is_shown_so_wherever_it_stands(
    device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    writer = theatre.person("محمد (الكبير)")
    kitchen = theatre.room(RIGHT_TO_LEFT, cast.ana, writer)
    theatre.posts(kitchen, writer, "مرحبا")
    theatre.do("reply", kitchen.id, cast.ana.id, 1, "Hello")
    ana = await (await device()).enter(cast.ana, kitchen)
    await in_the_menu(ana, "Edit the room")
    await ana.dialog.get_by_label("Topic").fill("هذا هو الموضوع (مهم).")
    await press(ana, "Save")
    places = ["#room-name", "#room-topic", f"a[data-room='{kitchen.id}'] [data-part=name]", ".message__author"]
    for place in [*places, ".quote__author"]:
        await expect(ana.page.locator(place).first).to_have_css("direction", "rtl")
    icon, topic = [await _left(ana.page.locator(place)) for place in (".room__name", "#room-topic")]
    assert icon == topic


async def _left(element: Locator) -> float:
    left: float = await element.evaluate("(one) => one.getBoundingClientRect().left")
    return left


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana Maria Souza", "AS"),
        ("Ana Souza (garden)", "AG"),
        ("👩‍👩‍👧‍👦 Família 🇧🇷", "F"),
        ("e\N{COMBINING ACUTE ACCENT}", "E\N{COMBINING ACUTE ACCENT}"),
        ("محمد (الكبير)", "ما"),
        ("🇧🇷", "🇧🇷"),
        ("-", "-"),
    ],
)
async def test_initials_are_of_letters_where_there_are_any(
    device: MakeDevice, theatre: Theatre, cast: Cast, name: str, initials: str
) -> None:
    person = theatre.person("Somebody")
    theatre.do("rename", person.id, name)
    theatre.do("join", cast.garden.id, person.id)
    theatre.posts(cast.garden, person, "Here I am")
    ana: ChatPage = await (await device()).enter(cast.ana, cast.garden)
    await expect(ana.lines.locator("[data-part=avatar]")).to_have_text(initials)
