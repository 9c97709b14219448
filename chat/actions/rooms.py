"""Make and change rooms."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from chat.actions.memberships import add_at_once, add_members
from chat.models import Membership, Room, User
from chat.relay.publisher import publish_to_people
from chat.relay.rings import RoomsChanged


def create_room(
    *,
    name: str,
    kind: str = Room.Kind.OPEN,
    topic: str = "",
    creator: User | None = None,
    members: Iterable[User] = (),
) -> Room:
    """Make a room with its first members."""
    with transaction.atomic():
        room = Room.objects.create(name=name, kind=kind, topic=topic, creator=creator)
        add_at_once(room=room, users=members)
    return room


def save_room(*, room: Room) -> None:
    """Store what people may change of a room: everything but its numbers, which only locked changes raise."""
    with transaction.atomic():
        was_archived = Room.objects.select_for_update(no_key=True).get(pk=room.pk).archived
        room.save(update_fields=["name", "kind", "topic", "everyone", "archived"])
        unheard = list(_members(room)) if was_archived else []  # no process follows an archived room
        publish_to_people(RoomsChanged(users=unheard, rooms=[room.pk]))
        if room.everyone:
            # Not before: this transaction may be the admin's, which would hold the room until thousands are in it.
            # Cut short there, it is finished when the room is saved again, and for each person at the next sign-in.
            transaction.on_commit(partial(_take_everyone_in, room))


def _members(room: Room) -> QuerySet[Membership, int]:
    return Membership.objects.filter(room=room, active=True).values_list("user", flat=True)


def _take_everyone_in(room: Room) -> None:
    missing = User.objects.filter(is_active=True).exclude(pk__in=_members(room))
    add_members(room=room, users=missing.order_by("pk"))
