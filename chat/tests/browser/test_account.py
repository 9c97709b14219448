"""One's own account, as one sees it and as others do."""

from __future__ import annotations

import asyncio
from io import BytesIO
from os import urandom

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.test_looks import LUMINANCE
from chat.tests.browser.theatre import Cast
from chat.tests.pictures.samples import halves

SCREENS = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="wide")]


async def open_account(page: ChatPage) -> None:
    """From the room, by the menu under one's name."""
    await page.show_rooms()
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
    assert (await ana.look(LUMINANCE) < 0.2) is is_dark
    await ana.go(cast.garden.path)
    await ana.expect_ready(cast.ana)
    assert (await ana.look(LUMINANCE) < 0.2) is is_dark
    await ana.go("/account/")
    await ana.page.get_by_label("As the system").check()
    await save(ana)
    assert (await ana.look(LUMINANCE) < 0.2) is (scheme == "dark")


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


def noise() -> bytes:
    """A picture as large as a camera's: several times what a form may send."""
    written = BytesIO()
    Image.frombytes("RGB", (1200, 1600), urandom(1200 * 1600 * 3)).save(written, "PNG")
    return written.getvalue()


def two_colours() -> bytes:
    written = BytesIO()
    halves((600, 400)).save(written, "PNG")
    return written.getvalue()


async def choose(page: ChatPage, content: bytes, *, name: str = "me.png", kind: str = "image/png") -> None:
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    await page.page.get_by_label("Choose a picture").set_input_files(file)


async def expect_picture(avatar: Locator, *, there: bool) -> None:
    """Whether it shows a picture, in place of the initials."""
    there_is = "(element) => getComputedStyle(element).backgroundImage.includes('/picture/')"
    await expect(avatar).to_have_css("color", "rgba(0, 0, 0, 0)" if there else "rgb(255, 255, 255)")
    assert await avatar.evaluate(there_is) is there


@pytest.mark.parametrize("options", SCREENS)
async def test_a_picture_is_chosen_replaced_and_removed(
    device: MakeDevice, cast: Cast, options: dict[str, object]
) -> None:
    ana = await (await device(**options)).enter(cast.ana, cast.garden)
    await open_account(ana)
    avatar = ana.page.locator("#avatar")
    await expect(avatar).to_have_text("AS")
    await expect_picture(avatar, there=False)
    for content in (two_colours(), noise()):
        async with ana.page.expect_navigation():  # the page before may say the same already
            await choose(ana, content)
        await expect(ana.page.get_by_role("status")).to_have_text("Your picture is changed.")
        await expect_picture(avatar, there=True)
    await ana.page.get_by_role("button", name="Remove it").click()
    await expect(ana.page.get_by_role("status")).to_have_text("Your picture is removed.")
    await expect_picture(avatar, there=False)


async def test_what_is_no_picture_is_not_even_sent(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).enter(cast.ana, cast.garden)
    await open_account(ana)
    await choose(ana, b"<!doctype html>" + bytes(3_000_000))
    await expect(ana.page.get_by_role("alert")).to_contain_text("This could not be read as a picture")
    await choose(ana, two_colours())
    await expect(ana.page.get_by_role("status")).to_have_text("Your picture is changed.")


async def test_a_picture_that_is_chosen_before_the_script_is_there_goes_as_well(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    held: asyncio.Queue[Route] = asyncio.Queue()
    await browser.context.route("**/account*.js", held.put, times=1)
    await browser.sign_in(cast.ana)
    ana = await browser.tab()
    await ana.page.goto(f"{ana.url}/account/", wait_until="commit")
    late = await held.get()
    await choose(ana, two_colours())
    await late.continue_()
    await expect(ana.page.get_by_role("status")).to_have_text("Your picture is changed.")
    await ana.page.go_back()
    await expect(ana.page.get_by_role("heading", name="Your account")).to_be_visible()
    await expect(ana.page.get_by_label("Choose a picture")).to_have_value("")


async def test_without_its_script_the_page_sends_a_picture_all_the_same(device: MakeDevice, cast: Cast) -> None:
    browser = await device(java_script_enabled=False)
    await browser.sign_in(cast.ana)
    ana = await browser.tab()
    await ana.go("/account/")
    await choose(ana, two_colours())
    await ana.page.get_by_role("button", name="Send it").click()
    await expect(ana.page.get_by_role("status")).to_have_text("Your picture is changed.")
    await choose(ana, b"words", name="me.svg", kind="image/svg+xml")
    await ana.page.get_by_role("button", name="Send it").click()
    await expect(ana.page.get_by_role("alert")).to_contain_text("This could not be read as a picture")


async def test_the_colours_are_tried_on_before_they_are_saved(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device(color_scheme="light")).enter(cast.ana, cast.garden)
    await open_account(ana)
    await ana.page.get_by_label("Dark", exact=True).check()
    await ana.page.wait_for_function(f"() => ({LUMINANCE})() < 0.2")
    await ana.page.get_by_label("As the system").check()
    await ana.page.wait_for_function(f"() => ({LUMINANCE})() > 0.8")
