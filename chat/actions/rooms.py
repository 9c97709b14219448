"""Make and change rooms."""

from collections.abc import Iterable

from django.db import transaction

from chat.actions.memberships import add_members
from chat.models import Room, User
from chat.relay.publisher import publish_to_people
from chat.relay.rings import RoomsChanged


def create_room(*, name: str, kind: str = Room.Kind.OPEN, members: Iterable[User] = ()) -> Room:
    """Make a room with its first members."""
    with transaction.atomic():
        room = Room.objects.create(name=name, kind=kind)
        add_members(room=room, users=members)
    return room


def save_room(*, room: Room) -> None:
    """Store what people may change of a room: everything but its numbers, which only locked changes raise."""
    with transaction.atomic():
        room.save(update_fields=["name", "kind", "topic", "everyone", "archived"])
        if room.everyone:
            add_members(room=room, users=User.objects.filter(is_active=True))
        publish_to_people(RoomsChanged(rooms=[room.pk]))
