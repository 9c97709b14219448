"""What mends and refreshes does not stand in line behind what clients ask."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async

from chat import conf
from chat.actions import batch as batch_module
from chat.actions.memberships import add_members
from chat.realtime.runtime import Runtime
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial
from chat.threads import in_reader


@asynccontextmanager
async def readers_busy() -> AsyncIterator[None]:
    over = threading.Event()
    questions = [asyncio.create_task(in_reader(over.wait, 30)) for _ in range(conf.READERS)]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*questions, return_exceptions=True)


async def test_a_lost_event_is_found_and_read(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "COMPARE_SECONDS", 0.05)
    monkeypatch.setattr(batch_module, "publish_events", lambda _events: None)
    bia = await dial(cast.bia)
    async with readers_busy():
        await runtime.writer.submit(cast.ana.post(cast.garden, "lost"))
        assert (await bia.hear("message"))["body"] == "lost"


async def test_who_is_added_sees_the_room(cast: Cast, dial: Dial) -> None:
    caio = await dial(cast.caio)
    async with readers_busy():
        await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
        assert (await caio.hear("room"))["room"]["name"] == "garden"


async def test_everybodys_rooms_are_read_again_a_few_people_at_a_time(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PEOPLE_REFRESHED", 1)
    talks = [await dial(person) for person in (cast.ana, cast.bia, cast.caio)]
    await sync_to_async(type(cast.general).objects.filter(pk=cast.general.pk).update)(name="renamed")
    runtime.hub.refresh(runtime.hub.people)
    for talk in talks:
        assert (await talk.hear("room"))["room"]["name"] == "renamed"
