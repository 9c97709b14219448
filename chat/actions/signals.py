"""What must follow a change of a row, whichever way it was made."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib.auth import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from chat.actions.memberships import join_rooms_of_everyone
from chat.models import User


@receiver(user_logged_in)
def join_what_was_missed(user: User, **_kwargs: Any) -> None:
    """Whoever a job that was cut short has left out."""
    join_rooms_of_everyone(user=user)


@receiver(post_save, sender=User)
def join_everyone(
    instance: User, created: bool, raw: bool, update_fields: Collection[str] | None = None, **_kwargs: Any
) -> None:
    """Also when an account becomes active again: rooms were given to everyone who was active then."""
    if raw:
        return
    if created:
        join_rooms_of_everyone(user=instance)
    elif instance.is_active and (update_fields is None or "is_active" in update_fields):
        # Not before the commit: this transaction has the person's row, and rooms are locked before people.
        transaction.on_commit(partial(join_rooms_of_everyone, user=instance))
