"""In Brazilian Portuguese, and in nothing else beside it."""

from __future__ import annotations

import re

import pytest_asyncio
from babel.messages.pofile import read_po
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import PASSWORD, Cast, Theatre
from chat.tests.services.environment import PROJECT

CATALOGUE = PROJECT / "locale" / "pt_BR" / "LC_MESSAGES" / "django.po"
# All that a page says or may come to say, each piece by itself. What stands on keys is the same in Brazil.
PIECES = """() => {
  const pieces = new Set();
  const take = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) pieces.add(node.parentElement?.tagName === "KBD" ? "" : node.data.trim());
      else if (node.nodeType === Node.ELEMENT_NODE) {
        for (const name of ["aria-label", "title", "placeholder", "alt"]) pieces.add(node.getAttribute(name) ?? "");
        if (node instanceof HTMLTemplateElement) take(node.content);
      }
    }
  };
  take(document.documentElement);
  return [...pieces].filter(Boolean);
}"""


def english() -> set[str]:
    """The texts of the catalogue that read otherwise in Portuguese."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="pt_BR") if message.id]
    return {str(message.id) for message in messages if message.string != message.id}


async def leftovers(page: ChatPage) -> set[str]:
    return set(await page.page.evaluate(PIECES)) & english()


@pytest_asyncio.fixture(loop_scope="session")
async def ana_in_brazil(device: MakeDevice) -> ChatPage:
    return await (await device(locale="pt-BR")).tab()


async def test_the_catalogue_is_where_leftovers_are_looked_up() -> None:
    assert {"Sign in", "New messages"} <= english()


async def test_every_page_speaks_portuguese_to_a_browser_that_asks_for_it(
    ana_in_brazil: ChatPage, cast: Cast, theatre: Theatre
) -> None:
    ana = ana_in_brazil
    theatre.posts(cast.kitchen, cast.bia, "A sopa está pronta", "Venham")
    await ana.go(cast.garden.path)
    await expect(ana.page.locator("html")).to_have_attribute("lang", "pt-br")
    await expect(ana.page.get_by_role("heading", name="Entrar")).to_be_visible()
    assert await leftovers(ana) == set()
    await ana.page.locator("[name=username]").fill(cast.ana.username)
    await ana.page.locator("[name=password]").fill("errada")
    await ana.page.keyboard.press("Enter")
    await expect(ana.page.get_by_role("alert")).to_be_visible()
    assert await leftovers(ana) == set()
    await ana.page.locator("[name=password]").fill(PASSWORD)
    await ana.page.keyboard.press("Enter")
    await ana.say("Olá")
    await ana.expect_lines("Olá")
    await expect(ana.page.get_by_text("Hoje", exact=True)).to_be_visible()
    await expect(ana.link(cast.kitchen)).to_contain_text("2 mensagens não lidas")
    assert await leftovers(ana) == set()
    for path in ("/account/", "/account/sessions/", "/account/password/"):
        await ana.go(path)
        assert await leftovers(ana) == set()


async def test_a_word_that_means_two_things_is_two_words(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(locale="pt-BR")).enter(cast.ana, cast.garden)
    await ana.page.locator("[data-open=create]").first.click()
    await expect(ana.dialog.get_by_role("radio").first).to_have_accessible_name(re.compile("^Aberta"))
    await ana.page.keyboard.press("Escape")
    await ana.page.locator("[data-open=write]").first.click()
    await expect(ana.dialog.get_by_role("button", name="Abrir")).to_be_visible()


async def test_a_browser_that_asks_for_another_language_is_spoken_to_in_english(device: MakeDevice, cast: Cast) -> None:
    page = await (await device(locale="de-DE")).tab()
    await page.go("/")
    await expect(page.page.get_by_role("heading", name="Sign in")).to_be_visible()
