"""Files: chosen in three ways, sent, shown and fetched, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Locator, expect

from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files, document, picture
from chat.tests.browser.sheets import ana_on_both_screens
from chat.tests.browser.theatre import Cast, Theatre

pytestmark = ana_on_both_screens


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
