from __future__ import annotations

from typing import ClassVar

from django.db import models

from chat.models.user import User


class Portrait(models.Model):
    """A person's picture in the two sizes that pages show, each some kilobytes of WebP.

    In the database and not in a file, as every process has to serve it and it changes in one commit with
    `User.picture`, which is its version.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="portrait")
    small = models.BinaryField()
    large = models.BinaryField()

    objects: ClassVar[models.Manager[Portrait]] = models.Manager()

    def __str__(self) -> str:
        return str(self.user_id)
