"""Servers that are killed and servers that are stopped, while posts are under way."""

import asyncio

from chat.tests.client import Client
from chat.tests.process.conftest import Connect
from chat.tests.process.equal import assert_equal_to_database
from chat.tests.process.people import people, run
from chat.tests.services.site import Daphne, Site
from chat.tests.timeline import Frame

POSTS = 600  # more than two batches of the writer


async def post_until_the_first_reply(client: Client, room: int) -> list[asyncio.Future[Frame]]:
    answers = [await client.post(room, f"message {number}") for number in range(POSTS)]
    await client.until(lambda: any(answer.done() for answer in answers), "the first reply")
    return answers


async def settled(answers: list[asyncio.Future[Frame]]) -> list[int]:
    async with asyncio.timeout(30):
        return [(await answer)["position"] for answer in answers]


async def test_kill_9_loses_no_acknowledged_post_and_doubles_none(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    clients = [await join(pair[0], ana.cookie), await join(pair[1], bia.cookie)]

    answers = await post_until_the_first_reply(clients[0], room)
    for server in pair:
        server.kill()
    await clients[0].ended()
    acknowledged = [answer.result() for answer in answers if answer.done()]
    assert acknowledged
    assert clients[0].outbox, "killed too late: everything had its reply"

    for server, client in zip(pair, clients, strict=True):
        await asyncio.to_thread(server.start)
        on_disk = run(site, "stored", room)
        assert {reply["position"] for reply in acknowledged} <= {message["position"] for message in on_disk}
        await client.connect()
    positions = await settled(answers)

    stored = run(site, "stored", room)
    assert sorted(positions) == [message["position"] for message in stored] == list(range(1, POSTS + 1))
    assert [stored[position - 1]["body"] for position in positions] == [f"message {n}" for n in range(POSTS)]
    for client in clients:
        await client.holds(room, POSTS)
    assert_equal_to_database(clients, room, stored)


async def test_a_stopped_server_says_so_and_keeps_what_it_acknowledged(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    clients = [await join(pair[0], ana.cookie), await join(pair[0], bia.cookie)]

    answers = await post_until_the_first_reply(clients[0], room)
    status = await asyncio.to_thread(pair[0].terminate)

    assert status == 0
    for client in clients:
        assert await client.ended() == 4503
    acknowledged = [answer.result()["position"] for answer in answers if answer.done()]
    on_disk = {message["position"] for message in run(site, "stored", room)}
    assert acknowledged
    assert on_disk.issuperset(acknowledged)

    for client in clients:
        await client.connect(pair[1])
    positions = await settled(answers)
    stored = run(site, "stored", room)
    assert sorted(positions) == [message["position"] for message in stored] == list(range(1, POSTS + 1))
    for client in clients:
        await client.holds(room, POSTS)
    assert_equal_to_database(clients, room, stored)
