from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models.room import Room
from chat.models.user import User


class Membership(models.Model):
    """That a person is, or was, in a room.

    The row stays after the person has left: `revision` says when it changed last, so that joins and
    leaves can be caught up with as messages are.
    """

    class Notify(models.TextChoices):
        ALL = "all", _("everything")
        MENTIONS = "mentions", _("mentions")
        NONE = "none", _("nothing")

    room = models.ForeignKey(Room, models.CASCADE, related_name="memberships", verbose_name=_("room"))
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    active = models.BooleanField(_("is a member"), default=True)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    read = models.PositiveBigIntegerField(_("read up to"), default=0, editable=False)
    notify = models.CharField(_("notify"), max_length=10, choices=Notify, default=Notify.MENTIONS)
    joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[models.Manager[Membership]] = models.Manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_membership_a_person")]
        indexes = [models.Index(fields=["room", "revision"], name="membership_changes")]

    def __str__(self) -> str:
        return f"{self.user} · {self.room}"
