"""Group commit: all changes of a process go through one queue and are stored in batches."""

from __future__ import annotations

import asyncio
import logging

from chat import conf
from chat.actions.changes import Change, Committed
from chat.actions.commit import Outcome, commit
from chat.errors import ChatError, Unavailable
from chat.realtime.turns import Turns, Waiting
from chat.threads import in_writer

logger = logging.getLogger(__name__)


class Writer:
    """Takes what each person asks in the order it comes, stores what waits in one transaction, and tells each how it went.

    Alone, a change waits for nobody; under load the batches grow and the cost of each change falls. People
    have turns, and a batch has room for so much text only: who posts a thousand long messages at once delays
    their own, and everybody else by a batch.
    """

    def __init__(self) -> None:
        self._turns = Turns()
        self._something_waits = asyncio.Event()
        self._running: asyncio.Future[list[Outcome]] | None = None

    def submit(self, change: Change) -> asyncio.Future[Committed]:
        """The future is done once the change is on disk, or fails with a ChatError."""
        done: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        try:
            self._turns.add(Waiting(change, done))
        except ChatError as refusal:
            done.set_exception(refusal)
        else:
            self._something_waits.set()
        return done

    async def run(self) -> None:
        while True:
            await self._something_waits.wait()
            while batch := self._turns.take():
                outcomes = await self._commit([waiting.change for waiting in batch])
                for waiting, outcome in zip(batch, outcomes, strict=True):
                    _settle(waiting.done, outcome)
            self._something_waits.clear()

    async def _commit(self, changes: list[Change]) -> list[Outcome]:
        """Whether changes that are answered `unavailable` here are stored is unknown; sending them again is harmless."""
        if not await self._is_idle():
            return [Unavailable() for _ in changes]
        self._running = asyncio.ensure_future(in_writer(commit, changes))
        self._running.add_done_callback(_report)
        if not await self._is_idle():
            logger.warning("changes are given up: the database does not answer", extra={"changes": len(changes)})
            return [Unavailable() for _ in changes]
        if self._running.exception() is not None:
            return [Unavailable() for _ in changes]
        return self._running.result()

    async def _is_idle(self) -> bool:
        """Wait for the batch under way; False when a database that hangs keeps it too long."""
        if self._running is None:
            return True
        done, _ = await asyncio.wait({self._running}, timeout=conf.COMMIT_SECONDS)
        return bool(done)


def _report(batch: asyncio.Future[list[Outcome]]) -> None:
    """A fault of ours, also of a batch that nobody waits for any more."""
    if not batch.cancelled() and (fault := batch.exception()) is not None:
        logger.error("a batch of changes failed", exc_info=fault)


def _settle(done: asyncio.Future[Committed], outcome: Outcome) -> None:
    if done.cancelled():
        return
    if isinstance(outcome, ChatError):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)
