"""Rooms that are made by choosing people."""

from collections.abc import Collection

from django.db import transaction

from chat import conf
from chat.actions.memberships import add_at_once
from chat.actions.people import people_named
from chat.errors import BadQuery
from chat.models import Room, User


def direct_room(*, by: User, user_ids: Collection[int]) -> Room:
    """The one room of oneself and these people; with nobody else, a place for notes. Raises BadQuery or NotFound.

    The key is unique: of those who ask at the same time one makes the room, and the others wait and find it.
    """
    ids = {by.pk, *user_ids}
    if len(ids) > conf.DIRECT_PEOPLE:
        raise BadQuery(f"users: a direct room has at most {conf.DIRECT_PEOPLE} people")
    people = people_named(ids)
    key = ",".join(str(pk) for pk in sorted(ids))
    with transaction.atomic():
        room, _is_new = Room.objects.get_or_create(direct_key=key, defaults={"kind": Room.Kind.DIRECT})
        add_at_once(room=room, users=people)
    return room
