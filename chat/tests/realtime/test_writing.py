"""Group commit: one transaction for all that waits."""

import asyncio
import threading

import pytest
from django.db import OperationalError

from chat import conf
from chat.actions.changes import Change, Committed
from chat.actions.commit import Outcome, commit
from chat.errors import NotAMember, RateLimited, Unavailable
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


async def test_who_asks_much_at_once_does_not_keep_the_others_waiting(cast: Cast, runtime: Runtime) -> None:
    many = [runtime.writer.submit(cast.ana.post(cast.general, f"{number}")) for number in range(600)]
    one = runtime.writer.submit(cast.bia.post(cast.general, "one"))
    assert (await one).position == 2
    assert [stored.position for stored in await asyncio.gather(*many)] == [1, *range(3, 602)]


async def test_a_batch_has_room_for_so_much_text_only(
    cast: Cast, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[int]] = []

    def noted(changes: list[Change]) -> list[Outcome]:
        batches.append([len(getattr(change.command, "body", "")) for change in changes])
        return commit(changes)

    monkeypatch.setattr(writer_module, "commit", noted)
    people = (cast.ana, cast.bia, cast.caio)
    posts = [one.post(cast.general, "x" * size) for size in (9_000, conf.BODY_CHARACTERS, 7_000) for one in people]
    await asyncio.gather(*map(runtime.writer.submit, posts))
    assert sum(len(batch) for batch in batches) == len(posts)
    assert all(sum(batch) <= conf.BATCH_CHARACTERS for batch in batches)
    assert max(len(batch) for batch in batches) == len(people)


async def test_one_persons_long_messages_hold_the_others_up_by_one_at_a_time(
    cast: Cast, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[str]] = []

    def noted(changes: list[Change]) -> list[Outcome]:
        batches.append([getattr(change.command, "body", "")[:1] for change in changes])
        return commit(changes)

    monkeypatch.setattr(writer_module, "commit", noted)
    waiting = [runtime.writer.submit(cast.ana.post(cast.general, "x" * 9_000)) for _ in range(4)]
    waiting += [runtime.writer.submit(cast.bia.post(cast.general, body)) for body in "123"]
    await asyncio.gather(*waiting)
    assert batches == [["x", "1", "2", "3"], ["x"], ["x"], ["x"]]


async def test_text_without_bound_is_not_kept_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "WRITER_QUEUE_CHARACTERS", 10)
    writer = Writer()
    waiting = writer.submit(cast.ana.post(cast.general, "ten or more"))
    with pytest.raises(Unavailable):
        await writer.submit(cast.bia.post(cast.general))
    assert not waiting.done()


async def test_one_person_cannot_fill_the_queue(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PERSON_PENDING_CHANGES", 1)
    writer = Writer()
    writer.submit(cast.ana.post(cast.general))
    with pytest.raises(RateLimited):
        await writer.submit(cast.ana.post(cast.general))
    assert not writer.submit(cast.bia.post(cast.general)).done()


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
