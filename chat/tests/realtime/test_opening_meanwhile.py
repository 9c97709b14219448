"""A session that ends in the very moment in which a socket of it is opened, between any two steps of the opening."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from django.db import connections

from chat.actions.memberships import add_members
from chat.models import Installation, User
from chat.realtime import consumer, reads
from chat.realtime.consumer import ChatConsumer
from chat.realtime.guard import Guard
from chat.realtime.hub import Hub
from chat.realtime.outbox import Outbox
from chat.realtime.runtime import Runtime
from chat.sessions import auth
from chat.tests.cast import Cast, Person
from chat.tests.realtime.conftest import OWN, Talk, cookie
from chat.tests.realtime.ends import delete_row, delete_silently, disable, disable_silently

Knock = Callable[[list[tuple[bytes, bytes]]], Talk]
End = Callable[[Person], None]


class Step(NamedTuple):
    """A function that the opening goes through, and what it is looked up in."""

    owner: Any
    name: str
    done: bool = False  # whether the session ends after it, not before


# In their order; before each, but where nothing else that has a name lies between two.
STEPS = {
    "its session is read from the cookie": Step(auth, "signed_in"),
    "it is asked whether there is a place for it": Step(Runtime, "why_not"),
    "doorbells reach it": Step(Guard, "watch"),
    "changes to its rooms reach it": Step(Hub, "register"),
    "it is taken further": Step(ChatConsumer, "_open"),
    "its session is read again": Step(consumer, "hello"),
    "its user is read": Step(User.objects, "get"),
    "the epoch is read": Step(Installation, "get"),
    "its rooms are read": Step(reads, "room_states"),
    "it is accepted": Step(consumer, "hello", done=True),
    "its expiry is watched": Step(Guard, "expect_end"),
    "it is greeted": Step(Hub, "greet"),
    "it is served": Step(ChatConsumer, "_serve"),
    "it is sent anything": Step(Outbox, "drain"),
}


class Barrier:
    """Where the opening comes to the step for the first time, it waits until the session has ended."""

    def __init__(self, patch: pytest.MonkeyPatch, step: Step, end: Callable[[], None]) -> None:
        self.reached = False
        self._end = end
        self._step = getattr(step.owner, step.name)
        self._done = step.done
        patch.setattr(step.owner, step.name, lambda *given, **named: self._wait(*given, **named))

    def _wait(self, *given: Any, **named: Any) -> Any:
        if self.reached:
            return self._step(*given, **named)
        self.reached = True
        outcome = self._step(*given, **named) if self._done else None
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(self._end_and_close).result()
        return outcome if self._done else self._step(*given, **named)

    def _end_and_close(self) -> None:
        try:
            self._end()
        finally:
            connections.close_all()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("end", [delete_row, disable])
async def test_no_socket_survives_an_end_before(
    cast: Cast, knock: Knock, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, step: Step, end: End
) -> None:
    barrier = Barrier(monkeypatch, step, lambda: end(cast.ana))
    talk = knock([*OWN, cookie(cast.ana.session.session_key)])
    if await talk.connect():
        assert await talk.closed() == 4401
    await talk.end()
    assert barrier.reached
    assert not runtime.sockets


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("end", [delete_silently, disable_silently])
async def test_no_socket_survives_a_silent_end_for_longer_than_the_regular_check(
    cast: Cast, knock: Knock, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, step: Step, end: End
) -> None:
    barrier = Barrier(monkeypatch, step, lambda: end(cast.ana))
    talk = knock([*OWN, cookie(cast.ana.session.session_key)])
    if await talk.connect():
        runtime.guard.check()
        assert await talk.closed() == 4401
    await talk.end()
    assert barrier.reached
    assert not runtime.sockets


BEFORE_THE_LAST_LOOK = dict(list(STEPS.items())[: list(STEPS).index("its session is read again") + 1])


@pytest.mark.parametrize("step", BEFORE_THE_LAST_LOOK.values(), ids=BEFORE_THE_LAST_LOOK)
@pytest.mark.parametrize("end", [delete_silently, disable_silently])
async def test_the_last_look_before_it_is_accepted_finds_a_silent_end_by_itself(
    cast: Cast, knock: Knock, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, step: Step, end: End
) -> None:
    """A doorbell that rang before the socket could hear it is as good as none."""
    barrier = Barrier(monkeypatch, step, lambda: end(cast.ana))
    talk = knock([*OWN, cookie(cast.ana.session.session_key)])
    assert not await talk.connect()
    await talk.end()
    assert barrier.reached
    assert not runtime.sockets


async def test_a_room_that_one_comes_into_meanwhile_is_told_at_once(
    cast: Cast, knock: Knock, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its doorbell rings after the rooms were read, and before anything can be said to the socket."""
    heard, update = threading.Event(), Hub._update

    def update_and_tell(hub: Hub, *given: Any) -> None:
        update(hub, *given)
        heard.set()

    def come_in() -> None:
        add_members(room=cast.garden, users=[cast.caio.user])
        assert heard.wait(10)

    monkeypatch.setattr(Hub, "_update", update_and_tell)
    barrier = Barrier(monkeypatch, STEPS["it is accepted"], come_in)
    talk = knock([*OWN, cookie(cast.caio.session.session_key)])
    assert await talk.connect()
    assert barrier.reached
    assert cast.garden.pk not in [room["id"] for room in (await talk.hear("hello"))["rooms"]]
    assert (await talk.hear("room"))["room"]["id"] == cast.garden.pk
    await talk.end()
