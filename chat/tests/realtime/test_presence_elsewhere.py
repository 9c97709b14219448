"""Who is on-line at other processes, and what this one tells them."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from chat import conf
from chat.actions.memberships import add_members
from chat.realtime.runtime import Runtime
from chat.relay.publisher import send
from chat.relay.rings import PEOPLE, PeopleAt, PeopleGone, PeopleHere, ProcessStops, Ring, WhoIsHere, from_layer
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial
from chat.tests.realtime.looking import coming, going, look, presence

pytestmark = pytest.mark.usefixtures("short_grace")


async def ring(*rings: Ring) -> None:
    for one in rings:
        await send(PEOPLE, one)


@pytest.mark.parametrize("leaving", [PeopleGone("other", [0]), ProcessStops("other")])
async def test_another_process_tells_of_its_people(cast: Cast, dial: Dial, leaving: Ring) -> None:
    ana = await dial(cast.ana)
    await look(ana, cast.garden)
    await ring(PeopleHere("other", [cast.bia.user.pk, cast.caio.user.pk]))
    assert await presence(ana) == coming(cast.garden, cast.bia)
    if isinstance(leaving, PeopleGone):
        leaving = PeopleGone("other", [cast.bia.user.pk])
    await ring(leaving)
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_a_process_that_is_heard_no_more_has_nobody(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PRESENCE_SECONDS", 1.5)  # longer than it takes to be told
    ana = await dial(cast.ana)
    await look(ana, cast.garden)
    await ring(PeopleHere("other", [cast.bia.user.pk]))
    assert await presence(ana) == coming(cast.garden, cast.bia)
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_who_is_at_two_processes_stays_when_one_of_them_stops(cast: Cast, dial: Dial) -> None:
    ana, _bia = await dial(cast.ana), await dial(cast.bia)
    await look(ana, cast.garden)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    await ring(PeopleHere("other", [cast.bia.user.pk, cast.caio.user.pk]))
    assert await presence(ana) == coming(cast.garden, cast.caio)
    await ring(ProcessStops("other"))
    assert await presence(ana) == going(cast.garden, cast.caio)


async def test_a_process_that_asks_is_told_who_is_here(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PRESENCE_PEOPLE", 2)
    for person in (cast.ana, cast.bia, cast.caio):
        await dial(person)
    layer = get_channel_layer()
    ear = await layer.new_channel()
    await layer.group_add(PEOPLE, ear)
    await ring(WhoIsHere("another"))
    named: set[int] = set()
    while named != {cast.ana.user.pk, cast.bia.user.pk, cast.caio.user.pk}:
        heard = from_layer(await layer.receive(ear))
        if isinstance(heard, PeopleAt):
            assert isinstance(heard, PeopleHere)
            assert 0 < len(heard.users) <= 2, "a message names no more people than that"
            named |= set(heard.users)


async def test_a_process_that_stops_says_so_before_it_is_gone(cast: Cast, dial: Dial, runtime: Runtime) -> None:
    await dial(cast.ana)
    layer = get_channel_layer()
    ear = await layer.new_channel()
    await layer.group_add(PEOPLE, ear)
    runtime.presence.stop()
    await runtime.publisher.flush()
    heard = [from_layer(message) for message in iter_now(layer, ear)]
    assert isinstance(heard[-1], ProcessStops)


def iter_now(layer: Any, channel: str) -> list[dict[str, Any]]:
    """What has arrived there already."""
    queue = layer.channels[channel]
    return [queue.get_nowait()[1] for _ in range(queue.qsize())]
