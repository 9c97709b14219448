"""A site with files, and people who fetch them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chat.tests.process.people import Person, people, run
from chat.tests.process.sender import Sender
from chat.tests.services.site import Daphne, Site


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


_numbers = iter(range(1_000_000))


@pytest.fixture
def cast(small_site: Site, server: Daphne) -> list[Person]:
    """Ana and Bia are in the garden, Caio is not."""
    number = next(_numbers)
    return people(small_site, *(f"{name}{number}" for name in ("ana", "bia", "caio")))


@pytest.fixture
def garden(small_site: Site, cast: list[Person]) -> int:
    room: int = run(small_site, "new_room", "garden", [person.id for person in cast[:2]])
    return room


@pytest_asyncio.fixture
async def ana(server: Daphne, cast: list[Person]) -> AsyncIterator[Sender]:
    async with Sender(server, cast[0].cookie) as sender:
        yield sender


@pytest_asyncio.fixture
async def bia(server: Daphne, cast: list[Person]) -> AsyncIterator[Sender]:
    async with Sender(server, cast[1].cookie) as sender:
        yield sender
