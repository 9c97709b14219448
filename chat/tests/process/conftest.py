"""Two daphnes on one Redis and one database, and clients that are closed whatever happens."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from chat.tests.client import Client
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
