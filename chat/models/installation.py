from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Installation(models.Model):
    """The one row about this installation itself.

    `epoch` names the database's history: restoring a backup changes it, and clients then drop what they held.
    `setup_digest` is the SHA-256 of the one-time token that may make the first administrator; empty: none.
    `uploads_cleaned` is when a process began to remove the files that nobody has sent; None: never.
    """

    epoch = models.UUIDField(default=uuid.uuid4)
    setup_digest = models.CharField(max_length=64, blank=True)
    uploads_cleaned = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Installation]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return self.epoch.hex

    @classmethod
    def get(cls) -> Installation:
        return cls.objects.get(pk=1)
