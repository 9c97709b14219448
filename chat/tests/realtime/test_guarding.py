"""The socket lives exactly as long as the session."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from channels.layers import InMemoryChannelLayer
from django.contrib.auth import update_session_auth_hash
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils import timezone

from chat.models import Message, Session, User
from chat.realtime import guard as guard_module
from chat.realtime.reads import living
from chat.realtime.runtime import Runtime
from chat.tests.cast import Cast, Person, sign_in
from chat.tests.realtime.conftest import Dial, Talk
from chat.tests.realtime.ends import (
    clear_expired,
    delete_row,
    delete_user,
    disable,
    set_password,
    sign_out,
    store,
)


async def is_alive(talk: Talk, cast: Cast) -> bool:
    reply = await talk.ask(type="open", ref="alive", room=cast.general.pk)
    return bool(reply["ok"])


@pytest.mark.parametrize("end", [sign_out, delete_row, clear_expired, disable, set_password, delete_user])
async def test_every_way_a_session_ends_closes_its_sockets_and_no_others(
    cast: Cast, dial: Dial, end: Callable[[Person], None]
) -> None:
    first, second, other = await dial(cast.ana), await dial(cast.ana), await dial(cast.bia)
    await sync_to_async(end)(cast.ana)
    assert await first.closed() == 4401
    assert await second.closed() == 4401
    assert await is_alive(other, cast)


async def test_ending_one_device_leaves_the_others(cast: Cast, dial: Dial) -> None:
    laptop = await dial(cast.ana)
    phone = await dial(Person(cast.ana.user, await sync_to_async(sign_in)(cast.ana.user)))
    await sync_to_async(delete_row)(cast.ana)
    assert await laptop.closed() == 4401
    assert await is_alive(phone, cast)


async def test_the_browser_that_changes_the_password_stays_and_the_others_go(cast: Cast, dial: Dial) -> None:
    laptop = await dial(cast.ana)
    phone = await dial(Person(cast.ana.user, await sync_to_async(sign_in)(cast.ana.user)))

    def change() -> None:
        request = HttpRequest()
        request.session = store(cast.ana)
        request.user = cast.ana.user
        with transaction.atomic():
            cast.ana.user.set_password("a new one")
            cast.ana.user.save()
            update_session_auth_hash(request, cast.ana.user)
            request.session.save()

    await sync_to_async(change)()
    assert await phone.closed() == 4401
    assert await is_alive(laptop, cast)


@pytest.mark.parametrize(
    "change",
    [
        lambda person: Session.objects.filter(device=person.session.device)._raw_delete("default"),
        lambda person: User.objects.filter(pk=person.user.pk).update(is_active=False),
        lambda person: User.objects.filter(pk=person.user.pk).update(password="other"),
        lambda person: Session.objects.filter(device=person.session.device).update(
            expire_date=timezone.now() - timedelta(1)
        ),
    ],
    ids=["raw delete", "disabled", "password", "expired"],
)
async def test_what_rings_nobody_is_found_by_the_regular_check(
    cast: Cast, dial: Dial, runtime: Runtime, change: Callable[[Person], None]
) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await sync_to_async(change)(cast.ana)
    assert (await is_alive(bia, cast)) and len(runtime.sockets) == 2
    runtime.guard.check()
    assert await ana.closed() == 4401
    assert await is_alive(bia, cast)


async def test_a_session_that_has_become_another_persons_ends_for_its_sockets(
    cast: Cast, dial: Dial, runtime: Runtime
) -> None:
    ana = await dial(cast.ana)
    theirs = {"user": cast.bia.user, "auth_hash": cast.bia.session.auth_hash}
    await Session.objects.filter(device=cast.ana.session.device).aupdate(**theirs)
    await ana.say(type="catch_up", ref="c", room=cast.garden.pk, revision=0)
    assert await ana.closed() == 4401


async def test_the_regular_check_finds_a_session_that_has_become_another_persons(
    cast: Cast, dial: Dial, runtime: Runtime
) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    theirs = {"user": cast.bia.user, "auth_hash": cast.bia.session.auth_hash}
    await Session.objects.filter(device=cast.ana.session.device).aupdate(**theirs)
    runtime.guard.check()
    assert await ana.closed() == 4401
    assert await is_alive(bia, cast)


async def test_a_command_after_the_end_changes_nothing_and_closes(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await User.objects.filter(pk=cast.ana.user.pk).aupdate(is_active=False)
    await ana.say(
        type="post", ref="p", room=cast.general.pk, key="6f1c3b1e-0000-4000-8000-000000000001", body="too late"
    )
    assert await ana.closed() == 4401
    assert not await Message.objects.aexists()


async def test_catching_up_after_the_end_tells_nothing(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await User.objects.filter(pk=cast.ana.user.pk).aupdate(is_active=False)
    await ana.say(type="catch_up", ref="c", room=cast.general.pk, revision=0)
    assert await ana.closed() == 4401


async def test_a_session_closes_when_its_time_is_over(cast: Cast, dial: Dial) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    await Session.objects.filter(device=cast.ana.session.device).aupdate(expire_date=soon)
    ana = await dial(cast.ana)
    assert await ana.closed() == 4401


class Asked:
    """The database's answer to a check, or none; each asking can be waited for."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self._answer = answer
        self._askings = threading.Semaphore(0)

    def __call__(self, devices: Iterable[UUID]) -> Any:
        self._askings.release()
        return self._answer(devices)

    async def once(self) -> None:
        assert await asyncio.to_thread(self._askings.acquire, timeout=10)


def no_answer(_devices: object) -> None:
    raise OperationalError


async def test_a_session_that_was_extended_meanwhile_stays_until_its_new_end(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = Session.objects.filter(device=cast.ana.session.device)
    await sessions.aupdate(expire_date=timezone.now() + timedelta(seconds=1))
    ana = await dial(cast.ana)
    monkeypatch.setattr(guard_module, "living", asked := Asked(living))
    await sessions.aupdate(expire_date=timezone.now() + timedelta(seconds=3))
    await asked.once()
    assert await is_alive(ana, cast)
    assert await ana.closed() == 4401


async def test_while_the_database_is_away_sockets_stay_for_two_checks(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await dial(cast.ana)
    monkeypatch.setattr(guard_module, "living", asked := Asked(no_answer))
    runtime.guard.check()
    await asked.once()
    assert await is_alive(ana, cast)
    runtime.guard.check()
    assert await ana.closed() == 4503


async def test_a_check_that_was_answered_ends_the_count_of_those_that_were_not(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await dial(cast.ana)
    for answer in (no_answer, living, no_answer):
        monkeypatch.setattr(guard_module, "living", asked := Asked(answer))
        runtime.guard.check()
        await asked.once()
        assert await is_alive(ana, cast)


async def test_looks_between_the_checks_do_not_count_as_missed_checks(
    cast: Cast, dial: Dial, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await dial(cast.ana)
    monkeypatch.setattr(guard_module, "living", asked := Asked(no_answer))
    for _ in range(5):
        runtime.guard.look_again_at_all()
        await asked.once()
        assert await is_alive(ana, cast)


async def test_a_look_that_got_no_answer_is_made_again(cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await dial(cast.ana)
    with monkeypatch.context() as patch:
        patch.setattr(guard_module, "living", asked := Asked(no_answer))
        await sync_to_async(delete_row)(cast.ana)
        await asked.once()
    assert await ana.closed() == 4401


@pytest.fixture
def may_join(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Until it is set, this process gets into no group of the channel layer."""
    may_join = asyncio.Event()
    join = InMemoryChannelLayer.group_add

    async def join_late(layer: object, group: str, channel: str) -> None:
        await may_join.wait()
        await join(layer, group, channel)

    monkeypatch.setattr(InMemoryChannelLayer, "group_add", join_late)
    return may_join


async def test_what_rang_before_the_process_could_hear_is_looked_for_once_it_can(
    cast: Cast, may_join: asyncio.Event, dial: Dial
) -> None:
    """A process that has just started, or lost its Redis, serves sockets all the same."""
    ana = await dial(cast.ana)
    await sync_to_async(delete_row)(cast.ana)
    may_join.set()
    assert await ana.closed() == 4401
