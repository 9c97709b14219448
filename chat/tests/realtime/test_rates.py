"""How much one person may ask: on all their sockets, and also after a reconnect."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from chat import conf
from chat.realtime.limits import PersonRates
from chat.realtime.runtime import Runtime
from chat.tests.cast import Cast, Person
from chat.tests.realtime.conftest import OWN, Dial, Talk, cookie

KEY = "6f1c3b1e-0000-4000-8000-00000000000{}"


@pytest.fixture
def five_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PERSON_COMMANDS_BURST", 5)
    monkeypatch.setattr(conf, "PERSON_COMMANDS_PER_SECOND", 0.01)
    monkeypatch.setattr(conf, "REFUSALS_BEFORE_CLOSE", 3)
    monkeypatch.setattr(conf, "REFUSALS_PER_SECOND", 0.01)


async def ask(talk: Talk, cast: Cast) -> dict[str, Any]:
    return await talk.ask(type="open", ref="o", room=cast.general.pk)


async def spend(talk: Talk, cast: Cast, commands: int) -> None:
    for _ in range(commands):
        assert (await ask(talk, cast))["ok"]


@pytest.mark.usefixtures("five_commands")
async def test_a_reconnect_gives_nothing_anew(cast: Cast, dial: Dial) -> None:
    first = await dial(cast.ana)
    await spend(first, cast, 5)
    await first.end()
    second = await dial(cast.ana)
    assert (await ask(second, cast))["error"]["code"] == "rate_limited"


@pytest.mark.usefixtures("five_commands")
async def test_several_sockets_share_what_a_person_may_ask_and_others_have_their_own(cast: Cast, dial: Dial) -> None:
    first, second, bia = await dial(cast.ana), await dial(cast.ana), await dial(cast.bia)
    await spend(first, cast, 3)
    await spend(second, cast, 2)
    assert (await ask(first, cast))["error"]["code"] == "rate_limited"
    assert (await ask(bia, cast))["ok"]


@pytest.mark.usefixtures("five_commands")
async def test_who_flooded_before_the_reconnect_is_closed_sooner(cast: Cast, dial: Dial) -> None:
    first = await dial(cast.ana)
    await spend(first, cast, 5)
    for _ in range(4):
        await first.say(type="open", ref="o", room=cast.general.pk)
    assert await first.closed() == 4429
    second = await dial(cast.ana)
    await second.say(type="open", ref="o", room=cast.general.pk)
    assert await second.closed() == 4429


async def test_text_to_be_rendered_counts(cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PERSON_TEXT_BURST", 100)
    monkeypatch.setattr(conf, "PERSON_TEXT_PER_SECOND", 1)
    ana = await dial(cast.ana)
    long = {"type": "post", "ref": "p", "room": cast.garden.pk, "body": "x" * 150}
    assert (await ana.ask(**long, key=KEY.format(1)))["ok"]
    refused = (await ana.ask(**long, key=KEY.format(2)))["error"]
    assert refused["code"] == "rate_limited"
    assert 0 < refused["retry_after"] <= 60


async def test_bytes_of_binary_frames_count(cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "BYTES_BURST", 1_000)
    monkeypatch.setattr(conf, "BYTES_PER_SECOND", 1)
    ana = await dial(cast.ana)
    await ana.say_bytes(b"x" * 2_000)
    assert (await ana.hear())["error"]["code"] == "rate_limited"


async def test_a_binary_frame_over_the_limit_closes(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say_bytes(b"x" * (conf.FRAME_BYTES + 1))
    assert await ana.closed() == 4413


@pytest.mark.usefixtures("five_commands")
async def test_rates_are_kept_until_they_are_as_good_as_new(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = PersonRates()
    spent, fresh, here = rates.of(1), rates.of(2), rates.of(3)
    spent.commands.take(1)
    rates.forget(but=[3])
    assert rates.of(1) is spent
    assert rates.of(2) is not fresh
    assert rates.of(3) is here


# -- how many sockets --------------------------------------------------------------------------------


class Door:
    """Sockets that are opened from an address, as far as they are let in."""

    def __init__(self) -> None:
        self.talks: list[Talk] = []

    async def knock(self, person: Person, address: str = "203.0.113.1") -> bool:
        talk = Talk([*OWN, cookie(person.session.session_key)], client=address)
        if let_in := await talk.connect():
            self.talks.append(talk)
        return let_in

    async def end(self) -> None:
        for talk in self.talks:
            await talk.end()
        self.talks.clear()


@pytest.fixture
async def door(runtime: Runtime) -> Any:
    door = Door()
    yield door
    await door.end()


async def test_a_session_may_have_twenty_sockets(cast: Cast, door: Door) -> None:
    assert all([await door.knock(cast.ana) for _ in range(conf.SOCKETS_PER_SESSION)])
    assert not await door.knock(cast.ana)
    assert await door.knock(cast.bia)
    await door.end()
    assert await door.knock(cast.ana)


@pytest.fixture
def two_an_address() -> Iterator[None]:
    with override_settings(SOCKETS_PER_ADDRESS=2):
        yield


@pytest.mark.usefixtures("two_an_address")
async def test_an_address_may_have_so_many_sockets_as_is_set(cast: Cast, door: Door) -> None:
    assert await door.knock(cast.ana)
    assert await door.knock(cast.bia)
    assert not await door.knock(cast.caio)
    assert await door.knock(cast.caio, "203.0.113.2")
    await door.end()
    assert await door.knock(cast.caio)


@pytest.mark.usefixtures("two_an_address")
async def test_who_has_one_ipv6_address_has_no_more_sockets_with_others_of_it(cast: Cast, door: Door) -> None:
    assert await door.knock(cast.ana, "2001:db8:1:2::1")
    assert await door.knock(cast.bia, "2001:db8:1:2::2")
    assert not await door.knock(cast.caio, "2001:db8:1:2:ffff::1")
    assert await door.knock(cast.caio, "2001:db8:1:3::1")


async def test_a_server_that_stops_lets_nobody_in_any_more(cast: Cast, door: Door, runtime: Runtime) -> None:
    assert await door.knock(cast.ana)
    draining = asyncio.create_task(runtime.drain())
    assert await door.talks[0].closed() == 4503
    assert not await door.knock(cast.bia)
    await door.end()
    await draining
