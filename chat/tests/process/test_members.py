"""People who come and go while messages are on the way."""

import asyncio
import itertools
from collections.abc import Callable

import pytest

from chat.tests.client import Client
from chat.tests.process import moves
from chat.tests.process.conftest import Connect
from chat.tests.process.moves import Move, make_garden
from chat.tests.process.scene import EVERYONE, Scene, Stage
from chat.tests.services.redis import RedisServer

AT_ONCE = 1.0  # seconds
NEVER = "3600"  # no regular check helps

on_sqlite = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, make_stage: Callable[..., Stage], redis_server: RedisServer) -> Stage:
    return make_stage(request.param, REDIS_URL=redis_server.url, REVALIDATE_SECONDS=NEVER)


async def talk(client: Client, room: int, *, until: asyncio.Event) -> None:
    for number in itertools.count():
        if until.is_set():
            return
        assert (await client.say(room, f"{number} from {client.cookie[:4]}"))["ok"]


async def told(client: Client, kind: str) -> None:
    await client.until(lambda: client.events(kind), f"a {kind!r} frame arrives")


async def test_who_is_removed_gets_nothing_that_was_posted_after(stage: Stage, join: Connect) -> None:
    ana, bia, caio = stage.people("ana", "bia", "caio", devices=2)
    room = await stage.in_site("new_room", "garden", [ana.id, bia.id, caio.id])
    speakers = [await join(stage.pair[0], ana.cookie), await join(stage.pair[1], bia.cookie)]
    removed = [await join(server, cookie) for server, cookie in zip(stage.pair, caio.cookies, strict=True)]
    enough = asyncio.Event()
    talks = [asyncio.create_task(talk(speaker, room, until=enough)) for speaker in speakers]
    for socket in removed:
        await told(socket, "message")

    last = await stage.in_site("remove", room, [caio.id])
    for socket in removed:
        await told(socket, "left")
    for speaker in speakers:
        await speaker.holds(room, len(speaker.rooms[room].messages) + 20)
    enough.set()
    await asyncio.gather(*talks)

    for socket in removed:
        seen = [frame["revision"] for frame in socket.events("message")]
        assert seen, "the test is void unless messages arrived before"
        assert max(seen) < last


@on_sqlite
@pytest.mark.parametrize("leave", moves.LEAVING.values(), ids=moves.LEAVING)
async def test_who_leaves_is_told_and_then_nothing_more(scene: Scene, leave: Move) -> None:
    garden = await make_garden(scene, "garden", [scene.ana.id, scene.bia.id])
    await garden.is_held(seconds=AT_ONCE)
    await garden.says("before")

    await leave(garden)

    await garden.is_left(seconds=AT_ONCE)
    for socket in garden.anas:
        assert [frame["room"] for frame in socket.events("left")] == [garden.room]
    await garden.refuses_ana()
    await garden.tells_ana_nothing("behind her back")


@on_sqlite
async def test_an_archived_room_is_left_by_all_and_is_there_again_when_it_is_brought_back(scene: Scene) -> None:
    garden = await make_garden(scene, "garden", [scene.ana.id, scene.bia.id])
    await garden.is_held(seconds=AT_ONCE)
    await garden.says("before")

    await moves.archive(garden)
    await garden.is_left(seconds=AT_ONCE)
    await garden.refuses_ana()
    await moves.bring_back(garden)
    await garden.is_held(seconds=AT_ONCE)

    await garden.says("again")
    for socket in garden.anas:
        await socket.sees(garden.room, "again", seconds=AT_ONCE)
        assert socket.rooms[garden.room].bodies == ["before", "again"]


@on_sqlite
@pytest.mark.parametrize("come", moves.COMING.values(), ids=moves.COMING)
async def test_who_is_added_sees_the_room_on_all_sockets_and_then_what_happens_in_it(scene: Scene, come: Move) -> None:
    garden = await make_garden(scene, "garden", [scene.bia.id])
    await garden.tells_ana_nothing("before she came")

    await come(garden)
    await garden.is_held(seconds=AT_ONCE)
    await garden.says("welcome")

    for socket in garden.anas:
        await socket.sees(garden.room, "welcome", seconds=AT_ONCE)
        [room] = [frame["room"] for frame in socket.events("room") if frame["room"]["id"] == garden.room]
        of_garden = [frame for frame in socket.events("message") if frame["room"] == garden.room]
        assert all(frame["revision"] > room["revision"] for frame in of_garden)
    for socket in scene.bias.sockets:
        joins = [frame for frame in socket.events("member") if frame["room"] == garden.room]
        assert [(join["user"]["id"], join["in"]) for join in joins][-1:] == [(scene.ana.id, True)]


@on_sqlite
async def test_who_is_removed_and_added_again_follows_the_room_again(scene: Scene) -> None:
    garden = await make_garden(scene, "garden", [scene.ana.id, scene.bia.id])
    await garden.is_held(seconds=AT_ONCE)

    await moves.remove(garden)
    await garden.is_left(seconds=AT_ONCE)
    await garden.tells_ana_nothing("behind her back")
    await moves.add(garden)
    await garden.is_held(seconds=AT_ONCE)
    await garden.says("welcome back")

    for socket in garden.anas:
        await socket.sees(garden.room, "welcome back", seconds=AT_ONCE)


@on_sqlite
async def test_those_who_stand_outside_learn_nothing_of_it(scene: Scene, join: Connect) -> None:
    garden = await make_garden(scene, "a secret garden", [scene.bia.id])
    (eve,) = await asyncio.to_thread(scene.stage.people, "eve")
    outside = await join(scene.stage.pair[0], eve.cookie)

    await moves.add(garden)
    await moves.remove(garden)
    await garden.says("unheard", EVERYONE)

    await outside.sees(EVERYONE, "unheard")
    assert garden.room not in [frame.get("room") for frame in outside.frames]
    assert "secret" not in str(outside.frames)
