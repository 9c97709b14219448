"""What posts refer to: files that were uploaded before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from chat.actions.changes import Actor, Change
from chat.errors import NotFound
from chat.models import Attachment
from chat.protocol.commands import Post


class Uploads:
    """Those that the posts of a batch name, locked until it is stored. Each can be sent once, by whoever uploaded it,
    in the room that it was uploaded to."""

    def __init__(self, changes: Sequence[Change]) -> None:
        named = {
            file_id for change in changes if isinstance(change.command, Post) for file_id in _named(change.command)
        }
        found = Attachment.objects.fresh().filter(pk__in=named).select_for_update(no_key=True).order_by("pk")
        self._waiting: dict[UUID, Attachment] = {one.pk: one for one in found} if named else {}
        self._taken: list[Attachment] = []

    def take(self, actor: Actor, command: Post) -> list[Attachment]:
        """The files that a post names, in its order. All of them or none: raises NotFound."""
        ids = list(_named(command))
        files = [self._waiting[file_id] for file_id in ids if file_id in self._waiting]
        own = [file for file in files if (file.uploader_id, file.room_id) == (actor.user_id, command.room)]
        if not len(set(ids)) == len(own) == len(command.attachments):
            raise NotFound("There is no such attachment.")
        for file in own:
            del self._waiting[file.pk]
        self._taken += own
        return own

    def save(self) -> None:
        Attachment.objects.bulk_update(self._taken, ["message"])


def _named(command: Post) -> Iterator[UUID]:
    for text in command.attachments:
        try:
            yield UUID(text)
        except ValueError:
            continue  # it is missed where the files are counted
