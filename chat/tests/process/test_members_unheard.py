"""Where every doorbell about memberships is lost, and where nothing rang one."""

import asyncio
from collections.abc import Callable

import pytest

from chat.tests.process import moves
from chat.tests.process.conftest import Connect
from chat.tests.process.moves import Move, make_garden
from chat.tests.process.people import people, run
from chat.tests.process.scene import EVERYONE, Scene, Stage
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

REVALIDATE_SECONDS = 1
SECONDS = REVALIDATE_SECONDS + 1.0

LEAVING = moves.LEAVING | {"taken out by SQL": moves.remove_silently}
COMING = moves.COMING | {"put in by SQL": moves.add_silently}


@pytest.fixture(scope="module")
def stage(make_stage: Callable[..., Stage], mute_redis_url: str) -> Stage:
    return make_stage(REDIS_URL=mute_redis_url, REVALIDATE_SECONDS=str(REVALIDATE_SECONDS))


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
async def test_who_leaves_is_refused_at_once_and_told_by_the_regular_check(scene: Scene, leave: Move) -> None:
    garden = await make_garden(scene, "garden", [scene.ana.id, scene.bia.id])
    await garden.is_held(seconds=SECONDS)
    await garden.says("before")

    await leave(garden)

    await garden.refuses_ana()
    await garden.is_left(seconds=SECONDS)
    await garden.tells_ana_nothing("behind her back")


@pytest.mark.parametrize("come", COMING.values(), ids=COMING)
async def test_who_comes_is_heard_at_once_and_told_by_the_regular_check(scene: Scene, come: Move) -> None:
    garden = await make_garden(scene, "garden", [scene.bia.id])
    await come(garden)

    assert (await scene.phone.sockets[0].ask("open", room=garden.room))["ok"]
    await garden.is_held(seconds=SECONDS)
    await garden.says("welcome")
    for socket in garden.anas:
        await socket.sees(garden.room, "welcome")


async def test_a_removal_of_which_the_word_is_lost_comes_before_what_is_posted_after_it(
    make_site: Callable[..., Site], redis_server: RedisServer, mute_redis_url: str, join: Connect
) -> None:
    """Only the word of the removal is lost. What is posted then has a higher revision: the gap gives it away."""
    site = make_site(REDIS_URL=mute_redis_url, REVALIDATE_SECONDS="3600")
    pair = site.daphne(REDIS_URL=redis_server.url), site.daphne(REDIS_URL=redis_server.url)
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    speaking, removed = await join(pair[0], bia.cookie), await join(pair[1], ana.cookie)
    await speaking.say(room, "before")
    await removed.sees(room, "before")

    await asyncio.to_thread(run, site, "remove", room, [ana.id])
    for number in range(20):
        assert (await speaking.say(room, f"{number} behind her back"))["ok"]
    await speaking.say(EVERYONE, "elsewhere")

    await removed.sees(EVERYONE, "elsewhere")
    await removed.until(lambda: room not in removed.rooms, "the removal is told")
    assert "behind her back" not in str(removed.frames)
