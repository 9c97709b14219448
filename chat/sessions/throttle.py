"""How many sign-ins may fail, and how long is to be waited then."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from chat import conf
from chat.models import FailedSignIn
from chat.sessions.addresses import subscriber
from chat.sessions.browsers import known_browser

NAME_CHARACTERS: Final = 255  # what the column holds
WINDOW: Final = timedelta(seconds=conf.SIGN_IN_LONGEST_SECONDS)
MEMORY: Final = timedelta(seconds=conf.SIGN_IN_MEMORY_SECONDS)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt is counted under: a name, with the browser if it is a known one, else with the network."""

    name: str
    network: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest, username: str) -> Attempt:
        name = counted_name(username)
        return cls(name, subscriber(request.META.get("REMOTE_ADDR")), known_browser(request, name))

    @property
    def row(self) -> dict[str, str]:
        # A known browser is the same one wherever it is carried.
        return {
            "username": self.name,
            "ip_address": subscriber(None) if self.browser else self.network,
            "user_agent": self.browser,
        }


class SignInThrottle(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """The rules, as the handler that axes asks and tells; its tables keep the count for all processes.

    - A name from one network has a few failures, then waits that double up to a longest one.
    - One network with many names, and one name from many networks, have limits of their own. To the first, one
      name adds no more than its few failures: a colleague's typos lock nobody else out.
    - A browser with which the name has signed in before counts for itself: nobody else's failures touch it.

    Failures while one has to wait are not heard at all, so nobody can prolong a wait. Names without an account
    are counted as others are. Axes' own rules know one limit for everything, and keep what was sent.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        hold_up(request, seconds_left(Attempt.of(request, (credentials or {}).get("username") or "")))
        return seconds_to_wait(request) > 0

    def user_login_failed(
        self, sender: object, credentials: dict[str, Any], request: HttpRequest, **_kwargs: Any
    ) -> None:
        if not seconds_to_wait(request):  # it was heard
            hold_up(request, record_failure(Attempt.of(request, credentials.get("username") or "")))

    def user_logged_in(self, sender: object, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
        forget_failures(Attempt.of(request, user.get_username()))

    def user_logged_out(self, sender: object, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
        """Nothing to count: axes would keep a log of its own."""

    def reset_attempts(
        self, *, ip_address: str | None = None, username: str | None = None, ip_or_username: bool = False
    ) -> int:
        """For the commands: names and addresses are written there as people write them."""
        removed: int = super().reset_attempts(
            ip_address=ip_address and subscriber(ip_address),
            username=username and counted_name(username),
            ip_or_username=ip_or_username,
        )
        return removed


def hold_up(request: HttpRequest, seconds: float) -> None:
    """Note how long whoever sent this has to wait before a password is heard."""
    request.sign_in_wait = seconds  # type: ignore[attr-defined]


def seconds_to_wait(request: HttpRequest) -> int:
    """How long the person behind this request has to wait; 0 when the password was heard."""
    return math.ceil(getattr(request, "sign_in_wait", 0))


def counted_name(username: str) -> str:
    """Ways of writing a name that look alike are one name."""
    folded = unicodedata.normalize("NFKC", username).casefold()
    return unicodedata.normalize("NFKC", folded)[:NAME_CHARACTERS]


def pause(failures: int) -> timedelta:
    """How long one waits after so many failures in a row."""
    beyond = failures - conf.SIGN_IN_FREE_FAILURES
    if beyond < 0:
        return timedelta()
    doubled = conf.SIGN_IN_FIRST_SECONDS * 2 ** min(beyond, 32)
    return timedelta(seconds=min(doubled, conf.SIGN_IN_LONGEST_SECONDS))


def seconds_left(attempt: Attempt) -> float:
    """None are left where the wait is over: a failure then counts as any other."""
    now = timezone.now()
    recent = FailedSignIn.objects.filter(attempt_time__gt=now - MEMORY)
    ends = [row.attempt_time + pause(row.failures_since_start) for row in recent.filter(**attempt.row)]
    if not attempt.browser:
        ends += _crowded(recent.filter(user_agent=""), attempt, now)
    return max([0.0, *((end - now).total_seconds() for end in ends)])


def _crowded(strangers: QuerySet[FailedSignIn], attempt: Attempt, now: datetime) -> list[datetime]:
    rows = strangers.filter(Q(ip_address=attempt.network) | Q(username=attempt.name), attempt_time__gt=now - WINDOW)
    rows = rows.order_by("-attempt_time")
    of_network = (row for row in rows if row.ip_address == attempt.network)
    of_name = (row for row in rows if row.username == attempt.name)
    ends = _full(of_network, conf.SIGN_IN_NETWORK_FAILURES), _full(of_name, conf.SIGN_IN_NAME_FAILURES)
    return [end for end in ends if end]


def _full(rows: Iterable[FailedSignIn], limit: int) -> datetime | None:
    """When enough of these rows, the newest first, will be old enough that they are below the limit."""
    total = 0
    for row in rows:
        total += min(row.failures_since_start, conf.SIGN_IN_FREE_FAILURES)
        if total >= limit:
            return row.attempt_time + WINDOW
    return None


def forget_failures(attempt: Attempt) -> None:
    FailedSignIn.objects.filter(**attempt.row).delete()


def record_failure(attempt: Attempt) -> float:
    """Count one more; or, if others that were tried at the same time have used up what was free, how long to wait."""
    now = timezone.now()
    FailedSignIn.objects.filter(attempt_time__lt=now - MEMORY).delete()
    first = {"failures_since_start": 1, "attempt_time": now}
    with transaction.atomic():
        row, made = FailedSignIn.objects.select_for_update().get_or_create(**attempt.row, defaults=first)
        left = (row.attempt_time + pause(row.failures_since_start) - now).total_seconds()
        if not made and left <= 0:
            FailedSignIn.objects.filter(pk=row.pk).update(
                failures_since_start=F("failures_since_start") + 1, attempt_time=now
            )
    return 0.0 if made else max(left, 0.0)
