"""The parts that tests are run against: all of them real, each started for the tests and gone after them."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from django.db import connections
from django.utils import translation
from playwright.async_api import Browser

from chat.tests.services.chromium import running_chromium
from chat.tests.services.postgres import PostgresServer
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 * 2**30


def pytest_configure() -> None:
    """Let the servers' data lie in memory where there is room: a disk that takes a second for a commit holds SQLite's lock
    longer than others wait for it. What a kill leaves is the same there; no test cuts the power."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores: many tests wait, for a time-out or for one another."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test uses, so that no mark can be forgotten."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & {"make_site", "make_stage", "small_site", "database"}:
            item.add_marker(pytest.mark.process)
        if "chromium" in used:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("django_db") or used & {"db", "transactional_db"}:
            item.add_marker(pytest.mark.data)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is not dropped: the directory or server that holds it goes away with the tests."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """pytest-django's, and PostgreSQL's pool is closed before its database is dropped."""
    yield
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """No test speaks the language of the page before it, which stays active in the thread that answered."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One Redis for all tests. Those that stop or kill it use `make_redis`."""
    server = RedisServer()
    server.start()
    yield server
    server.close()


@pytest.fixture
def make_redis() -> Iterator[Callable[[], RedisServer]]:
    """Starts a Redis of the test's own."""
    servers: list[RedisServer] = []

    def start() -> RedisServer:
        servers.append(RedisServer())
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for all tests, with a database of its own for each that asks for one."""
    server = PostgresServer()
    server.start()
    yield server
    server.close()


@pytest.fixture(scope="session")
def template_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a new installation on SQLite: migrated, static files collected."""
    directory = tmp_path_factory.mktemp("template")
    site = Site(directory)
    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--no-input", "--verbosity=0")
    return directory


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated database to copy."""
    name = postgres_server.create()
    site = Site(tmp_path_factory.mktemp("migration"), DATABASE_URL=postgres_server.url(name))
    site.manage("migrate", "--verbosity=0")
    return name


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, migrated database's DATABASE_URL; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        return server.url(server.create(request.getfixturevalue("postgres_template")))
    template: Path = request.getfixturevalue("template_directory")
    shutil.copy(template / "prosa.sqlite3", tmp_path / "database.sqlite3")
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


@pytest.fixture
def make_site(template_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Makes a new installation with these variables; on SQLite unless it is given a DATABASE_URL."""
    sites: list[Site] = []

    def make(**variables: str) -> Site:
        directory = tmp_path_factory.mktemp("site")
        (directory / "static").symlink_to(template_directory / "static")
        if "DATABASE_URL" not in variables:
            shutil.copy(template_directory / "prosa.sqlite3", directory)
        sites.append(Site(directory, **variables))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def site(make_site: Callable[..., Site], database: str, redis_server: RedisServer) -> Site:
    """A new installation with Redis, once on SQLite and once on PostgreSQL. Start its servers with `site.daphne()`."""
    return make_site(DATABASE_URL=database, REDIS_URL=redis_server.url)


@pytest_asyncio.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A browser of the machine's; each person in a test gets a context of their own."""
    async with running_chromium() as browser:
        yield browser
