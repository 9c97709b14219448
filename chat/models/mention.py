from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chat.models.membership import Membership
from chat.models.room import Room
from chat.models.user import User


class MentionQuerySet(models.QuerySet["Mention"]):
    def unread_by(self, user: User) -> MentionQuerySet:
        """What calls this person, in the rooms that may, and has not been read."""
        return self.filter(
            Q(user=user) | Q(user=None),
            room__archived=False,
            room__memberships__user=user,
            room__memberships__active=True,
            room__memberships__notify__in=[Membership.Notify.ALL, Membership.Notify.MENTIONS],
            position__gt=F("room__memberships__read"),
        ).exclude(author=user)


class Mention(models.Model):
    """That a message calls a person; or, with no `user`, everybody in its room.

    What a message says of it, in `Message.mentions`, is for those who read it; a row here is for those who have not.
    One row calls a thousand people: whoever is called is known by the place read up to.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    position = models.PositiveBigIntegerField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")

    objects: ClassVar[models.Manager[Mention]] = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "position", "user"], name="one_mention_a_person")]
        indexes = [models.Index(fields=["user", "room", "position"], name="mentions_of_a_person")]

    def __str__(self) -> str:
        return f"{self.room}/{self.position}"
