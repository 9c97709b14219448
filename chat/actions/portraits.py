"""What people look like."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from django.db import transaction

from chat import conf
from chat.models import Portrait, User
from chat.pictures import squares

# A picture of few bytes may have as many pixels as fill the memory of a small machine.
_one_at_a_time: Final = Lock()


def set_portrait(*, user: User, source: Path) -> None:
    """Take a picture as somebody sent it; the one before goes. Raises BadPicture."""
    with _one_at_a_time:
        small, large = squares(source, sides=(conf.PORTRAIT_SMALL_PIXELS, conf.PORTRAIT_LARGE_PIXELS))
    with transaction.atomic():
        stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        Portrait.objects.update_or_create(user=stored, defaults={"small": small, "large": large})
        stored.picture = sha256(large).hexdigest()[:16]
        stored.save(update_fields=["picture"])


def remove_portrait(*, user: User) -> None:
    with transaction.atomic():
        stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        Portrait.objects.filter(user=stored).delete()
        stored.picture = ""
        stored.save(update_fields=["picture"])
