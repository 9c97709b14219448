"""Redis is only the doorbell: what happens to it is not allowed to happen to the chat."""

from collections.abc import Callable
from statistics import median
from time import monotonic

import httpx
import pytest
import pytest_asyncio

from chat.tests.client import Client
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import people, run
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

PROMISED_SECONDS = 5.0
AT_ONCE_SECONDS = 1.5  # well below the regular comparison


@pytest.fixture
def redis_of_its_own(make_redis: Callable[[], RedisServer]) -> RedisServer:
    return make_redis()


@pytest.fixture
def site(make_site: Callable[..., Site], database: str, redis_of_its_own: RedisServer) -> Site:
    return make_site(DATABASE_URL=database, REDIS_URL=redis_of_its_own.url)


class Conversation:
    """Ana and Bia in one room, each at a process of her own."""

    def __init__(self, ana: Client, bia: Client, room: int, cookie: str) -> None:
        self.ana = ana
        self.bia = bia
        self.room = room
        self.cookie = cookie

    async def post_and_see(self, body: str) -> tuple[float, float]:
        """Seconds until Ana has her reply, and until Bia has the message."""
        start = monotonic()
        assert (await self.ana.say(self.room, body))["ok"]
        replied = monotonic() - start
        await self.bia.sees(self.room, body)
        return replied, monotonic() - start

    async def median_reply_and_slowest_sight(self, body: str) -> tuple[float, float]:
        times = [await self.post_and_see(f"{body} {number}") for number in range(5)]
        return median(replied for replied, _seen in times), max(seen for _replied, seen in times)


@pytest_asyncio.fixture
async def conversation(site: Site, pair: tuple[Daphne, Daphne], join: Connect) -> Conversation:
    ana, bia = people(site, "ana", "bia", devices=2)
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    both = Conversation(await join(pair[0], ana.cookie), await join(pair[1], bia.cookie), room, ana.cookies[1])
    await both.post_and_see("hello")
    return both


async def ready(server: Daphne) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.get(f"{server.url}/readyz", timeout=10)


async def test_without_redis_posts_are_acknowledged_and_arrive_within_five_seconds(
    conversation: Conversation, redis_of_its_own: RedisServer
) -> None:
    redis_of_its_own.kill()

    for number in range(3):
        replied, seen = await conversation.post_and_see(f"without {number}")
        assert replied < 1
        assert seen < PROMISED_SECONDS


@on_sqlite
async def test_when_redis_is_back_posts_arrive_at_once_again(
    conversation: Conversation, redis_of_its_own: RedisServer
) -> None:
    redis_of_its_own.kill()
    await conversation.post_and_see("without")
    redis_of_its_own.start()
    recovered = monotonic() + 10
    while (await conversation.post_and_see("is it back?"))[1] > AT_ONCE_SECONDS:
        assert monotonic() < recovered, "still slow ten seconds after Redis came back"

    _replied, slowest = await conversation.median_reply_and_slowest_sight("back")

    assert slowest < AT_ONCE_SECONDS


@on_sqlite
async def test_readyz_says_that_redis_is_gone_and_that_it_is_back(site: Site, redis_of_its_own: RedisServer) -> None:
    server = site.daphne()
    assert (await ready(server)).status_code == 200

    redis_of_its_own.kill()
    gone = await ready(server)
    assert gone.status_code == 503
    assert "channel layer" in gone.text.lower().replace("_", " ")

    redis_of_its_own.start()
    assert (await ready(server)).status_code == 200


async def test_a_hung_redis_delays_no_reply_and_no_new_socket(
    conversation: Conversation, redis_of_its_own: RedisServer, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    before, _seen = await conversation.median_reply_and_slowest_sight("before")
    redis_of_its_own.pause()

    during, slowest = await conversation.median_reply_and_slowest_sight("during")
    start = monotonic()
    newcomer = await join(pair[0], conversation.cookie)
    opened = monotonic() - start

    redis_of_its_own.resume()
    assert during < before + 0.25
    assert slowest < PROMISED_SECONDS
    assert opened < 1
    await conversation.ana.sees(conversation.room, "during 4")  # her own line may come behind the reply
    assert newcomer.rooms[conversation.room].bodies == conversation.ana.rooms[conversation.room].bodies


@on_sqlite
async def test_after_a_hang_posts_arrive_at_once_again(
    conversation: Conversation, redis_of_its_own: RedisServer
) -> None:
    redis_of_its_own.pause()
    for number in range(3):
        await conversation.post_and_see(f"during {number}")
    redis_of_its_own.resume()
    recovered = monotonic() + 15
    while (await conversation.post_and_see("is it back?"))[1] > AT_ONCE_SECONDS:
        assert monotonic() < recovered, "still slow fifteen seconds after Redis woke up"

    _replied, slowest = await conversation.median_reply_and_slowest_sight("awake")

    assert slowest < AT_ONCE_SECONDS
