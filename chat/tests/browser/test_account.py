"""One's own account, as one sees it and as others do."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.test_looks import LUMINANCE, PHONE
from chat.tests.browser.theatre import Cast

WIDE = {"viewport": {"width": 1280, "height": 800}}
SCREENS = [pytest.param(PHONE, id="phone"), pytest.param(WIDE, id="wide")]


async def open_account(page: ChatPage) -> None:
    """From the room, by the menu under one's name."""
    opener = page.page.get_by_role("button", name="Rooms", exact=True)
    if await opener.is_visible():
        await opener.click()
    await page.own_menu.click()
    await page.page.get_by_role("link", name="Your account").click()
    await expect(page.page.get_by_role("heading", name="Your account")).to_be_visible()


async def save(page: ChatPage, button: str = "Save") -> None:
    await page.page.get_by_role("button", name=button).click()
    await expect(page.page.get_by_role("status")).to_be_visible()


@pytest.mark.parametrize("options", SCREENS)
@pytest.mark.parametrize(("scheme", "theme", "is_dark"), [("light", "Dark", True), ("dark", "Light", False)])
async def test_the_colours_one_chooses_hold_whatever_the_system_says(
    device: MakeDevice, cast: Cast, options: dict[str, object], scheme: str, theme: str, is_dark: bool
) -> None:
    ana = await (await device(color_scheme=scheme, **options)).enter(cast.ana, cast.garden)
    await open_account(ana)
    await ana.page.get_by_label(theme, exact=True).check()
    await save(ana)
    assert (await ana.page.evaluate(LUMINANCE) < 0.2) is is_dark
    await ana.go(cast.garden.path)
    await ana.expect_ready(cast.ana)
    assert (await ana.page.evaluate(LUMINANCE) < 0.2) is is_dark
    await ana.go("/account/")
    await ana.page.get_by_label("As the system").check()
    await save(ana)
    assert (await ana.page.evaluate(LUMINANCE) < 0.2) is (scheme == "dark")


@pytest.mark.parametrize("options", SCREENS)
async def test_the_language_one_chooses_is_spoken_whatever_the_browser_says(
    device: MakeDevice, cast: Cast, options: dict[str, object]
) -> None:
    ana = await (await device(**options)).enter(cast.ana, cast.garden)
    await open_account(ana)
    await ana.page.get_by_label("Language").select_option("Português (Brasil)")
    await save(ana)
    await expect(ana.page.get_by_role("status")).to_have_text("Sua conta foi alterada.")
    await ana.go(cast.garden.path)
    await expect(ana.composer).to_have_attribute("placeholder", "Escreva para garden")
    await ana.say("Olá")
    await expect(ana.page.get_by_text("Hoje", exact=True)).to_be_visible()
    await ana.go("/account/")
    await ana.page.get_by_label("Idioma").select_option("O do navegador")
    await save(ana, "Salvar")
    await expect(ana.page.get_by_role("status")).to_have_text("Your account is changed.")


async def test_the_pages_of_the_account_lead_to_one_another(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).enter(cast.ana, cast.garden)
    await open_account(ana)
    for tab, heading in (
        ("Password", "Change password"),
        ("Devices", "Devices signed in"),
        ("Profile", "Your account"),
    ):
        await ana.page.get_by_role("navigation").get_by_role("link", name=tab).click()
        await expect(ana.page.get_by_role("heading", level=1)).to_have_text(heading)
        await expect(ana.page.locator("[aria-current=page]")).to_have_text(tab)
    await ana.page.get_by_role("link", name="Back to the chat").click()
    await expect(ana.heading).to_have_text("garden")


async def test_a_name_that_cannot_be_is_explained_and_kept_in_the_field(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).enter(cast.ana, cast.garden)
    await open_account(ana)
    field = ana.page.get_by_label("Full name")
    await field.fill("Ana\u202eaiB")
    await ana.page.get_by_role("button", name="Save").click()
    await expect(ana.page.get_by_text("This name has characters that cannot stand in a name.")).to_be_visible()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_value("Ana\u202eaiB")
