"""Two daphnes on one Redis and one database, and clients that are closed whatever happens."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from chat.tests.client import Client
from chat.tests.services.site import Daphne, Site

Connect = Callable[..., Awaitable[Client]]


@pytest.fixture
def pair(site: Site) -> tuple[Daphne, Daphne]:
    return site.daphne(), site.daphne()


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
