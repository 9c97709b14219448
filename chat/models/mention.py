from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.sql.compiler import SQLCompiler

from chat import conf
from chat.models.membership import Membership
from chat.models.room import Room
from chat.models.user import User


class Positions(Subquery):
    """All positions that a subquery finds, as one value.

    It is asked for each row of the outer query. A join would say the same; but as PostgreSQL cannot know that most is
    read, it would go through all calls of everybody that there ever were.
    """

    output_field = models.JSONField()
    template = "(SELECT jsonb_agg(position) FROM (%(subquery)s) AS found)"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        template = self.template.replace("jsonb_agg", "json_group_array")
        return self.as_sql(compiler, connection, template=template, **extra)


class MentionQuerySet(models.QuerySet["Mention"]):
    def unread_by(self, user: User) -> dict[int, list[int]]:
        """The positions of what calls this person and has not been read, by room; in the rooms that may.

        Oldest first, and of very many in a room the newest.
        """
        places = user.memberships.filter(active=True, room__archived=False, read__lt=F("room__last_position"))
        calling = places.exclude(notify=Membership.Notify.NONE)
        calls = calling.values_list("room", self._newest_unread(user, user), self._newest_unread(user, None))
        found = {room: sorted({*(named or ()), *(everybody or ())}) for room, named, everybody in calls}
        return {room: positions[-conf.MENTIONS_TOLD :] for room, positions in sorted(found.items()) if positions}

    def _newest_unread(self, user: User, called: User | None) -> Positions:
        """Each from a range of one index: `called` is either a person or, as None, everybody."""
        unread = self.filter(user=called, room=OuterRef("room"), position__gt=OuterRef("read")).exclude(author=user)
        return Positions(unread.order_by("-position").values("position")[: conf.MENTIONS_TOLD])


class Mention(models.Model):
    """That a message calls a person; or, with no `user`, everybody in its room.

    What a message says of it, in `Message.mentions`, is for those who read it; a row here is for those who have not.
    One row calls a thousand people: whoever is called is known by the place read up to. Each person that is called by name
    has a row besides, also the author: it leads to the messages in which that name stands.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveBigIntegerField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", db_index=False)

    objects: ClassVar[MentionQuerySet] = MentionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "position", "user"], name="one_mention_a_person"),
            models.UniqueConstraint(fields=["room", "position"], condition=Q(user=None), name="one_call_of_everybody"),
        ]
        indexes = [
            models.Index(
                fields=["user", "room", "position"], condition=Q(user__isnull=False), name="mentions_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}/{self.position}"
