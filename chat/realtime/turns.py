"""Who is next: a queue in which everybody has a turn, however much one of them asks."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from typing import NamedTuple

from chat import conf
from chat.actions.changes import Change, Committed
from chat.errors import RateLimited, Unavailable


class Waiting(NamedTuple):
    """A change, and who is to be told how it went."""

    change: Change
    done: asyncio.Future[Committed]

    @property
    def author(self) -> int:
        return self.change.actor.user_id

    @property
    def characters(self) -> int:
        """How much text has to be rendered for it, which is what a change costs most."""
        return len(getattr(self.change.command, "body", ""))


class _Batch:
    """What is to be stored in one transaction, while all others wait."""

    def __init__(self) -> None:
        self.changes: list[Waiting] = []
        self._characters = 0
        self._of_person: Counter[int] = Counter()  # how many of the characters are whose

    def has_room_for(self, waiting: Waiting) -> bool:
        if not self.changes:
            return True
        fits = self._characters + waiting.characters <= conf.BATCH_CHARACTERS
        return fits and len(self.changes) < conf.BATCH_CHANGES

    def has_enough_of(self, waiting: Waiting) -> bool:
        """Whether its author has had a share that it would exceed."""
        so_far = self._of_person[waiting.author]
        return bool(so_far) and so_far + waiting.characters > conf.PERSON_BATCH_CHARACTERS

    def add(self, waiting: Waiting) -> None:
        self.changes.append(waiting)
        self._characters += waiting.characters
        self._of_person[waiting.author] += waiting.characters


class Turns:
    """Each person's changes stay in the order they came; the people take turns, one change each."""

    def __init__(self) -> None:
        self._lines: OrderedDict[int, deque[Waiting]] = OrderedDict()
        self._changes = self._characters = 0

    def add(self, waiting: Waiting) -> None:
        """Raises RateLimited for who has too much waiting already, Unavailable when all have."""
        line = self._lines.get(waiting.author)
        if line is not None and len(line) >= conf.PERSON_PENDING_CHANGES:
            raise RateLimited(retry_after=1)
        if self._changes >= conf.WRITER_QUEUE_CHANGES or self._characters >= conf.WRITER_QUEUE_CHARACTERS:
            raise Unavailable
        self._lines.setdefault(waiting.author, deque()).append(waiting)
        self._changes += 1
        self._characters += waiting.characters

    def take(self) -> list[Waiting]:
        """The next batch: as many as fit, at least one where any waits. Who has had their share is out until the next."""
        batch = _Batch()
        out: list[tuple[int, deque[Waiting]]] = []
        while self._lines and batch.has_room_for(first := next(iter(self._lines.values()))[0]):
            if batch.has_enough_of(first):
                out.append(self._lines.popitem(last=False))
            else:
                batch.add(self._take_one())
        self._lines.update(out)
        return batch.changes

    def _take_one(self) -> Waiting:
        user_id, line = self._lines.popitem(last=False)
        waiting = line.popleft()
        if line:
            self._lines[user_id] = line  # to the end of the row
        self._changes -= 1
        self._characters -= waiting.characters
        return waiting
