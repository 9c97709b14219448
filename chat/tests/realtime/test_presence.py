"""Who is on-line in the room that a socket looks at."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import OperationalError

from chat import conf
from chat.actions.memberships import add_members, remove_members
from chat.actions.profiles import save_profile
from chat.actions.rooms import create_room
from chat.models import Membership, Room
from chat.realtime import attendance as attendance_module
from chat.realtime.reads import members
from chat.realtime.runtime import Runtime
from chat.relay.publisher import send
from chat.relay.rings import PEOPLE, PeopleAt, PeopleGone, PeopleHere, ProcessStops, Ring, WhoIsHere, from_layer
from chat.tests.cast import Cast, Person
from chat.tests.realtime.conftest import Dial, Talk
from chat.tests.realtime.test_talking import post

GRACE_SECONDS = 0.2


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PRESENCE_GRACE_SECONDS", GRACE_SECONDS)


async def look(talk: Talk, room: Room) -> list[int]:
    """Open a room; who is on-line there."""
    reply = await talk.ask(type="open", ref="o", room=room.pk)
    assert reply["ok"], reply
    online: list[int] = reply["online"]
    return online


def coming(room: Room, *people: Person) -> dict[str, Any]:
    return {"type": "presence", "room": room.pk, "online": [one.user.pk for one in people], "offline": []}


def going(room: Room, *people: Person) -> dict[str, Any]:
    return {"type": "presence", "room": room.pk, "online": [], "offline": [one.user.pk for one in people]}


async def presence(talk: Talk) -> dict[str, Any]:
    return await talk.hear("presence")


async def until_posted(talk: Talk, cast: Cast, room: Room) -> list[str]:
    """The kinds of all frames up to the next message, which Ana writes from elsewhere."""
    frames = await talk.hear_until("message", room=room.pk)
    return [frame["type"] for frame in frames]


async def test_who_opens_a_room_learns_who_is_there_and_is_there(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    assert await look(ana, cast.garden) == [cast.ana.user.pk]
    bia = await dial(cast.bia)
    assert await look(bia, cast.garden) == [cast.ana.user.pk, cast.bia.user.pk]


async def test_who_looks_is_told_who_comes_and_who_goes(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await look(ana, cast.garden)
    bia = await dial(cast.bia)
    assert await presence(ana) == coming(cast.garden, cast.bia)
    await bia.end()
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_who_comes_back_at_once_was_never_away(cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PRESENCE_GRACE_SECONDS", 2.0)
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await look(ana, cast.garden)
    await bia.end()
    again = await dial(cast.bia)
    await look(again, cast.garden)
    await again.end()
    assert await presence(ana) == going(cast.garden, cast.bia)
    assert await look(ana, cast.garden) == [cast.ana.user.pk]


async def test_with_two_devices_one_is_there_until_the_last_is_gone(cast: Cast, dial: Dial) -> None:
    ana, phone, laptop = await dial(cast.ana), await dial(cast.bia), await dial(cast.bia)
    await look(ana, cast.garden)
    await phone.end()
    caio = await dial(cast.caio)  # as much time as it takes to be told
    await look(caio, cast.general)
    assert await look(ana, cast.garden) == [cast.ana.user.pk, cast.bia.user.pk]
    await laptop.end()
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_nobody_from_outside_a_room_is_named_in_it(cast: Cast, dial: Dial) -> None:
    caio, ana = await dial(cast.caio), await dial(cast.ana)
    assert await look(ana, cast.garden) == [cast.ana.user.pk]
    await caio.end()
    await dial(cast.caio)
    await dial(cast.bia)
    assert await presence(ana) == coming(cast.garden, cast.bia)


async def test_only_the_room_opened_last_is_followed(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say(type="open", ref="first", room=cast.garden.pk)
    await ana.say(type="open", ref="second", room=cast.general.pk)
    replies = [await ana.hear("reply") for _ in range(2)]
    assert [reply["ref"] for reply in replies] == ["first", "second"]
    await dial(cast.bia)
    assert await presence(ana) == coming(cast.general, cast.bia)
    assert await look(ana, cast.garden) == [cast.ana.user.pk, cast.bia.user.pk]


async def test_a_socket_that_opened_no_room_is_told_of_nobody(cast: Cast, dial: Dial) -> None:
    ana, witness = await dial(cast.ana), await dial(cast.ana)
    await look(witness, cast.garden)
    bia = await dial(cast.bia)
    await presence(witness)
    await bia.ask(**post(cast))
    assert await until_posted(ana, cast, cast.garden) == ["message"]


async def test_who_is_taken_out_of_the_room_is_not_there_any_more(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await look(ana, cast.garden)
    await look(bia, cast.garden)
    await sync_to_async(remove_members)(room=cast.garden, users=[cast.bia.user])
    assert await presence(ana) == going(cast.garden, cast.bia)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    await dial(cast.caio)
    assert await presence(ana) == coming(cast.garden, cast.caio)
    await ana.ask(**post(cast, room=cast.general.pk))
    assert "presence" not in await until_posted(bia, cast, cast.general)


async def test_who_is_let_in_is_there_at_once(cast: Cast, dial: Dial) -> None:
    ana, _caio = await dial(cast.ana), await dial(cast.caio)
    await look(ana, cast.garden)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    assert await presence(ana) == coming(cast.garden, cast.caio)


async def test_who_was_let_in_unheard_may_open_the_room_and_follows_it(cast: Cast, dial: Dial) -> None:
    ana, caio = await dial(cast.ana), await dial(cast.caio)
    await Membership.objects.acreate(room=cast.garden, user=cast.caio.user)
    assert await look(caio, cast.garden) == [cast.ana.user.pk, cast.caio.user.pk]
    assert (await caio.hear("room"))["room"]["id"] == cast.garden.pk
    await ana.end()
    assert await presence(caio) == going(cast.garden, cast.ana)


async def test_who_was_taken_out_unheard_is_seen_to_be_gone_when_that_is_noticed(
    cast: Cast, dial: Dial, runtime: Runtime
) -> None:
    ana, _bia = await dial(cast.ana), await dial(cast.bia)
    await look(ana, cast.garden)
    await Membership.objects.filter(user=cast.bia.user, room=cast.garden).aupdate(active=False)
    runtime.hub.refresh(runtime.hub.people)
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_the_members_are_read_once_for_all_who_look_and_all_who_come(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(room: int) -> set[int]:
        read.append(room)
        return members(room)

    monkeypatch.setattr(attendance_module, "members", counted)
    ana = await dial(cast.ana)
    await look(ana, cast.garden)
    for _ in range(3):
        bia = await dial(cast.bia)
        assert await presence(ana) == coming(cast.garden, cast.bia)
        await look(bia, cast.garden)
        await bia.end()
        assert await presence(ana) == going(cast.garden, cast.bia)
    assert read == [cast.garden.pk]


async def test_a_room_that_nobody_looked_at_meanwhile_is_read_anew(cast: Cast, dial: Dial, runtime: Runtime) -> None:
    ana, _caio = await dial(cast.ana), await dial(cast.caio)
    await look(ana, cast.garden)
    await ana.end()
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    again = await dial(cast.ana)
    assert await look(again, cast.garden) == [cast.ana.user.pk, cast.caio.user.pk]


async def test_without_an_answer_from_the_database_open_may_be_tried_again(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(_room: int) -> set[int]:
        raise OperationalError

    ana = await dial(cast.ana)
    with monkeypatch.context() as broken:
        broken.setattr(attendance_module, "members", hang)
        reply = await ana.ask(type="open", ref="o", room=cast.garden.pk)
    assert reply["error"]["code"] == "unavailable"
    assert await look(ana, cast.garden) == [cast.ana.user.pk]


async def test_a_new_name_is_told_by_saying_once_more_who_is_there(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    caio = await dial(cast.caio)
    await look(ana, cast.garden)
    await look(bia, cast.garden)
    await look(caio, cast.general)
    await sync_to_async(save_profile)(user=cast.bia.user, full_name="Bia Lima", language="", theme="")
    assert await presence(ana) == coming(cast.garden, cast.bia)
    await bia.say(type="typing", room=cast.garden.pk)
    assert (await ana.hear("typing"))["user"] == {"id": cast.bia.user.pk, "name": "Bia Lima"}
    await bia.end()
    assert await presence(ana) == going(cast.garden, cast.bia)
    await sync_to_async(save_profile)(user=cast.bia.user, full_name="Bia Reis", language="", theme="")
    assert await presence(ana) == going(cast.garden, cast.bia)


async def test_a_language_chosen_is_nobody_elses_business(cast: Cast, dial: Dial) -> None:
    ana, _bia = await dial(cast.ana), await dial(cast.bia)
    await look(ana, cast.garden)
    await sync_to_async(save_profile)(user=cast.bia.user, full_name="Bia Souza", language="en", theme="dark")
    await ana.ask(**post(cast))
    assert "presence" not in await until_posted(ana, cast, cast.garden)


async def test_direct_rooms_are_called_by_the_new_name(cast: Cast, dial: Dial) -> None:
    room = await sync_to_async(create_room)(name="", kind=Room.Kind.DIRECT, members=[cast.ana.user, cast.bia.user])
    ana = await dial(cast.ana)
    await sync_to_async(save_profile)(user=cast.bia.user, full_name="Bia Lima", language="", theme="")
    told = (await ana.hear("room"))["room"]
    assert (told["id"], told["name"]) == (room.pk, "Bia Lima")


# -- what other processes say ----------------------------------------------------------------------


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
