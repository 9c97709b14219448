"""Without Redis a process knows only its own people, and learns of the others again when it is back."""

from collections.abc import Callable

import pytest

from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import people, run
from chat.tests.process.test_presence import expect, look
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

EXPIRY_SECONDS = 40.0
DIGEST_SECONDS = 20.0


@pytest.fixture
def redis_of_its_own(make_redis: Callable[[], RedisServer]) -> RedisServer:
    return make_redis()


@pytest.fixture
def site(make_site: Callable[..., Site], database: str, redis_of_its_own: RedisServer) -> Site:
    return make_site(DATABASE_URL=database, REDIS_URL=redis_of_its_own.url)


@on_sqlite
async def test_presence_freezes_expires_and_comes_back_and_the_chat_goes_on(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect, redis_of_its_own: RedisServer
) -> None:
    ana, bia, caio = people(site, "ana", "bia", "caio")
    garden = run(site, "new_room", "garden", [ana.id, bia.id, caio.id])
    looking, neighbour = await join(pair[0], ana.cookie), await join(pair[0], caio.cookie)
    far = await join(pair[1], bia.cookie)
    await look(looking, garden)
    await expect(looking, garden, ana, bia, caio)

    redis_of_its_own.kill()
    assert (await far.say(garden, "without Redis"))["ok"]
    await looking.sees(garden, "without Redis", seconds=5)
    await expect(looking, garden, ana, caio, seconds=EXPIRY_SECONDS)
    await neighbour.cut()
    await expect(looking, garden, ana)

    redis_of_its_own.start()
    await expect(looking, garden, ana, bia, seconds=DIGEST_SECONDS)
