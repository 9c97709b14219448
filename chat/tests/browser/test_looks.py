"""Narrow and wide, light and dark."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.scenes import SCENES, Scene
from chat.tests.browser.sheets import PHONE
from chat.tests.browser.theatre import Cast, Theatre

LUMINANCE = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3 / 255;
}"""

# What can be pressed but lies beside the window, and is in nothing that scrolls sideways.
BEYOND = """() => {
  const hasBox = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert], .visually-hidden, .skip, pre");
  const isBeyond = ({ left, right, width }) => width > 0 && (left < -1 || right > innerWidth + 1);
  const controls = [...document.querySelectorAll("a, button, input, textarea, summary")].filter(hasBox);
  return controls.filter((one) => isBeyond(one.getBoundingClientRect())).map((one) => one.outerHTML.slice(0, 200));
}"""
# What takes longer than a blink to change.
MOVING = """() => {
  const lasts = (element) => {
    const { transitionDuration, animationDuration } = getComputedStyle(element);
    return [transitionDuration, animationDuration].some((times) => times.split(",").some((time) => parseFloat(time) > 0.01));
  };
  return [...document.querySelectorAll("body *")].filter(lasts).map((element) => element.className || element.tagName);
}"""


async def test_nothing_is_wider_than_a_small_phone(device: MakeDevice, theatre: Theatre, cast: Cast) -> None:
    theatre.posts(
        cast.garden, cast.bia, "x" * 300, "```\n" + "wide code " * 40 + "\n```", f"https://example.org/{'y' * 300}"
    )
    ana = await (await device(**PHONE)).tab()
    await ana.go(cast.garden.path)
    assert await ana.overflow() <= 0
    await ana.sign_in_here(cast.ana)
    await expect(ana.lines).to_have_count(3)
    assert await ana.overflow() <= 0
    assert await ana.timeline.evaluate("(element) => element.scrollWidth - element.clientWidth") <= 0
    for path in ("/account/", "/account/sessions/", "/account/password/"):
        await ana.go(path)
        assert await ana.overflow() <= 0


async def test_on_a_phone_the_rooms_are_in_a_drawer(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(**PHONE)).enter(cast.ana, cast.garden)
    await expect(ana.heading).to_have_text("garden")
    await expect(ana.link(cast.kitchen)).to_be_hidden()
    opener = ana.page.get_by_role("button", name="Rooms", exact=True)
    await opener.click()
    await expect(ana.link(cast.kitchen)).to_be_in_viewport(ratio=1)
    await ana.page.get_by_role("button", name="Close the list of rooms").click()
    await expect(ana.link(cast.kitchen)).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()
    await expect(ana.link(cast.garden)).to_be_focused()
    await ana.page.keyboard.press("Escape")
    await expect(ana.link(cast.kitchen)).to_be_hidden()
    await opener.click()
    await ana.enter(cast.kitchen)
    await expect(ana.link(cast.kitchen)).to_be_hidden()
    assert await ana.overflow() <= 0


async def test_on_a_phone_a_line_is_edited_by_touch(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(**PHONE)).enter(cast.ana, cast.garden)
    await ana.say("Tea at for")
    await ana.expect_lines("Tea at for")
    await ana.act("Tea at for", "Edit")
    await ana.say("Tea at four")
    await ana.expect_lines("Tea at four")


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
async def test_the_pages_are_as_light_or_dark_as_the_system(
    device: MakeDevice, cast: Cast, scheme: str, is_dark: bool
) -> None:
    ana = await (await device(color_scheme=scheme)).tab()
    await ana.go(cast.garden.path)
    assert (await ana.look(LUMINANCE) < 0.2) is is_dark
    await ana.sign_in_here(cast.ana)
    assert (await ana.look(LUMINANCE) < 0.2) is is_dark


@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_nothing_is_cut_off_when_a_page_is_enlarged_four_times(
    scene: Scene, device: MakeDevice, cast: Cast
) -> None:
    """As wide as 1280 pixels are then."""
    page = await scene.play(await device(viewport={"width": 320, "height": 640}), cast)
    assert await page.overflow() <= 0
    assert await page.look(BEYOND) == []


async def test_who_wants_no_motion_sees_none(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(reduced_motion="reduce")).enter(cast.ana, cast.garden)
    await ana.say("Nonsense")
    await ana.expect_lines("Nonsense")
    await ana.act("Nonsense", "Delete")
    assert await ana.look(MOVING) == []
    still = await (await device()).enter(cast.ana, cast.garden)
    assert await still.look(MOVING) != []


async def test_without_colours_of_ones_own_the_field_in_use_is_marked(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(forced_colors="active")).enter(cast.ana, cast.garden)
    box = ana.page.locator(".composer__box")
    await ana.composer.focus()
    assert await box.evaluate("(box) => getComputedStyle(box).outlineStyle") == "solid"
    assert await ana.link(cast.garden).evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
    assert await ana.link(cast.kitchen).evaluate("(link) => getComputedStyle(link).outlineStyle") == "none"
