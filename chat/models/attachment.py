from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat import conf
from chat.models.message import Message
from chat.models.room import Room
from chat.models.user import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """What was sent in this person's rooms, and what this person is about to send there."""
        sent_or_own = models.Q(message__isnull=False) | models.Q(uploader=user)
        return self.filter(sent_or_own, room__in=user.rooms)

    def unsent(self) -> AttachmentQuerySet:
        return self.filter(message=None)

    def fresh(self) -> AttachmentQuerySet:
        """Those of the unsent that can still be sent."""
        return self.unsent().filter(created__gte=_expiry())

    def expired(self) -> AttachmentQuerySet:
        return self.unsent().filter(created__lt=_expiry())


class Attachment(models.Model):
    """A file in a room: first its uploader's alone, and once it was sent, a part of one message for ever.

    Its bytes lie where `chat/files/store.py` says. Width and height tell that it is a picture that pages may show:
    one that was looked through, and has a thumbnail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="attachments", verbose_name=_("room"))
    uploader = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by"))
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="files", verbose_name=_("message"))
    name = models.CharField(_("name"), max_length=conf.FILE_NAME_CHARACTERS)
    size = models.PositiveBigIntegerField(_("size"))
    type = models.CharField(_("type"), max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [
            models.Index(fields=["created"], condition=models.Q(message=None), name="unsent_files"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.width is not None


def _expiry() -> datetime:
    return timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS)
