from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat import conf
from chat.models.folded import Folded, FoldedField
from chat.models.user import User


class RoomQuerySet(models.QuerySet["Room"]):
    def seen_by(self, user: User) -> RoomQuerySet:
        """The open rooms, and those that this person is in, archived or not: of all others one may not even know."""
        inside = user.memberships.filter(active=True).values("room")
        return self.filter(Q(kind=Room.Kind.OPEN) | Q(pk__in=inside))


class Room(Folded):
    """A place to talk, and the two numbers that order all that happens in it.

    `last_position` is its newest message, `last_revision` its newest change. Both are raised only under the
    row's lock, which is held to the commit: whoever sees revision N can read everything up to N.

    `direct_key` names the people of a direct room, so that the same people have one such room and no more.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("open: anyone may join")
        CLOSED = "closed", _("closed: by invitation")
        DIRECT = "direct", _("direct: its members only")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OPEN)
    name = models.CharField(_("name"), max_length=conf.ROOM_NAME_CHARACTERS, blank=True)
    folded = FoldedField(of=["name"])
    topic = models.CharField(_("topic"), max_length=conf.TOPIC_CHARACTERS, blank=True)
    everyone = models.BooleanField(_("everyone is in it"), default=False)
    archived = models.BooleanField(_("archived"), default=False)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    creator = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("creator")
    )
    direct_key = models.CharField(  # noqa: DJ001  # of other rooms there are many without one
        max_length=conf.DIRECT_PEOPLE * 20, unique=True, null=True, editable=False
    )
    last_position = models.PositiveBigIntegerField(default=0, editable=False)
    last_revision = models.PositiveBigIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager[Room]] = RoomQuerySet.as_manager()

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
