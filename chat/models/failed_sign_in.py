from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from axes.models import AccessAttempt
from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedSignIn(AccessAttempt):  # type: ignore[misc]  # axes has no types
    """Sign-ins under one name, from one network or one known browser, that failed: axes' own row.

    `username` is the name as it is counted, `ip_address` the network; `user_agent` names the browser where this name
    has signed in with it before, and is empty otherwise. What was sent is not kept.
    """

    username: str
    ip_address: str
    user_agent: str
    failures_since_start: int
    attempt_time: datetime
    objects: ClassVar[models.Manager[FailedSignIn]]

    class Meta:
        proxy = True
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")

    def __str__(self) -> str:
        return f"{self.username} · {self.user_agent or self.ip_address}"
