"""Who is on-line, whichever process they are at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from chat.tests.client import Client
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import Person, people, run
from chat.tests.services.site import Daphne, Site

SOON_SECONDS = 8.0  # the grace, and time to be told; well below the digest and the expiry
PROMISED_SECONDS = 60.0


def seen(client: Client, room: int) -> set[int]:
    """Who is on-line in a room, as far as a client was told."""
    online: set[int] = set()
    for frame in client.frames:
        if frame.get("room") != room:
            continue
        if frame["type"] == "reply" and "online" in frame:
            online = set(frame["online"])
        elif frame["type"] == "presence":
            online = online - set(frame["offline"]) | set(frame["online"])
    return online


async def expect(client: Client, room: int, *online: Person, seconds: float = SOON_SECONDS) -> None:
    ids = {one.id for one in online}
    await client.until(lambda: seen(client, room) == ids, f"{ids} are on-line", seconds=seconds)


async def look(client: Client, room: int) -> None:
    assert (await client.ask("open", room=room))["ok"]


class Stage:
    """Ana looks at the garden, at the first of two processes; Bia is in it too, Caio is not."""

    def __init__(self, site: Site, pair: tuple[Daphne, Daphne], join: Connect) -> None:
        self.site, self.pair, self.join = site, pair, join
        self.ana, self.bia, self.caio = people(site, "ana", "bia", "caio", devices=2)
        self.garden: int = run(site, "new_room", "garden", [self.ana.id, self.bia.id])

    async def look(self, person: Person, server: Daphne, device: int = 0) -> Client:
        client = await self.join(server, person.cookies[device])
        await look(client, self.garden)
        return client


@pytest.fixture
def stage(site: Site, pair: tuple[Daphne, Daphne], join: Connect) -> Stage:
    return Stage(site, pair, join)


@on_sqlite
async def test_people_see_one_another_across_processes(stage: Stage) -> None:
    ana = await stage.look(stage.ana, stage.pair[0])
    await stage.join(stage.pair[1], stage.caio.cookie)
    bia = await stage.look(stage.bia, stage.pair[1])
    await expect(ana, stage.garden, stage.ana, stage.bia)
    await expect(bia, stage.garden, stage.ana, stage.bia)
    await bia.cut()
    await expect(ana, stage.garden, stage.ana)
    named = {one for frame in ana.events("presence") for one in frame["online"] + frame["offline"]}
    assert named == {stage.bia.id}, "who is not in the room is never named in it"


@on_sqlite
async def test_a_process_that_starts_learns_who_is_there(stage: Stage) -> None:
    await stage.look(stage.ana, stage.pair[0])
    third = await asyncio.to_thread(stage.site.daphne)
    bia = await stage.look(stage.bia, third)
    await expect(bia, stage.garden, stage.ana, stage.bia)


@on_sqlite
async def test_who_goes_to_another_process_was_never_away(stage: Stage) -> None:
    ana = await stage.look(stage.ana, stage.pair[0])
    bia = await stage.look(stage.bia, stage.pair[1])
    await expect(ana, stage.garden, stage.ana, stage.bia)
    before = len(ana.events("presence"))
    stopping = asyncio.create_task(asyncio.to_thread(stage.pair[1].terminate))
    assert await bia.ended() == 4503
    await bia.connect(stage.pair[0])
    assert await stopping == 0
    await bia.cut()
    await expect(ana, stage.garden, stage.ana)
    assert [frame["offline"] for frame in ana.events("presence")[before:]] == [[stage.bia.id]]


@on_sqlite
async def test_the_people_of_a_stopped_process_are_off_line_at_once(stage: Stage) -> None:
    ana = await stage.look(stage.ana, stage.pair[0])
    await stage.look(stage.bia, stage.pair[1])
    await expect(ana, stage.garden, stage.ana, stage.bia)
    await asyncio.to_thread(stage.pair[1].terminate)
    await expect(ana, stage.garden, stage.ana)


@on_sqlite
async def test_the_people_of_a_killed_process_are_off_line_within_a_minute(stage: Stage) -> None:
    """But not who has a device at another process as well."""
    chief, *_ = people(stage.site, "chief", devices=2)
    run(stage.site, "add", stage.garden, [chief.id])
    ana = await stage.look(stage.ana, stage.pair[0])
    await stage.look(stage.bia, stage.pair[1])
    for server, device in zip(stage.pair, range(2), strict=True):
        await stage.look(chief, server, device)
    await expect(ana, stage.garden, stage.ana, stage.bia, chief)
    stage.pair[1].kill()
    await expect(ana, stage.garden, stage.ana, chief, seconds=PROMISED_SECONDS)
    assert [frame["offline"] for frame in ana.events("presence") if frame["offline"]] == [[stage.bia.id]]


async def test_one_process_without_redis_has_it_too(make_site: Callable[..., Site], join: Connect) -> None:
    site = make_site()
    ana, bia = people(site, "ana", "bia")
    garden = run(site, "new_room", "garden", [ana.id, bia.id])
    server = site.daphne()
    looking, coming = await join(server, ana.cookie), await join(server, bia.cookie)
    await look(looking, garden)
    await expect(looking, garden, ana, bia)
    await coming.cut()
    await expect(looking, garden, ana)
