"""The password of somebody who is signed in, asked for once more."""

import logging

from django.http import HttpRequest

from chat.models import User
from chat.sessions.addresses import subscriber
from chat.sessions.throttle import (
    Attempt,
    counted_name,
    forget_failures,
    hold_up,
    record_failure,
    seconds_left,
    seconds_to_wait,
)

logger = logging.getLogger(__name__)


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether it is right, if it may be tried now; `seconds_to_wait` tells.

    Whoever sits at a browser that was left signed in must not find the password out here. So it is counted as at the
    sign-in, and never as a known browser's: it is that very browser.
    """
    attempt = Attempt(counted_name(user.get_username()), subscriber(request.META.get("REMOTE_ADDR")), browser="")
    hold_up(request, seconds_left(attempt))
    if seconds_to_wait(request):
        return False
    if user.check_password(password):
        forget_failures(attempt)
        return True
    hold_up(request, record_failure(attempt))
    logger.info("wrong password", extra={"user": user.pk, "ip": request.META.get("REMOTE_ADDR")})
    return False
