"""What must follow a change of a row, whichever way it was made."""

from collections.abc import Collection
from functools import partial
from typing import Any, Final

from django.contrib.auth import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from chat.actions.memberships import join_rooms_of_everyone
from chat.models import Room, User
from chat.relay.publisher import publish_to_people
from chat.relay.rings import PersonChanged, RoomsChanged

_SHOWN: Final = {"username", "full_name", "picture"}


@receiver(post_save, sender=User)
def show_as_it_is_now(
    instance: User, created: bool, raw: bool, update_fields: Collection[str] | None = None, **_kwargs: Any
) -> None:
    """Open pages show the person, and call the direct rooms by the name."""
    if raw or created or (update_fields is not None and _SHOWN.isdisjoint(update_fields)):
        return
    publish_to_people(PersonChanged(instance.pk, instance.name))
    direct = instance.rooms.filter(kind=Room.Kind.DIRECT)
    publish_to_people(RoomsChanged(rooms=list(direct.values_list("pk", flat=True))))


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
