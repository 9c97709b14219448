"""One browser, one served site, and for each test a cast of its own whose pages are watched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.sending import Files
from chat.tests.browser.sheets import Screen
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.wire import Wire
from chat.tests.services.chromium import running_chromium
from chat.tests.services.postgres import PostgresServer
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

HERE = Path(__file__).parent
EXPECTED_WITHIN_MS = (
    15_000  # less than the regular check of sessions takes: what a doorbell should tell is not told by that
)
STORY = [f"Message {number}." for number in range(1, 301)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser serves all of these tests, and belongs to one event loop."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


MakeDevice = Callable[..., Awaitable[Device]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    expect.set_options(timeout=EXPECTED_WITHIN_MS)
    async with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_theatre(
    template_directory: Path,
    postgres_server: PostgresServer,
    postgres_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Theatre]:
    """For tests that leave the server alone. With a Redis of its own: other tests number their rooms alike."""
    directory = tmp_path_factory.mktemp("theatre")
    (directory / "static").symlink_to(template_directory / "static")
    redis = RedisServer()
    redis.start()
    database = postgres_server.url(postgres_server.create(postgres_template))
    site = Site(directory, REDIS_URL=redis.url, DATABASE_URL=database)
    yield from opened(site)
    site.close()
    redis.close()


@pytest.fixture
def own_theatre(make_site: Callable[..., Site], redis_server: RedisServer) -> Iterator[Theatre]:
    """A site of the test's own, whose server it may kill."""
    yield from opened(make_site(REDIS_URL=redis_server.url))


@pytest.fixture
def own_postgres(
    make_site: Callable[..., Site], redis_server: RedisServer, postgres_server: PostgresServer, postgres_template: str
) -> Iterator[Theatre]:
    """The same on PostgreSQL."""
    database = postgres_server.url(postgres_server.create(postgres_template))
    yield from opened(make_site(REDIS_URL=redis_server.url, DATABASE_URL=database))


def opened(site: Site) -> Iterator[Theatre]:
    theatre = Theatre(site, site.daphne())
    yield theatre
    theatre.close()


@pytest.fixture
def theatre(request: pytest.FixtureRequest) -> Theatre:
    """The site that the pages of a test are of: its own if it asks for one, else the one that all share."""
    own: list[str] = [name for name in ("own_theatre", "own_postgres") if name in request.fixturenames]
    chosen: Theatre = request.getfixturevalue(own[0] if own else "shared_theatre")
    return chosen


@pytest.fixture
def cast(theatre: Theatre) -> Cast:
    return theatre.cast()


@pytest.fixture
def story(theatre: Theatre, cast: Cast) -> Cast:
    """Three hundred messages of Bia's in the garden, all read by Ana."""
    theatre.posts(cast.garden, cast.bia, *STORY)
    theatre.do("read_all", cast.garden.id, cast.ana.id)
    return cast


@pytest_asyncio.fixture(loop_scope="session")
async def device(chromium: Browser, theatre: Theatre) -> AsyncIterator[MakeDevice]:
    """Makes a browser: `await device(locale="pt-BR")`. In the end none may have complained."""
    devices: list[Device] = []

    async def make(**options: Any) -> Device:
        context = await chromium.new_context(**{"locale": "en-GB", **options})
        devices.append(Device(context, theatre))
        return devices[-1]

    yield make
    for one in devices:
        await one.context.close()
    assert [problem for one in devices for problem in one.watch.problems] == []


@pytest.fixture
def anas_screen() -> Screen:
    """`ana_on_both_screens` tries two."""
    return {}


@pytest_asyncio.fixture(loop_scope="session")
async def ana(device: MakeDevice, cast: Cast, anas_screen: Screen) -> ChatPage:
    """Ana, in the garden."""
    return await (await device(**anas_screen)).enter(cast.ana, cast.garden)


@pytest.fixture
def files(ana: ChatPage) -> Files:
    return Files(ana)


@pytest_asyncio.fixture(loop_scope="session")
async def reader(device: MakeDevice, story: Cast) -> ChatPage:
    """Ana, brought to message 100 by a link."""
    return await (await device()).visit(story.ana, story.garden.link(100))


Wired = tuple[ChatPage, Wire]


@pytest_asyncio.fixture(loop_scope="session")
async def wired(device: MakeDevice, cast: Cast) -> Wired:
    """Ana, in the garden, and the wire between her browser and the server."""
    browser = await device()
    wire = await browser.wire()
    return await browser.enter(cast.ana, cast.garden), wire


@pytest_asyncio.fixture(loop_scope="session")
async def bia(device: MakeDevice, cast: Cast) -> ChatPage:
    """Bia, in the garden, on a device of her own."""
    return await (await device()).enter(cast.bia, cast.garden)
