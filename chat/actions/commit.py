"""The one way in which commands change anything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from chat import markup
from chat.actions import messages, reading
from chat.actions.batch import Batch
from chat.actions.changes import Change, Committed
from chat.errors import BadFrame, ChatError, Unavailable
from chat.protocol.commands import Delete, Edit, Open, Post, Read

logger = logging.getLogger(__name__)

Outcome = Committed | ChatError
Verb = Callable[[Batch, Any, Any, str], Committed]

_VERBS: Final[Mapping[type, Verb]] = {
    Post: messages.post,
    Edit: messages.edit,
    Delete: messages.delete,
    Read: reading.read,
    Open: reading.open_room,
}


def commit(changes: Sequence[Change]) -> list[Outcome]:
    """Store changes in the order given, in one transaction; an outcome for each, once all of them are on disk.

    Changes that fail as a batch are stored apart, so that one bad change never fails its neighbours:
    by room when the database was busy or away, else one by one.
    """
    try:
        return _store(changes)
    except (OperationalError, InterfaceError) as error:
        logger.warning("%d changes could not be stored together: %s", len(changes), type(error).__name__)
        return _by_room(changes)
    except DatabaseError as error:
        logger.warning("%d changes were refused together: %s", len(changes), type(error).__name__)
        return [_alone(change) for change in changes]


def _store(changes: Sequence[Change]) -> list[Outcome]:
    rendered = [_render(change) for change in changes]
    with transaction.atomic():
        batch = Batch(changes)
        outcomes = [_apply(batch, change, html) for change, html in zip(changes, rendered, strict=True)]
        batch.save()
    return outcomes


def _render(change: Change) -> str | ChatError:
    body = getattr(change.command, "body", None)
    if body is None:
        return ""
    try:
        return messages.render_body(body)
    except ChatError as refusal:
        return refusal
    except Exception:  # a fault of the parser must not refuse the neighbours in the batch
        logger.exception("a body could not be rendered")
        return markup.plain(body)


def _apply(batch: Batch, change: Change, html: str | ChatError) -> Outcome:
    if isinstance(html, ChatError):
        return html
    try:
        return _VERBS[type(change.command)](batch, change.actor, change.command, html)
    except ChatError as refusal:
        return refusal


def _by_room(changes: Sequence[Change]) -> list[Outcome]:
    """Store each room's changes apart: a room that is locked for long must not hold up the others."""
    outcomes: dict[int, Outcome] = {}
    numbered = sorted(enumerate(changes), key=lambda item: item[1].command.room)
    for _room, group in groupby(numbered, key=lambda item: item[1].command.room):
        numbers, of_room = zip(*group, strict=True)
        outcomes.update(zip(numbers, _room_or_unavailable(of_room), strict=True))
    return [outcomes[number] for number in range(len(changes))]


def _room_or_unavailable(changes: Sequence[Change]) -> list[Outcome]:
    try:
        return _store(changes)
    except (OperationalError, InterfaceError):
        return [Unavailable() for _ in changes]
    except DatabaseError:
        return [_alone(change) for change in changes]


def _alone(change: Change) -> Outcome:
    try:
        return _store([change])[0]
    except (OperationalError, InterfaceError):
        return Unavailable()
    except DatabaseError as error:
        logger.warning("the database refuses a change: %s", type(error).__name__)
        return BadFrame("The database refuses this.")
