"""What searching looks at: the words of each message that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models

from chat.models.room import Room
from chat.models.user import User
from chat.search.words import searchable, spelled

if TYPE_CHECKING:
    from chat.models.message import Message

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ID_BITS: Final = 21  # a message's id, as far as it has to be told from others of the same millisecond
_FARTHEST: Final = 2**42 - 1  # milliseconds, in the year 2109: both together fit into a column


def moment(created: datetime, message: int = 0) -> int:
    """When a message was sent, to the millisecond, and no other then: what hits are sorted and paged by."""
    milliseconds = max(-_FARTHEST, min((created - _EPOCH) // timedelta(milliseconds=1), _FARTHEST))
    return milliseconds << _ID_BITS | message & (1 << _ID_BITS) - 1


class SearchEntryManager(models.Manager["SearchEntry"]):
    def add(self, messages: Iterable[Message]) -> None:
        self.bulk_create(map(entry, _standing(messages)))

    def follow(self, messages: list[Message]) -> None:
        """Bring in line with messages that may have changed. Entries that are right are left alone, which spares the index."""
        held = {one.message_id: one for one in self.filter(message__in=messages)}
        wanted = {one.message_id: one for one in map(entry, _standing(messages))}
        self.filter(message__in=held.keys() - wanted.keys()).delete()
        changed = [one for pk, one in wanted.items() if pk not in held or held[pk].content != one.content]
        self.bulk_create(changed, update_conflicts=True, unique_fields=["message"], update_fields=_CONTENT)


class SearchEntry(models.Model):
    """A message as it is searched; tombstones have none.

    It stands apart from the message, so that reactions, which change a message's row, cost the index nothing, and
    searching reads short rows. `MessageQuerySet` keeps it in line, in the transaction of each change.
    On SQLite, triggers hand `spelled` on to a full-text table; on PostgreSQL it has an index of trigrams.
    """

    message = models.OneToOneField("chat.Message", models.CASCADE, primary_key=True, related_name="search_entry")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    moment = models.BigIntegerField()
    words = models.TextField()
    spelled = models.TextField()

    objects: ClassVar[SearchEntryManager] = SearchEntryManager()

    class Meta:
        indexes = [
            models.Index(fields=["room", "moment"], name="search_by_room"),
            models.Index(fields=["author", "moment"], name="search_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}"

    @property
    def content(self) -> list[object]:
        return [getattr(self, name) for name in ("room_id", "author_id", "moment", "words")]


_CONTENT: Final = ("room", "author", "moment", "words", "spelled")


def text_of(message: Message) -> str:
    """What is searched of a message: what it says, and what its files are called."""
    return "\n".join([message.body, *(str(file["name"]) for file in message.attachments)])


def entry(message: Message) -> SearchEntry:
    words = searchable(text_of(message))
    return SearchEntry(
        message_id=message.pk,
        room_id=message.room_id,
        author_id=message.author_id,
        moment=moment(message.created, message.pk),
        words=words,
        spelled=spelled(words),
    )


def _standing(messages: Iterable[Message]) -> Iterator[Message]:
    return (message for message in messages if not message.deleted)
