"""Join and leave. Each takes a revision of the room, so that it has its place among the messages."""

from collections.abc import Iterable

from django.db import transaction

from chat.errors import Forbidden
from chat.models import Membership, Room, User
from chat.protocol.codec import encode
from chat.protocol.events import Member
from chat.protocol.messages import person
from chat.relay.publisher import publish_events, publish_to_people
from chat.relay.rings import Event, RoomEvents, RoomsChanged


def add_members(*, room: Room, users: Iterable[User]) -> None:
    """Put people into a room; those who are in it already stay as they are."""
    with transaction.atomic():
        locked = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        present = {one.user_id: one for one in Membership.objects.filter(room=locked)}
        events = [
            _join(locked, user, present.get(user.pk))
            for user in users
            if user.pk not in present or not present[user.pk].active
        ]
        _finish(locked, events)


def remove_members(*, room: Room, users: Iterable[User]) -> None:
    """Take people out of a room. Raises Forbidden for a room that everyone is in."""
    with transaction.atomic():
        locked = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        if locked.everyone:
            raise Forbidden("Everyone is in this room.")
        leaving = Membership.objects.filter(room=locked, user__in=list(users), active=True).select_related("user")
        leaving = leaving.select_for_update(no_key=True, of=("self",)).order_by("pk")
        _finish(locked, [_leave(locked, membership) for membership in leaving])


def join_rooms_of_everyone(*, user: User) -> None:
    """Put a person into the rooms that everyone is in, whichever way the account was made."""
    missing = Room.objects.filter(everyone=True).exclude(memberships__user=user, memberships__active=True)
    for room in missing.order_by("pk"):
        add_members(room=room, users=[user])


def _join(room: Room, user: User, before: Membership | None) -> Event:
    membership = before or Membership(room=room, user=user)
    membership.active = True
    membership.read = room.last_position
    membership.revision = room.next_revision()
    membership.save()
    frame = Member(room=room.pk, revision=membership.revision, user=person(user), is_in=True)
    return Event(membership.revision, encode(frame), joined=user.pk)


def _leave(room: Room, membership: Membership) -> Event:
    membership.active = False
    membership.revision = room.next_revision()
    membership.save(update_fields=["active", "revision"])
    frame = Member(room=room.pk, revision=membership.revision, user=person(membership.user), is_in=False)
    return Event(membership.revision, encode(frame), left=membership.user_id)


def _finish(room: Room, events: list[Event]) -> None:
    if not events:
        return
    room.save(update_fields=["last_revision"])
    publish_events(RoomEvents(room.pk, events))
    publish_to_people(RoomsChanged(users=[changed for event in events if (changed := event.joined or event.left)]))
