"""Pages that are slow, or that a hanging database keeps, take nothing away from the sockets of their process."""

import asyncio
from collections.abc import Callable

import httpx
import psycopg
import pytest

from chat import conf
from chat.tests.process.conftest import Connect
from chat.tests.process.people import people
from chat.tests.services.postgres import PostgresServer, hanging
from chat.tests.services.site import Site

ROOM = 1
PAGES = 100


@pytest.fixture
def url(postgres_server: PostgresServer, postgres_template: str) -> str:
    """SQLite has neither a pool nor a server that could hang."""
    return postgres_server.url(postgres_server.create(postgres_template))


@pytest.fixture
def small(make_site: Callable[..., Site], url: str) -> Site:
    return make_site(DATABASE_URL=url)


async def waiting(database: psycopg.AsyncConnection, pages: int) -> None:
    """Until at least so many pages wait for a lock."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(30):
        while (await (await database.execute(query)).fetchone() or (0,)) < (pages,):  # noqa: ASYNC110  # nobody rings
            await asyncio.sleep(0.02)


async def test_a_post_is_stored_at_once_while_a_hundred_pages_are_kept_waiting(
    small: Site, url: str, join: Connect
) -> None:
    (ana,) = people(small, "ana")
    server = small.daphne()
    socket = await join(server, ana.cookie)
    async with (
        await psycopg.AsyncConnection.connect(url) as holder,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as watcher,
        httpx.AsyncClient(base_url=server.url, limits=httpx.Limits(max_connections=None), timeout=60) as browser,
    ):
        # Only this page asks that table. Each waits for a second, then is a 503 and makes way for the next.
        await holder.execute("LOCK TABLE chat_installation IN ACCESS EXCLUSIVE MODE")
        pages = [asyncio.create_task(browser.get("/setup/guessed/")) for _ in range(PAGES)]
        await waiting(watcher, conf.PAGES_AT_ONCE)
        assert (await socket.say(ROOM, "hello"))["ok"]
        assert sum(page.done() for page in pages) < PAGES / 4, "it stood in line behind the pages"
        await holder.rollback()
        answers = [answer.status_code for answer in await asyncio.gather(*pages)]
    assert set(answers) <= {404, 503}
    assert answers.count(404) > PAGES / 2, "who waits in line is not sent away"


async def test_a_page_that_the_database_keeps_is_given_up_and_the_process_stays_healthy(small: Site, url: str) -> None:
    (ana,) = people(small, "ana")
    server = small.daphne()
    headers = {"Cookie": f"sessionid={ana.cookie}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as browser:
        assert (await browser.get("/session/")).status_code == 200
        with hanging(url):
            page, path = await asyncio.gather(browser.get("/account/sessions/"), browser.get("/session/"))
            assert (await browser.get("/healthz")).status_code == 200
            assert (await browser.get("/static/chat/css/base.css")).status_code == 200
        assert {page.status_code, path.status_code} <= {200, 503}
        assert 503 in {page.status_code, path.status_code}
        for answer in (page, path):
            if answer.status_code == 503:
                assert answer.headers["Retry-After"]
                assert answer.headers["X-Frame-Options"] == "DENY"
        assert (await browser.get("/session/")).status_code == 200
    assert "Traceback" not in server.log
