"""Group commit: one transaction for all that waits."""

import asyncio
import threading

import pytest
from django.db import OperationalError

from chat import conf
from chat.actions.changes import Change, Committed
from chat.actions.commit import Outcome, commit
from chat.errors import NotAMember, Unavailable
from chat.realtime import writer as writer_module
from chat.realtime.runtime import Runtime
from chat.realtime.writer import Writer
from chat.tests.cast import Cast
from chat.threads import in_reader


async def test_changes_that_wait_share_a_transaction_and_keep_their_order(
    cast: Cast, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []

    def counted(changes: list[Change]) -> list[Outcome]:
        batches.append(len(changes))
        return commit(changes)

    monkeypatch.setattr(writer_module, "commit", counted)
    waiting = [runtime.writer.submit(cast.ana.post(cast.general, f"{number}")) for number in range(600)]
    stored = await asyncio.gather(*waiting)
    assert [one.position for one in stored] == list(range(1, 601))
    assert max(batches) == conf.BATCH_CHANGES
    assert len(batches) <= 4


async def test_a_refusal_reaches_only_the_one_it_is_for(cast: Cast, runtime: Runtime) -> None:
    changes = [cast.ana.post(cast.garden), cast.caio.post(cast.garden), cast.bia.post(cast.garden)]
    outcomes = await asyncio.gather(*map(runtime.writer.submit, changes), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Committed, NotAMember, Committed]


async def test_a_fault_is_answered_and_the_writer_goes_on(
    cast: Cast, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_changes: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(writer_module, "commit", broken)
        with pytest.raises(Unavailable):
            await runtime.writer.submit(cast.ana.post(cast.general))
    assert (await runtime.writer.submit(cast.ana.post(cast.general))).position == 1


async def test_a_queue_that_is_full_refuses_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "WRITER_QUEUE_CHANGES", 1)
    writer = Writer()
    waiting = writer.submit(cast.ana.post(cast.general))
    with pytest.raises(Unavailable):
        await writer.submit(cast.ana.post(cast.general))
    assert not waiting.done()


async def test_who_stops_waiting_does_not_stop_the_change(cast: Cast, runtime: Runtime) -> None:
    abandoned = runtime.writer.submit(cast.ana.post(cast.general))
    abandoned.cancel()
    assert (await runtime.writer.submit(cast.ana.post(cast.general))).position == 2


async def test_while_the_database_hangs_changes_are_refused_and_none_is_begun(
    cast: Cast, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "COMMIT_SECONDS", 0.05)
    released, begun = threading.Event(), []

    def hang(changes: list[Change]) -> list[Outcome]:
        begun.append(len(changes))
        released.wait(10)
        return commit(changes)

    monkeypatch.setattr(writer_module, "commit", hang)
    first = cast.ana.post(cast.general, "one")
    with pytest.raises(Unavailable):
        await runtime.writer.submit(first)
    with pytest.raises(Unavailable):
        await runtime.writer.submit(cast.ana.post(cast.general, "two"))
    assert begun == [1]
    released.set()
    monkeypatch.setattr(conf, "COMMIT_SECONDS", 5)
    again = await runtime.writer.submit(first)
    assert again.position == 1, "it was stored after all, once"


async def test_a_query_that_hangs_is_given_up(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "READ_SECONDS", 0.05)
    released = threading.Event()
    with pytest.raises(OperationalError):
        await in_reader(released.wait, 10)
    released.set()
