"""From the session on a socket's scope to the person."""

from typing import Any
from uuid import UUID

from channels.auth import AuthMiddleware
from django.contrib.auth.models import AnonymousUser

from chat.models import Session, User
from chat.threads import in_reader


class SessionAuthMiddleware(AuthMiddleware):  # type: ignore[misc]  # Channels has no types
    """Channels' auth middleware, asking what every check of ours asks: is this session live?

    The original ignores SECRET_KEY_FALLBACKS and flushes a session that it cannot verify: connecting during a
    key rotation would sign the person out of the pages too. This one only reads. It adds `device` to the scope.
    """

    async def resolve_scope(self, scope: dict[str, Any]) -> None:
        user, device = await in_reader(signed_in, scope["session"].session_key)
        scope["user"]._wrapped = user
        scope["device"] = device


def signed_in(session_key: str | None) -> tuple[User | AnonymousUser, UUID | None]:
    """Whose live session has this key, and its device; nobody and None where there is none."""
    row = Session.objects.filter(session_key=session_key).select_related("user").first() if session_key else None
    if row is None or row.user is None or row.device not in Session.objects.living([row.device]):
        return AnonymousUser(), None
    return row.user, row.device
