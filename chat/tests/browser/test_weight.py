"""What a page costs those who open it. How long it takes is measured by `bench/page.py`: here is what no clock decides."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest_asyncio
from playwright.async_api import Response, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast

BYTES = 150_000  # of scripts and styles together, uncompressed
NAMED = "() => [...document.querySelectorAll('script[src], link[rel=modulepreload]')].map((one) => one.src || one.href)"


Answers = list[Response]


def heard(browser: Device) -> Answers:
    """What a browser is answered from now on."""
    answers: Answers = []
    browser.context.on("response", lambda answer: answers.append(answer))
    return answers


@pytest_asyncio.fixture(loop_scope="session")
async def visit(device: MakeDevice, cast: Cast) -> tuple[ChatPage, Answers]:
    """Ana's page of the garden, opened for the first time, and all that it was answered."""
    browser = await device()
    answers = heard(browser)
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.say("Here I am")
    await ana.expect_lines("Here I am")
    return ana, answers


def of_kind(answers: Answers, ending: str) -> Answers:
    return [answer for answer in answers if urlsplit(answer.url).path.endswith(ending)]


async def test_scripts_and_styles_of_a_room_stay_within_their_budget(visit: tuple[ChatPage, Answers]) -> None:
    _ana, answers = visit
    sizes = {kind: [len(await one.body()) for one in of_kind(answers, kind)] for kind in (".js", ".css")}
    assert all(len(found) > 1 for found in sizes.values())
    assert sum(map(sum, sizes.values())) < BYTES


async def test_no_script_is_found_by_reading_another(visit: tuple[ChatPage, Answers]) -> None:
    ana, answers = visit
    named: list[str] = await ana.page.evaluate(NAMED)
    assert len(named) == len(set(named))
    assert sorted(one.url for one in of_kind(answers, ".js")) == sorted(named)


async def test_nothing_is_asked_for_twice(visit: tuple[ChatPage, Answers]) -> None:
    _ana, answers = visit
    files = [answer.url for kind in (".js", ".css") for answer in of_kind(answers, kind)]
    assert len(files) == len(set(files))


async def test_the_sign_in_page_loads_nothing_of_the_rooms(device: MakeDevice) -> None:
    browser = await device()
    answers = heard(browser)
    page = await browser.tab()
    await page.go("/login/")
    await expect(page.page.get_by_label("Username")).to_be_focused()
    scripts = [urlsplit(answer.url).path for answer in of_kind(answers, ".js")]
    assert scripts
    assert [path for path in scripts if "/state/" in path or path.startswith("/static/chat/js/main.")] == []
