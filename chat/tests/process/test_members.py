"""People who come and go while messages are on the way."""

import asyncio
import itertools

from chat.tests.client import Client
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import people, run
from chat.tests.services.site import Daphne, Site


async def talk(client: Client, room: int, *, until: asyncio.Event) -> None:
    for number in itertools.count():
        if until.is_set():
            return
        assert (await client.say(room, f"{number} from {client.cookie[:4]}"))["ok"]


async def told(client: Client, kind: str) -> None:
    await client.until(lambda: client.events(kind), f"a {kind!r} frame arrives")


async def test_who_is_removed_gets_nothing_that_was_posted_after(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia, caio = people(site, "ana", "bia", "caio", devices=2)
    room = run(site, "new_room", "garden", [ana.id, bia.id, caio.id])
    speakers = [await join(pair[0], ana.cookie), await join(pair[1], bia.cookie)]
    removed = [await join(server, cookie) for server, cookie in zip(pair, caio.cookies, strict=True)]
    enough = asyncio.Event()
    talks = [asyncio.create_task(talk(speaker, room, until=enough)) for speaker in speakers]
    for socket in removed:
        await told(socket, "message")

    last = await asyncio.to_thread(run, site, "remove", room, [caio.id])
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
        assert (await socket.ask("catch_up", room=room, revision=0))["error"]["code"] == "not_a_member"
        refused = await socket.say(room, "let me in")
        assert refused["error"]["code"] == "not_a_member"
    assert "let me in" not in [message["body"] for message in run(site, "stored", room)]


@on_sqlite
async def test_who_is_added_sees_the_room_and_then_what_happens_in_it(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id])
    speaking, added = await join(pair[0], ana.cookie), await join(pair[1], bia.cookie)
    assert room not in added.rooms

    run(site, "add", room, [bia.id])
    await added.until(lambda: room in added.rooms, "the room is told at once", seconds=1)
    await speaking.say(room, "welcome")
    await added.sees(room, "welcome", seconds=1)

    [told] = [frame for frame in added.events("room") if frame["room"]["id"] == room]
    assert all(frame["revision"] > told["room"]["revision"] for frame in added.events("message"))
    joins = [frame for frame in speaking.events("member") if frame["room"] == room]
    assert [(join["user"]["id"], join["in"]) for join in joins] == [(bia.id, True)]


@on_sqlite
async def test_who_is_removed_and_added_again_follows_the_room_again(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    speaking, back = await join(pair[0], ana.cookie), await join(pair[1], bia.cookie)

    run(site, "remove", room, [bia.id])
    await back.until(lambda: room not in back.rooms, "the removal is told", seconds=1)
    await speaking.say(room, "behind her back")
    run(site, "add", room, [bia.id])
    await back.until(lambda: room in back.rooms, "the room is told again", seconds=1)
    await speaking.say(room, "welcome back")

    await back.sees(room, "welcome back", seconds=1)
