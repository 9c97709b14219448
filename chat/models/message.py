from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models.room import Room
from chat.models.search_entry import SearchEntry
from chat.models.user import User

_SEARCHED: Final = frozenset({"body", "attachments", "deleted", "created", "author", "author_id", "room", "room_id"})


class MessageQuerySet(models.QuerySet["Message"]):
    """Whichever way messages are stored, they are found by what they say from the same commit on."""

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Message], *args: Any, **options: Any) -> list[Message]:
        created = super().bulk_create(objs, *args, **options)
        SearchEntry.objects.add(created)
        return created

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """Django's own `bulk_update` comes by here."""
        if _SEARCHED.isdisjoint(values):
            return super().update(**values)
        chosen = list(self.values_list("pk", flat=True))
        count = super().update(**values)
        SearchEntry.objects.follow(list(Message.objects.filter(pk__in=chosen)))
        return count

    def page(self, *, before: int | None, after: int | None, limit: int) -> tuple[list[Message], bool]:
        """At most `limit` messages beside a position (exclusive), oldest first; and whether there are more.

        With neither `before` nor `after`: the newest ones.
        """
        found = self.select_related("author")
        if before is not None:
            found = found.filter(position__lt=before)
        if after is not None:
            found = found.filter(position__gt=after)
        forward = after is not None and before is None
        rows = list(found.order_by("position" if forward else "-position")[: limit + 1])
        page, more = rows[:limit], len(rows) > limit
        return (page if forward else page[::-1]), more

    def at(self, positions: Collection[int]) -> list[Message]:
        """Those that there are at these positions, oldest first."""
        return list(self.filter(position__in=positions).select_related("author").order_by("position"))

    def changed(self, *, after: int, up_to: int) -> MessageQuerySet:
        """The messages whose last change lies in (after, up_to], in the order of their changes."""
        return self.filter(revision__gt=after, revision__lte=up_to).select_related("author").order_by("revision")


class Message(models.Model):
    """One message. It is never deleted as a row: a deleted one stays as an empty tombstone in its place.

    `key` is the one the author's page made; with `digest`, of the body as first sent, it makes sending again harmless.
    `mentions` (ids of people), `reactions` and `attachments` are kept as the wire has them: a message is always sent
    whole, so reading a page of history needs no other table, and all that changes them holds the room's lock.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="messages", verbose_name=_("room"))
    position = models.PositiveBigIntegerField(_("position"))
    revision = models.PositiveBigIntegerField(_("revision"))
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="messages", verbose_name=_("author"))
    key = models.UUIDField(_("key"))
    digest = models.BinaryField(max_length=32)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    created = models.DateTimeField(_("sent"), default=timezone.now)
    edited = models.DateTimeField(_("edited"), null=True)
    deleted = models.BooleanField(_("deleted"), default=False)
    reply_to = models.PositiveBigIntegerField(_("answers the position"), null=True)
    mentions = models.JSONField(default=list, editable=False)
    reactions = models.JSONField(default=list, editable=False)
    attachments = models.JSONField(default=list, editable=False)

    objects: ClassVar[models.Manager[Message]] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["room", "position"], name="one_message_a_position"),
            models.UniqueConstraint(fields=["author", "key"], name="one_message_a_key"),
        ]
        indexes = [models.Index(fields=["room", "revision"], name="message_changes")]

    def __str__(self) -> str:
        return f"{self.room}/{self.position}"

    @transaction.atomic
    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        SearchEntry.objects.follow(list(Message.objects.filter(pk=self.pk)))
