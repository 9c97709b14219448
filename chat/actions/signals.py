"""What must follow a change of a row, whichever way it was made."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from chat.actions.memberships import join_rooms_of_everyone
from chat.models import User


@receiver(user_logged_in)
def join_what_was_missed(user: User, **_kwargs: Any) -> None:
    """Whoever a job that was cut short has left out."""
    join_rooms_of_everyone(user=user)


@receiver(post_save, sender=User)
def join_everyone(instance: User, created: bool, raw: bool, **_kwargs: Any) -> None:
    if created and not raw:
        join_rooms_of_everyone(user=instance)
