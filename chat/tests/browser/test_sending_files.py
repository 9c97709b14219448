"""Sending what files go with, while they are on their way, and from several tabs."""

from __future__ import annotations

import re

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files, document, large
from chat.tests.browser.theatre import Cast

KIB, MIB = 1024, 1024 * 1024


async def test_enter_is_remembered_until_the_files_are_there(ana: ChatPage, files: Files) -> None:
    await files.slow_down(400 * KIB)
    await files.pick(large(size=MIB))
    await ana.say("As soon as it is there")
    await expect(ana.page.locator("#composer-note")).to_have_text("It goes as soon as the files are there.")
    await expect(ana.lines).to_have_count(0)
    await files.as_usual()
    await ana.expect_lines("As soon as it is there")
    await expect(files.documents).to_contain_text("film.mp4")
    await expect(ana.page.locator("#composer-note")).to_have_text("")
    await expect(ana.composer).to_have_value("")


async def test_enter_is_remembered_in_another_room_as_well(
    ana: ChatPage, bia: ChatPage, files: Files, cast: Cast
) -> None:
    await bia.say("Have you filmed it?")
    await ana.act("Have you filmed it?", "Reply")
    await files.slow_down(400 * KIB)
    await files.pick(large(size=MIB))
    await ana.say("As soon as it is")
    await ana.composer.press_sequentially(" there")
    await ana.enter(cast.kitchen)
    await expect(ana.page.locator("#composer-note")).to_have_text("")
    await ana.composer.fill("Meanwhile")
    await files.as_usual()
    await expect(bia.line("As soon as it is there")).to_be_visible()
    await expect(ana.composer).to_have_value("Meanwhile")
    await expect(ana.lines).to_have_count(0)
    await ana.enter(cast.garden)
    await ana.expect_lines("Have you filmed it?", "As soon as it is there")
    await expect(ana.quote("As soon as it is there")).to_contain_text("Have you filmed it?")
    await expect(files.documents).to_contain_text("film.mp4")
    await expect(ana.composer).to_have_value("")


async def test_in_another_room_it_is_told_where_a_file_did_not_make_it(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow("status of 422")
    ana = await browser.enter(cast.ana, cast.garden)
    files = Files(ana)
    await files.slow_down(400 * KIB)
    await files.pick(large("broken.png", MIB, begins=b"\x89PNG\r\n\x1a\n"))
    await ana.say("Look")
    await ana.enter(cast.kitchen)
    await files.as_usual()
    await expect(ana.page.locator("#notice")).to_have_text("garden: A file was not uploaded. Try again, or remove it.")
    await ana.enter(cast.garden)
    await expect(ana.composer).to_have_value("Look")
    await expect(files.failed).to_contain_text("broken.png")


async def test_enter_is_remembered_while_another_line_is_corrected(ana: ChatPage, files: Files) -> None:
    await ana.say("Typpo")
    await ana.expect_lines("Typpo")
    await files.slow_down(400 * KIB)
    await files.pick(large(size=MIB))
    await ana.say("As soon as it is there")
    await ana.act("Typpo", "Edit")
    await ana.composer.fill("Typo")
    await expect(ana.page.locator("#composer-note")).to_have_text("")
    await files.as_usual()
    await expect(ana.line("As soon as it is there")).to_be_visible()
    await expect(ana.composer).to_have_value("Typo")
    await ana.composer.press("Enter")
    await ana.expect_lines("Typo", "As soon as it is there")
    await expect(ana.composer).to_have_value("")


async def test_what_one_tab_has_sent_goes_with_no_other_message(ana: ChatPage, files: Files, cast: Cast) -> None:
    await files.uploaded(document("one.txt"), document("two.txt"))
    other = ChatPage(await ana.page.context.new_page(), ana.url)
    await other.go(cast.garden.path)
    there = Files(other)
    await expect(there.done).to_have_text([re.compile("one.txt"), re.compile("two.txt")])
    await ana.say("From here")
    await expect(there.uploads).to_have_count(0)
    await other.say("From there")
    await ana.expect_lines("From here", "From there")
    await expect(ana.line("From here").locator(".document")).to_have_count(2)
    await expect(files.documents).to_have_count(2)


async def test_what_one_tab_sends_leaves_the_files_of_another_where_they_are(
    ana: ChatPage, files: Files, cast: Cast
) -> None:
    other = ChatPage(await ana.page.context.new_page(), ana.url)
    await other.go(cast.garden.path)
    await other.say("Nothing yet")
    await files.uploaded(document("notes.txt"))
    await other.say("Nothing yet either")
    await ana.expect_lines("Nothing yet", "Nothing yet either")
    await ana.page.reload()
    await expect(files.done).to_contain_text("notes.txt")
