"""The devices that a person is signed in on, and how each sign-in is ended."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import models
from django.utils import timezone

from chat import conf
from chat.models import Session, User


def devices_of(user: User, *, first: UUID) -> list[Session]:
    """The sign-ins of a person that still count: the one at hand, then the others, the one used last first."""
    rows = sorted(user.sessions.order_by("-last_seen", "-created"), key=lambda row: row.device != first)
    living = Session.objects.living(row.device for row in rows)
    return [row for row in rows if row.device in living]


def mark_seen(devices: Iterable[UUID]) -> None:
    """Note that these devices are in use, in a column of its own that the session store never writes."""
    now = timezone.now()
    long_ago = now - timedelta(seconds=conf.SEEN_SECONDS)
    Session.objects.filter(device__in=list(devices), last_seen__lt=long_ago).update(last_seen=now)


def end_devices(*, user: User, devices: Iterable[UUID]) -> int:
    """Sign a person out on these devices; on how many it was signed in. Other people's are left alone."""
    return _end(user.sessions.filter(device__in=list(devices)))


def end_other_devices(*, user: User, kept: UUID) -> int:
    return _end(user.sessions.exclude(device=kept))


def end_all_devices(*, user: User) -> int:
    return _end(user.sessions.all())


def _end(rows: models.QuerySet[Session]) -> int:
    """Through the ORM, as each row's deletion rings the doorbell that closes its sockets."""
    _total, by_model = rows.delete()
    return by_model.get(Session._meta.label, 0)
