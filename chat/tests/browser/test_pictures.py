"""Pictures: small in the room, whole in full view, on a phone and on a desk."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Route, expect

from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files, document, picture
from chat.tests.browser.sheets import ana_on_both_screens
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.pictures.samples import moving

pytestmark = ana_on_both_screens


async def test_pictures_are_shown_in_full_one_after_another(ana: ChatPage, files: Files) -> None:
    await files.uploaded(picture("wide.png", (1_600, 400)), document(), picture("tall.png", (300, 1_500)))
    await ana.say("Look")
    await ana.expect_lines("Look")

    await files.pictures.first.click()
    await expect(files.viewer).to_be_visible()
    image = files.shown
    await expect(image).to_have_js_property("naturalWidth", 1_600)
    await expect(files.viewer).to_contain_text("1 / 2")
    await expect(files.viewer.get_by_role("button", name="Close")).to_be_focused()
    assert await fits(ana, image)

    await ana.page.keyboard.press("ArrowRight")
    await expect(image).to_have_attribute("alt", "tall.png")
    await expect(image).to_have_js_property("naturalHeight", 1_500)
    assert await fits(ana, image)
    await ana.page.keyboard.press("ArrowRight")
    await expect(files.viewer).to_contain_text("2 / 2")
    await files.viewer.get_by_role("button", name="Previous picture").click()
    await expect(image).to_have_attribute("alt", "wide.png")
    await expect(files.viewer.get_by_role("button", name="Previous picture")).to_be_hidden()

    async with ana.page.expect_download() as downloading:
        await files.viewer.get_by_role("link", name="Download").click()
    assert (await downloading.value).suggested_filename == "wide.png"
    await ana.page.keyboard.press("ArrowRight")
    await ana.page.keyboard.press("Escape")
    await expect(files.viewer).to_be_hidden()
    await expect(files.pictures.last).to_be_focused()


async def fits(page: ChatPage, image: Any) -> bool:
    """All of it is within the window."""
    box = await image.bounding_box()
    width, height = await page.page.evaluate("[innerWidth, innerHeight]")
    inside: bool = box["x"] >= 0 and box["y"] >= 0
    return inside and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height


async def test_a_picture_is_opened_by_keyboard_and_closed_by_a_click_beside_it(ana: ChatPage, files: Files) -> None:
    await files.uploaded(picture("small.png", (60, 60)))
    await ana.say("Look")
    await ana.expect_lines("Look")
    await ana.lines.last.focus()
    await expect(files.pictures).to_have_js_property("tabIndex", 0)  # a stop on the way through this message
    await files.pictures.focus()
    await ana.page.keyboard.press("Enter")
    await expect(files.viewer).to_be_visible()
    await ana.page.locator("#viewer-stage").click(position={"x": 5, "y": 5})
    await expect(files.viewer).to_be_hidden()


async def test_what_moves_stands_still_in_the_room_and_moves_in_full_view(
    ana: ChatPage, files: Files, theatre: Theatre, cast: Cast, tmp_path: Path
) -> None:
    path = moving(tmp_path / "cat.gif", "GIF")
    theatre.do("post_files", cast.garden.id, cast.bia.id, "My cat", [str(path)])
    shown = ana.lines.filter(has_text="My cat").locator("[data-picture] img")
    address = await shown.get_attribute("src")
    small = await ana.page.request.get(ana.url + str(address))
    assert small.headers["content-type"] == "image/webp"
    await files.pictures.click()
    await expect(files.shown).to_have_attribute("src", re.compile("/files/"))
    whole = await ana.page.request.get(str(await files.shown.evaluate("(image) => image.src")))
    with Image.open(BytesIO(await whole.body())) as image:
        assert image.n_frames == 3  # type: ignore[attr-defined]


async def test_nothing_moves_when_the_pictures_come(ana: ChatPage, files: Files, cast: Cast, theatre: Theatre) -> None:
    """Each has its place before it is there."""
    await files.uploaded(picture("wide.png", (1_600, 900)), picture("tall.png", (300, 1_200)))
    await ana.say("Look")
    await ana.expect_lines("Look")
    go_on = asyncio.Event()

    async def wait(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await ana.page.route("**/thumbnail/", wait)
    await ana.page.reload()
    await ana.expect_lines("Look")
    image = files.pictures.last.locator("img")
    await expect(image).to_have_js_property("complete", False)
    before = await ana.lines.last.bounding_box()
    go_on.set()
    await expect(image).to_have_js_property("complete", True)
    assert await image.evaluate("(image) => image.naturalWidth > 0")
    assert await ana.lines.last.bounding_box() == before
