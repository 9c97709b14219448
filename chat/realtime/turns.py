"""Who is next: a queue in which everybody has a turn, however much one of them asks."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from typing import NamedTuple

from chat import conf
from chat.actions.changes import Change, Committed
from chat.errors import RateLimited, Unavailable


class Waiting(NamedTuple):
    """A change, and who is to be told how it went."""

    change: Change
    done: asyncio.Future[Committed]

    @property
    def characters(self) -> int:
        """How much text has to be rendered for it, which is what a change costs most."""
        return len(getattr(self.change.command, "body", ""))


class Turns:
    """Each person's changes stay in the order they came; the people take turns, one change each."""

    def __init__(self) -> None:
        self._lines: OrderedDict[int, deque[Waiting]] = OrderedDict()
        self._changes = self._characters = 0

    def add(self, waiting: Waiting) -> None:
        """Raises RateLimited for who has too much waiting already, Unavailable when all have."""
        line = self._lines.get(waiting.change.actor.user_id)
        if line is not None and len(line) >= conf.PERSON_PENDING_CHANGES:
            raise RateLimited(retry_after=1)
        if self._changes >= conf.WRITER_QUEUE_CHANGES or self._characters >= conf.WRITER_QUEUE_CHARACTERS:
            raise Unavailable
        self._lines.setdefault(waiting.change.actor.user_id, deque()).append(waiting)
        self._changes += 1
        self._characters += waiting.characters

    def take(self) -> list[Waiting]:
        """The next batch: as many as fit, at least one where any waits."""
        batch: list[Waiting] = []
        characters = 0
        while self._lines and len(batch) < conf.BATCH_CHANGES:
            characters += next(iter(self._lines.values()))[0].characters
            if batch and characters > conf.BATCH_CHARACTERS:
                break
            batch.append(self._take_one())
        return batch

    def _take_one(self) -> Waiting:
        user_id, line = self._lines.popitem(last=False)
        waiting = line.popleft()
        if line:
            self._lines[user_id] = line  # to the end of the row
        self._changes -= 1
        self._characters -= waiting.characters
        return waiting
