"""axe-core finds nothing to say about any page or dialog, light or dark, on a phone or on a desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe

from chat import urls
from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes import SCENES, Scene, pages
from chat.tests.browser.sheets import DESKTOP, PHONE
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.services.environment import PROJECT
from chat.views.answers import is_json_path

SIZES: dict[str, dict[str, Any]] = {
    "desk": DESKTOP,
    "phone": PHONE,
}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Colours may be on their way from one scheme to the other.
SETTLED = """() => new Promise(requestAnimationFrame)
  .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))"""
# What answers neither with JSON nor with a page of its own: a redirection, words to programs, files.
NO_PAGES = {"emoji", "healthz", "logout", "readyz"} | {
    "file",
    "thumbnail",
    "portrait",
    "portrait-change",
    "portrait-remove",
}


async def violations(page: ChatPage) -> list[str]:
    """What axe-core complains about, in both colour schemes, each with the element that it means."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        await page.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.look(SETTLED)
        outcome = await Axe().run(page.page, options=RULES)
        found += [
            f"{scheme}: {violation['id']}: {node['html']} {node['failureSummary']}"
            for violation in outcome.response["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_axe_has_no_complaint(scene: Scene, size: str, device: MakeDevice, cast: Cast) -> None:
    page = await scene.play(await device(**SIZES[size]), cast)
    assert await violations(page) == []


@pytest.mark.parametrize("size", SIZES)
async def test_axe_has_no_complaint_about_the_first_page_of_all(
    size: str, own_theatre: Theatre, device: MakeDevice
) -> None:
    page = await (await device(**SIZES[size])).tab()
    await page.go(own_theatre.do("setup_path"))
    await page.page.get_by_role("button", name="Make the account").click()
    assert await violations(page) == []


async def test_axe_complains_where_there_is_reason_to(device: MakeDevice, cast: Cast) -> None:
    page = await pages.sign_in(await device(), cast)
    await page.page.evaluate("document.querySelector('label').remove()")
    assert [complaint for complaint in await violations(page) if "label" in complaint]


def test_every_page_has_a_scene() -> None:
    names = {pattern.name for pattern in urls.urlpatterns if not is_json_path(pattern.callback)}
    shown = {name for scene in SCENES for name in scene.shows}
    assert names >= NO_PAGES
    assert names - NO_PAGES - shown == set()


def test_every_dialog_has_a_scene() -> None:
    templates = "".join(path.read_text() for path in (PROJECT / "templates").rglob("*.html"))
    dialogs = set(re.findall(r'<dialog\b[^>]*\bid="([^"]+)"', templates))
    assert "delete-dialog" in dialogs
    assert dialogs - {name for scene in SCENES for name in scene.shows} == set()
