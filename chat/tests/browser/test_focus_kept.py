"""Whoever is at something that goes stays where it was: the next key is heard there, and not at the top of the page."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files, picture
from chat.tests.browser.theatre import Cast, Theatre

DELETED = "This message was deleted."


async def test_who_is_within_a_message_that_is_deleted_is_at_what_is_left_of_it(
    ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    await Files(bia).uploaded(picture())
    await bia.say(f"For @{cast.ana.username}")
    await bia.say("And more")
    await ana.expect_lines("For @Ana Souza", "And more")
    await ana.line("For").locator(".mention").focus()
    theatre.do("edit", cast.garden.id, cast.bia.id, 1, "For nobody")
    await expect(ana.line("For nobody")).to_be_focused()
    await ana.line("For nobody").locator("[data-picture]").focus()
    theatre.do("edit", cast.garden.id, cast.bia.id, 1, "For all")
    await expect(ana.line("For all").locator("[data-picture]")).to_be_focused()
    theatre.do("delete", cast.garden.id, cast.bia.id, 1)
    await expect(ana.line(DELETED)).to_be_focused()
    await ana.page.keyboard.press("ArrowDown")
    await expect(ana.line("And more")).to_be_focused()


async def test_who_looks_at_a_picture_that_is_deleted_comes_back_to_where_it_was(
    ana: ChatPage, bia: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    files = Files(ana)
    await Files(bia).uploaded(picture())
    await bia.say("Look")
    await ana.expect_lines("Look")
    await files.pictures.click()
    await expect(files.shown).to_have_js_property("naturalWidth", 800)
    theatre.do("delete", cast.garden.id, cast.bia.id, 1)
    await expect(files.pictures).to_have_count(0)
    await ana.page.keyboard.press("Escape")
    await expect(files.viewer).to_be_hidden()
    await expect(ana.line(DELETED)).to_be_focused()
