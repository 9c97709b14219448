"""What people do to rooms over HTTP is told on all sockets that it concerns, in every process, at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from chat.tests.client import Client
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.scene import EVERYONE, Scene, Stage
from chat.tests.services.redis import RedisServer

AT_ONCE = 1.0  # seconds
NEVER = "3600"  # no regular check helps
COUNT = 8


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, make_stage: Callable[..., Stage], redis_server: RedisServer) -> Stage:
    return make_stage(request.param, REDIS_URL=redis_server.url, REVALIDATE_SECONDS=NEVER)


async def done(visitor: Visitor, path: str, **fields: object) -> Any:
    answer = await visitor.change(path, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def made(scene: Scene, name: str, kind: str = "open", *members: int) -> int:
    """A room of Ana's."""
    room = await done(scene.phone.browser, "/rooms/", name=f"{name} {scene.ana.id}", kind=kind, members=members)
    number: int = room["id"]
    return number


def frames_of(socket: Client, room: int) -> list[dict[str, Any]]:
    return [frame["room"] for frame in socket.events("room") if frame["room"]["id"] == room]


async def told(sockets: list[Client], room: int, **looks: object) -> None:
    """The last word of the room on each of these sockets, within a second."""

    def is_so(socket: Client) -> bool:
        frames = frames_of(socket, room)
        return bool(frames) and looks.items() <= frames[-1].items()

    for socket in sockets:
        await socket.until(lambda socket=socket: is_so(socket), f"it is told of {looks}", seconds=AT_ONCE)  # type: ignore[misc]


def anas(scene: Scene) -> list[Client]:
    return [*scene.phone.sockets, *scene.laptop.sockets]


async def test_a_new_room_is_told_to_its_maker_and_first_members_and_to_nobody_else(
    scene: Scene, join: Connect
) -> None:
    (eve,) = await asyncio.to_thread(scene.stage.people, "eve")
    outside = await join(scene.stage.pair[1], eve.cookie)
    room = await made(scene, "larder", "closed", scene.bia.id)
    await told([*anas(scene), *scene.bias.sockets], room, kind="closed", name=f"larder {scene.ana.id}", read=0)
    assert (await scene.bias.sockets[0].say(EVERYONE, "the last word"))["ok"]
    await outside.sees(EVERYONE, "the last word")
    assert frames_of(outside, room) == []


async def test_joining_and_leaving_are_told_on_all_ones_sockets(scene: Scene) -> None:
    room = await made(scene, "square")
    await told(anas(scene), room)  # a socket that learns of the room later is told of it with Bia in it
    await done(scene.bias.browser, f"/rooms/{room}/join/")
    await told(scene.bias.sockets, room, kind="open")
    assert (await scene.bias.sockets[1].say(room, "hello"))["ok"]
    for socket in anas(scene):
        await socket.sees(room, "hello", seconds=AT_ONCE)
        joins = [frame for frame in socket.events("member") if frame["room"] == room]
        assert [(one["user"]["id"], one["in"]) for one in joins][-1] == (scene.bia.id, True)

    await done(scene.bias.browser, f"/rooms/{room}/leave/")
    for socket in scene.bias.sockets:
        await socket.until(lambda socket=socket: room not in socket.rooms, "it is told to be left", seconds=AT_ONCE)  # type: ignore[misc]
    assert (await scene.bias.sockets[0].ask("open", room=room))["error"]["code"] == "not_a_member"


async def test_a_name_and_a_kind_are_told_to_all_members(scene: Scene) -> None:
    room = await made(scene, "square", "open", scene.bia.id)
    await told(scene.bias.sockets, room)
    await done(scene.laptop.browser, f"/rooms/{room}/about/", name="the new square", kind="closed")
    await told([*anas(scene), *scene.bias.sockets], room, name="the new square", kind="closed")


async def test_a_new_topic_is_hinted_at_with_the_room_as_it_is(scene: Scene) -> None:
    room = await made(scene, "square", "open", scene.bia.id)
    await told([*anas(scene), *scene.bias.sockets], room)
    assert (await scene.bias.sockets[0].say(room, "hello"))["ok"]
    await done(scene.bias.browser, f"/rooms/{room}/about/", topic="what it is about")
    for socket in [*anas(scene), *scene.bias.sockets]:
        await socket.until(lambda socket=socket: len(frames_of(socket, room)) == 2, "a hint", seconds=AT_ONCE)  # type: ignore[misc]
        first, second = frames_of(socket, room)
        assert first.keys() == second.keys()
        assert (second["name"], second["position"]) == (first["name"], 1)
        assert second["revision"] > first["revision"]


async def test_an_archived_room_is_left_by_all_and_brought_back_to_all(scene: Scene) -> None:
    room = await made(scene, "square", "open", scene.bia.id)
    await told([*anas(scene), *scene.bias.sockets], room)
    await done(scene.phone.browser, f"/rooms/{room}/about/", archived=True)
    for socket in [*anas(scene), *scene.bias.sockets]:
        await socket.until(lambda socket=socket: room not in socket.rooms, "it is told to be left", seconds=AT_ONCE)  # type: ignore[misc]
    await done(scene.phone.browser, f"/rooms/{room}/about/", archived=False)
    for socket in [*anas(scene), *scene.bias.sockets]:
        await socket.until(lambda socket=socket: room in socket.rooms, "it is told to be back", seconds=AT_ONCE)  # type: ignore[misc]


async def test_the_notify_level_is_told_on_ones_own_sockets_alone(scene: Scene) -> None:
    room = await made(scene, "square", "open", scene.bia.id)
    await told([*anas(scene), *scene.bias.sockets], room, notify="mentions")
    await done(scene.phone.browser, f"/rooms/{room}/notify/", notify="none")
    await told(anas(scene), room, notify="none")
    await scene.bias.sockets[0].say(room, "a fence")
    await scene.bias.sockets[1].sees(room, "a fence")
    assert [len(frames_of(socket, room)) for socket in scene.bias.sockets] == [1, 1]


async def test_a_direct_room_appears_for_all_under_the_others_names(scene: Scene) -> None:
    room = (await done(scene.phone.browser, "/rooms/direct/", users=[scene.bia.id]))["id"]
    await told(anas(scene), room, kind="direct", name=scene.bia.name, notify="all")
    await told(scene.bias.sockets, room, kind="direct", name=scene.ana.name)
    assert (await scene.bias.sockets[1].say(room, "psst"))["ok"]
    for socket in anas(scene):
        await socket.sees(room, "psst", seconds=AT_ONCE)


async def test_of_many_who_ask_for_a_direct_room_at_once_all_get_the_same(scene: Scene) -> None:
    """In two processes, both people at once, in either order."""
    askers = [scene.phone.browser, scene.laptop.browser, scene.bias.browser]
    for asker in askers:
        await asker.token("/account/password/")  # a browser asks for its pages before it sends
    users = {scene.bias.browser: scene.ana.id}
    asked = [
        done(asker, "/rooms/direct/", users=[users.get(asker, scene.bia.id)]) for _ in range(COUNT) for asker in askers
    ]
    rooms = {room["id"] for room in await asyncio.gather(*asked)}
    assert len(rooms) == 1
    await told([*anas(scene), *scene.bias.sockets], rooms.pop())
    hellos = [frame for frame in scene.bias.sockets[0].events("room") if frame["room"]["kind"] == "direct"]
    assert len(hellos) == 1
