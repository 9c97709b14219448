"""Whoever sends passwords by the hundred keeps nobody else waiting, and takes little memory."""

import asyncio

import httpx
import pytest

from chat.tests.client import Client
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person, people
from chat.tests.process.raw import costing_less_than
from chat.tests.services.site import Daphne, Site

SIGN_INS = 16
A_PASSWORD_OR_TWO = 250  # MB: Argon2 takes 100 for each


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


@pytest.fixture(scope="module")
def ana(small_site: Site) -> Person:
    return people(small_site, "ana")[0]


async def guess(browser: httpx.AsyncClient, token: str, number: int) -> int:
    fields = {"username": f"somebody{number}", "password": "x", "csrfmiddlewaretoken": token}
    return (await browser.post("/login/", data=fields)).status_code


async def test_pages_and_posts_are_served_before_passwords_that_were_sent_earlier(
    server: Daphne, ana: Person, join: Connect
) -> None:
    client: Client = await join(server, ana.cookie)
    async with Visitor(server, ana.cookie) as page, Visitor(server) as stranger:
        token = await stranger.token("/login/")
        async with httpx.AsyncClient(
            base_url=server.url, cookies=stranger.cookies, headers={"Origin": server.url}, timeout=100
        ) as browser:
            with costing_less_than(server, A_PASSWORD_OR_TWO):
                guesses = [asyncio.create_task(guess(browser, token, number)) for number in range(SIGN_INS)]
                await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
                for number in range(3):
                    assert (await page.get("/account/sessions/")).status_code == 200
                    assert (await client.say(1, f"{number} meanwhile"))["ok"]
                heard = sum(one.done() for one in guesses)
                assert set(await asyncio.gather(*guesses)) == {200}
    assert heard < SIGN_INS / 2, "they stood in line behind the passwords"
