"""The one way in which commands change anything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from chat import conf
from chat.actions import messages, reactions, reading
from chat.actions.batch import Batch
from chat.actions.bodies import Bodies
from chat.actions.changes import Change, Committed
from chat.actions.mentions import Text
from chat.errors import BadFrame, ChatError, Unavailable
from chat.protocol.commands import Delete, Edit, Open, Post, React, Read

logger = logging.getLogger(__name__)

Outcome = Committed | ChatError
Writing = Callable[[Batch, Any, Any, Text], Committed]
Verb = Callable[[Batch, Any, Any], Committed]

_WRITING: Final[Mapping[type, Writing]] = {
    Post: messages.post,
    Edit: messages.edit,
}
_VERBS: Final[Mapping[type, Verb]] = {
    Delete: messages.delete,
    React: reactions.react,
    Read: reading.read,
    Open: reading.open_room,
}
_AWAY: Final = ("08", "53", "57P")  # PostgreSQL's codes for no connection, no disk or memory left, and stopping


def commit(changes: Sequence[Change]) -> list[Outcome]:
    """Store changes in the order given, in one transaction; an outcome for each, once all of them are on disk.

    Changes that fail as a batch are stored apart, so that one bad change never fails its neighbours:
    by room when the database was busy or away, else one by one.
    """
    try:
        return _store(changes)
    except (OperationalError, InterfaceError) as error:
        logger.warning("%d changes could not be stored together: %s", len(changes), type(error).__name__)
        return _by_room(changes, Apart())
    except DatabaseError as error:
        logger.warning("%d changes were refused together: %s", len(changes), type(error).__name__)
        return Apart().singly(changes)


def _store(changes: Sequence[Change]) -> list[Outcome]:
    bodies = Bodies(changes)
    with transaction.atomic():
        batch = Batch(changes)
        outcomes = [_apply(batch, change, text) for change, text in zip(changes, bodies.texts(), strict=True)]
        batch.save()
    return outcomes


def _apply(batch: Batch, change: Change, text: Text | ChatError | None) -> Outcome:
    if isinstance(text, ChatError):
        return text
    kind = type(change.command)
    try:
        if text is None:
            return _VERBS[kind](batch, change.actor, change.command)
        return _WRITING[kind](batch, change.actor, change.command, text)
    except ChatError as refusal:
        return refusal


def _by_room(changes: Sequence[Change], apart: Apart) -> list[Outcome]:
    """Store each room's changes apart: a room that is locked for long must not hold up the others."""
    outcomes: dict[int, Outcome] = {}
    numbered = sorted(enumerate(changes), key=lambda item: item[1].command.room)
    for _room, group in groupby(numbered, key=lambda item: item[1].command.room):
        numbers, of_room = zip(*group, strict=True)
        outcomes.update(zip(numbers, apart.store(of_room), strict=True))
    return [outcomes[number] for number in range(len(changes))]


class Apart:
    """Stores the parts of a batch that failed as a whole, each in a transaction of its own.

    Each part may wait a second or more for an answer. Few may: a database that is away, or locked as a whole,
    would hold up the writer for each of the parts, and a batch has hundreds.
    """

    def __init__(self) -> None:
        self._patience = conf.LOCKED_PARTS

    def store(self, changes: Sequence[Change]) -> list[Outcome]:
        if self._patience <= 0:
            return [Unavailable() for _ in changes]
        try:
            return _store(changes)
        except (OperationalError, InterfaceError) as error:
            self._patience = 0 if _is_away(error) else self._patience - 1
            return [Unavailable() for _ in changes]
        except DatabaseError as error:
            if len(changes) > 1:
                return self.singly(changes)
            logger.warning("the database refuses a change: %s", type(error).__name__)
            return [BadFrame("The database refuses this.")]

    def singly(self, changes: Sequence[Change]) -> list[Outcome]:
        return [outcome for change in changes for outcome in self.store([change])]


def _is_away(error: Exception) -> bool:
    """Whether it is the database that fails, and not the rows or the text of one transaction.

    SQLite gives no code, and has one lock for everything.
    """
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(_AWAY)
