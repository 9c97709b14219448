from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat import conf


class Room(models.Model):
    """A place to talk, and the two numbers that order all that happens in it.

    `last_position` is its newest message, `last_revision` its newest change. Both are raised only under the
    row's lock, which is held to the commit: whoever sees revision N can read everything up to N.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("open: anyone may join")
        CLOSED = "closed", _("closed: by invitation")
        DIRECT = "direct", _("direct: its members only")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OPEN)
    name = models.CharField(_("name"), max_length=conf.ROOM_NAME_CHARACTERS, blank=True)
    topic = models.CharField(_("topic"), max_length=conf.TOPIC_CHARACTERS, blank=True)
    everyone = models.BooleanField(_("everyone is in it"), default=False)
    archived = models.BooleanField(_("archived"), default=False)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    last_position = models.PositiveBigIntegerField(default=0, editable=False)
    last_revision = models.PositiveBigIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager[Room]] = models.Manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    def next_revision(self) -> int:
        """Take the room's next revision. The row must be locked; saving it is the caller's."""
        self.last_revision += 1
        return self.last_revision

    def next_position(self) -> int:
        self.last_position += 1
        return self.last_position
