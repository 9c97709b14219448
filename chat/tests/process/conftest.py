"""Two daphnes on one Redis and one database, and clients that are closed whatever happens."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import redis

from chat.tests.client import Client
from chat.tests.process.scene import Scene, Stage, set_scene
from chat.tests.services.postgres import PostgresServer
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

Connect = Callable[..., Awaitable[Client]]

# For what the choice of a database makes no difference to.
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def pair(site: Site) -> tuple[Daphne, Daphne]:
    return site.daphne(), site.daphne()


@pytest.fixture(scope="module")
def small_site(template_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What `make run` gives without any service: SQLite, no Redis. One for all tests of a file, which only ask and are refused."""
    directory = tmp_path_factory.mktemp("small")
    shutil.copytree(template_directory, directory, dirs_exist_ok=True)
    site = Site(directory)
    yield site
    site.close()


@pytest.fixture(scope="module")
def make_stage(
    request: pytest.FixtureRequest, template_directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Stage]]:
    """Makes an installation with two processes for all tests of a file, each with people of its own."""
    sites: list[Site] = []

    def make(database: str = "sqlite", **variables: str) -> Stage:
        directory = tmp_path_factory.mktemp("stage")
        (directory / "static").symlink_to(template_directory / "static")
        if database == "postgres":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            variables["DATABASE_URL"] = server.url(server.create(request.getfixturevalue("postgres_template")))
        else:
            shutil.copy(template_directory / "prosa.sqlite3", directory)
        sites.append(Site(directory, **variables))
        return Stage(sites[-1], (sites[-1].daphne(), sites[-1].daphne()))

    yield make
    for site in sites:
        site.close()


@pytest.fixture(scope="session")
def mute_redis_url(redis_server: RedisServer) -> str:
    """The address of the same Redis for processes whose every doorbell is to be lost: they hear, and cannot ring."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.acl_setuser(
            "mute", True, passwords=["+mute"], categories=["+@all"], commands=["-publish"], keys=["*"], channels=["*"]
        )
    return redis_server.url.replace("://", "://mute:mute@")


@pytest_asyncio.fixture
async def scene(stage: Stage, join: Connect) -> AsyncIterator[Scene]:
    """On the stage that the file has set."""
    async with set_scene(stage, join) as scene:
        yield scene


@pytest_asyncio.fixture
async def join() -> AsyncIterator[Connect]:
    """Connects a client: `await join(server, person.cookie)`."""
    clients: list[Client] = []

    async def connect(server: Daphne, cookie: str) -> Client:
        clients.append(Client(server, cookie))
        await clients[-1].connect()
        return clients[-1]

    yield connect
    for client in clients:
        await client.close()
