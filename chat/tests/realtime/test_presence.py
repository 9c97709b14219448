"""Who is on-line in the room that a socket looks at."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from chat import conf
from chat.actions.memberships import add_members, remove_members
from chat.actions.profiles import save_profile
from chat.actions.rooms import create_room
from chat.models import Membership, Room
from chat.realtime import attendance as attendance_module
from chat.realtime.reads import members
from chat.realtime.runtime import Runtime
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial, Talk
from chat.tests.realtime.looking import coming, going, look, presence
from chat.tests.realtime.test_talking import post

pytestmark = pytest.mark.usefixtures("short_grace")


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
