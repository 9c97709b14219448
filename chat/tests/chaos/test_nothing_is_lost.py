"""A thousand messages through two processes while connections break."""

import asyncio

from chat.tests.client import Client
from chat.tests.process.conftest import Connect
from chat.tests.process.equal import assert_equal_to_database
from chat.tests.process.people import people, run
from chat.tests.services.site import Daphne, Site

SOCKETS = 20
POSTS_EACH = 50


async def speak(client: Client, room: int, *, other: Daphne | None) -> list[int]:
    """Post fifty messages, each sent twice; half-way lose the connection and go on at the other server."""
    answers = []
    for number in range(POSTS_EACH):
        answers.append(await client.post(room, f"{number} from {client.cookie[:4]}", times=2))
        if number == POSTS_EACH // 2 and other is not None:
            await client.cut()
            assert client.outbox, "cut while nothing was under way"
            await client.connect(other)
        await asyncio.sleep(0)  # the others speak between
    async with asyncio.timeout(60):
        return [(await answer)["position"] for answer in answers]


async def test_each_of_a_thousand_posts_is_stored_once_and_every_timeline_equals_the_database(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    speakers = people(site, *(f"speaker{number}" for number in range(SOCKETS)))
    room = run(site, "new_room", "busy", [speaker.id for speaker in speakers])
    clients = [await join(pair[number % 2], speaker.cookie) for number, speaker in enumerate(speakers)]

    spoken = [
        speak(client, room, other=pair[(number + 1) % 2] if number % 3 == 0 else None)
        for number, client in enumerate(clients)
    ]
    positions = await asyncio.gather(*spoken)

    total = SOCKETS * POSTS_EACH
    assert sorted(position for mine in positions for position in mine) == list(range(1, total + 1))
    for client in clients:
        await client.holds(room, total)
        for replies in client.replies.values():
            assert len({reply["position"] for reply in replies}) == 1, "one key, one position"
    stored = run(site, "stored", room)
    assert [message["position"] for message in stored] == list(range(1, total + 1))
    assert_equal_to_database(clients, room, stored)
