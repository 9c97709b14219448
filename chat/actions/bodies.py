"""What the bodies in a batch become: rendered before anything is locked, and then told who is called."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence

from chat import markup
from chat.actions import messages
from chat.actions.changes import Change
from chat.actions.mentions import Names, Text
from chat.errors import ChatError
from chat.markup import Draft
from chat.protocol.commands import Edit, Post

logger = logging.getLogger(__name__)


class Bodies:
    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._drafts = [_draft(change) for change in changes]
        self._names = Names(self._asked())

    def texts(self) -> list[Text | ChatError | None]:
        """What is stored for each change, or why it is refused; None where there is no body. To be asked under the rooms'
        locks: somebody who has left meanwhile is not called."""
        if not self._names.hold():
            self._names = Names(self._asked())
        return [self._text(change, draft) for change, draft in zip(self._changes, self._drafts, strict=True)]

    def _asked(self) -> dict[int, set[str]]:
        """The names that are called, by room."""
        asked: defaultdict[int, set[str]] = defaultdict(set)
        for change, draft in zip(self._changes, self._drafts, strict=True):
            if isinstance(draft, Draft):
                asked[change.command.room] |= draft.names
        return asked

    def _text(self, change: Change, draft: Draft | ChatError | None) -> Text | ChatError | None:
        if isinstance(draft, Draft):
            return self._names.text(change.command.room, change.actor.user_id, draft)
        return draft


def _draft(change: Change) -> Draft | ChatError | None:
    if not isinstance(change.command, Post | Edit):
        return None
    try:
        return messages.draft_body(change.command)
    except ChatError as refusal:
        return refusal
    except Exception:  # a fault of the parser must not refuse the neighbours in the batch
        logger.exception("a body could not be rendered")
        return markup.plain(change.command.body)
