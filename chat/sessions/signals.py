"""The doorbells: whatever ends a session rings every process, and says only "look again"."""

import logging
from collections.abc import Collection
from typing import Any, Final

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from chat.models import Session, User
from chat.relay.publisher import publish_to_people
from chat.relay.rings import SessionsChanged
from chat.sessions.throttle import seconds_to_wait

logger = logging.getLogger(__name__)

_ENDING: Final = {"password", "is_active"}
_NAME_CHARACTERS: Final = 50  # anybody may try to sign in under anything


@receiver(post_delete, sender=Session)
def session_deleted(instance: Session, **_kwargs: Any) -> None:
    """Sign-out, flush, clearsessions, the admin and the ORM all end here."""
    if instance.user_id is not None:
        publish_to_people(SessionsChanged(devices=[instance.device]))


@receiver(post_save, sender=User)
def account_changed(
    instance: User, created: bool, update_fields: Collection[str] | None = None, **_kwargs: Any
) -> None:
    if not created and (update_fields is None or _ENDING.intersection(update_fields)):
        publish_to_people(SessionsChanged(users=[instance.pk]))


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note where a sign-in came from, for the list of devices."""
    if request.session.session_key is None:  # somebody else was signed in here: Django has deleted that row
        request.session.save()
    Session.objects.filter(session_key=request.session.session_key).update(
        user=user,
        ip=request.META.get("REMOTE_ADDR") or None,
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:400],
    )
    logger.info("signed in", extra=_who(request, user))


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        logger.info("signed out", extra=_who(request, user))


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], request: HttpRequest, **_kwargs: Any) -> None:
    tried = {"username": credentials["username"][:_NAME_CHARACTERS], "ip": request.META.get("REMOTE_ADDR")}
    if wait := seconds_to_wait(request):
        logger.info("sign-in throttled", extra={**tried, "retry_after": wait})
    else:
        logger.info("sign-in failed", extra=tried)


def _who(request: HttpRequest, user: User) -> dict[str, Any]:
    row = Session.objects.filter(session_key=request.session.session_key)
    device = row.values_list("device", flat=True).first()
    return {"user": user.pk, "ip": request.META.get("REMOTE_ADDR"), "device": device}
