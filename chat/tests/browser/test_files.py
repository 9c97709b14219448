"""Files: chosen in three ways, sent, shown and fetched, on a phone and on a desk."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Locator, Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files, document, picture
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.pictures.samples import moving

SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}


@pytest_asyncio.fixture(loop_scope="session", params=SIZES)
async def ana(request: pytest.FixtureRequest, device: MakeDevice, cast: Cast) -> ChatPage:
    """Ana, in the garden, on a phone and on a desk."""
    return await (await device(**SIZES[request.param])).enter(cast.ana, cast.garden)


@pytest.fixture
def files(ana: ChatPage) -> Files:
    return Files(ana)


async def test_files_are_picked_sent_and_seen_by_others(ana: ChatPage, bia: ChatPage, files: Files) -> None:
    await files.pick(picture("kites.png"), document("notes.txt"))
    await expect(files.done).to_have_count(2)
    await expect(files.upload("notes.txt")).to_contain_text("5 bytes")
    assert await ana.overflow() <= 0
    await ana.say("Here they are")
    await ana.expect_lines("Here they are")
    await expect(files.uploads).to_have_count(0)
    await expect(files.tray).to_be_hidden()

    theirs = Files(bia)
    for side in (files, theirs):
        await expect(side.pictures.locator("img")).to_have_attribute("alt", "kites.png")
        await expect(side.documents).to_contain_text("notes.txt")
        await expect(side.documents).to_contain_text("5 bytes")
    assert await ana.overflow() <= 0
    async with bia.page.expect_download() as downloading:
        await theirs.documents.click()
    download = await downloading.value
    assert download.suggested_filename == "notes.txt"
    assert await fetched(bia, files.documents) == b"words"


async def fetched(page: ChatPage, link: Locator) -> bytes:
    answer = await page.page.request.get(page.url + str(await link.get_attribute("href")))
    return await answer.body()


async def test_the_last_of_many_files_is_in_view(ana: ChatPage, files: Files) -> None:
    await files.pick(*(document(f"{number}.txt") for number in range(11)))
    await expect(files.done).to_have_count(10)
    await expect(files.failed).to_be_in_viewport(ratio=0.9)
    assert await ana.overflow() <= 0


async def test_files_are_sent_without_a_word(ana: ChatPage, files: Files, theatre: Theatre, cast: Cast) -> None:
    await files.uploaded(document())
    await ana.page.get_by_role("button", name="Send").click()
    await expect(files.documents).to_contain_text("notes.txt")
    await expect(ana.settled).to_have_count(1)
    assert theatre.stored(cast.garden) == [""]


async def test_a_picture_is_pasted(ana: ChatPage, files: Files) -> None:
    await ana.composer.fill("Look: ")
    assert await files.give("paste", picture("image.png"), to="#body")
    await expect(files.done).to_have_count(1)
    await ana.composer.press("Enter")
    await ana.expect_lines("Look:")
    await expect(files.pictures).to_have_count(1)


async def test_the_picture_that_office_programs_add_to_a_text_is_not_taken(ana: ChatPage, files: Files) -> None:
    assert not await files.give("paste", picture(), to="#body", types=("text/plain", "text/rtf"))
    assert not await files.give("paste", to="#body", types=("text/plain",))
    await expect(files.uploads).to_have_count(0)


async def test_files_are_dropped_anywhere_on_the_page(ana: ChatPage, files: Files) -> None:
    await files.give("dragenter", picture())
    await expect(files.drop_target).to_be_visible()
    await expect(files.drop_target).to_contain_text("Files up to 100 MB")
    assert await files.give("dragover", picture())
    assert await files.give("drop", picture("kites.png"), document("notes.txt"))
    await expect(files.drop_target).to_be_hidden()
    await expect(files.done).to_have_count(2)


async def test_a_folder_is_not_sent_and_that_is_said(ana: ChatPage, files: Files, tmp_path: Path) -> None:
    folder, notes = tmp_path / "pictures", tmp_path / "notes.txt"
    folder.mkdir()
    notes.write_text("words")
    await files.drop(folder, notes)
    await expect(ana.page.get_by_text("Folders cannot be sent. Choose the files in them.")).to_be_visible()
    await expect(files.drop_target).to_be_hidden()
    await expect(files.done).to_have_count(1)
    await expect(files.uploads).to_contain_text("notes.txt")


async def test_who_drags_files_away_again_drops_nothing(ana: ChatPage, files: Files) -> None:
    await files.give("dragenter", picture())
    await files.give("dragleave", picture(), to="#drop")
    await expect(files.drop_target).to_be_hidden()
    assert await files.give("drop", picture()), "or the browser would open the file in place of the page"
    await expect(files.uploads).to_have_count(0)


async def test_words_that_are_dragged_are_the_browsers_business(ana: ChatPage, files: Files) -> None:
    await files.give("dragenter", types=("text/plain",))
    await expect(files.drop_target).to_be_hidden()
    assert not await files.give("drop", types=("text/plain",))


async def test_to_a_message_that_is_edited_nothing_is_attached(ana: ChatPage, files: Files) -> None:
    await ana.say("Tea at for")
    await ana.expect_lines("Tea at for")
    await files.uploaded(document())
    await ana.act("Tea at for", "Edit")
    await expect(files.uploads).to_have_count(0)
    await expect(ana.page.locator("#attach")).to_be_hidden()
    assert not await files.give("paste", picture(), to="#body")
    await files.give("dragenter", picture())
    await expect(files.drop_target).to_be_hidden()
    await ana.composer.press("Escape")
    await expect(files.done).to_have_count(1)  # it waits for the next message


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


async def test_the_files_of_a_message_that_is_taken_out_are_seen_no_more(
    ana: ChatPage, bia: ChatPage, files: Files, theatre: Theatre, cast: Cast
) -> None:
    await files.uploaded(picture(), document())
    await ana.say("Look")
    await ana.expect_lines("Look")
    for page in (ana, bia):
        await expect(Files(page).pictures.locator("img")).to_have_js_property("complete", True)
    theatre.do("take_out", cast.garden.id, 1)
    for page in (ana, bia):
        await expect(page.lines).to_contain_text("This message was deleted.")
        await expect(Files(page).pictures).to_have_count(0)
        await expect(Files(page).documents).to_have_count(0)
    assert theatre.do("files", cast.garden.id) == []


async def test_who_only_listens_hears_what_the_files_are_called(ana: ChatPage, bia: ChatPage, files: Files) -> None:
    await files.uploaded(document("minutes.txt"), document("plan.txt"))
    await ana.page.get_by_role("button", name="Send").click()
    await expect(bia.page.locator("#announcer")).to_contain_text("Ana Souza: minutes.txt, plan.txt")
    await expect(ana.page.locator("#announcer")).to_contain_text("minutes.txt is uploaded.")
