"""The one-time link that makes the first administrator."""

from hashlib import sha256
from secrets import token_urlsafe

from django.urls import reverse
from django.utils.crypto import constant_time_compare

from chat.models import Installation, User


def new_setup_link(base_url: str) -> str | None:
    """A fresh link below `base_url`; the one before it ends. None once there is a user.

    Only the token's digest is stored: who reads the database cannot use it.
    """
    if User.objects.exists():
        return None
    token = token_urlsafe(32)
    Installation.objects.update_or_create(pk=1, defaults={"setup_digest": _digest(token)})
    return base_url.rstrip("/") + reverse("setup", args=[token])


def opens_setup(token: str) -> bool:
    """Whether a token may make the first administrator now."""
    digest = Installation.get().setup_digest
    return bool(digest) and constant_time_compare(digest, _digest(token)) and not User.objects.exists()


def spend(token: str) -> bool:
    """Claim a token for good: of two who use it at once, one is told True. For the transaction that makes the user."""
    claimed = Installation.objects.filter(setup_digest=_digest(token)).update(setup_digest="")
    return bool(claimed) and not User.objects.exists()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
