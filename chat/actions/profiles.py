"""What people change of their own account, beside the password."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from chat.actions.naming import checked_full_name
from chat.errors import BadQuery
from chat.models import User


def save_profile(*, user: User, full_name: str, language: str, theme: str) -> User:
    """The person as stored now. An empty language is the browser's, an empty theme the system's. Raises BadQuery."""
    wanted = {"full_name": checked_full_name(full_name), "language": language, "theme": theme}
    if language and language not in dict(settings.LANGUAGES):
        raise BadQuery("language: it is none of the pages' languages")
    if theme not in User.Theme.values:
        raise BadQuery("theme: light, dark or nothing is expected")
    with transaction.atomic():
        stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
        for name, value in changed.items():
            setattr(stored, name, value)
        stored.save(update_fields=list(changed))
    return stored
