"""Passwords that are tried at the sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client

from chat import conf
from chat.models import FailedSignIn

PASSWORD = "correct horse"
WRONG = "battery staple"
FREE = conf.SIGN_IN_FREE_FAILURES


def attempt(password: str = WRONG, *, name: str = "ana", ip: str = "192.0.2.7", client: Client | None = None) -> Any:
    """A sign-in, by a browser that nobody has used unless one is given."""
    return (client or Client()).post("/login/", {"username": name, "password": password}, REMOTE_ADDR=ip)


def fail(times: int = FREE, **where: Any) -> None:
    for _ in range(times):
        assert attempt(**where).status_code == 200


def pass_time(seconds: float) -> None:
    for row in FailedSignIn.objects.all():
        FailedSignIn.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(seconds=seconds))


def networks(count: int) -> Iterator[str]:
    return (f"198.51.100.{number}" for number in range(1, count + 1))
