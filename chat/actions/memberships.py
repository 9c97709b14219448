"""Join and leave. Each takes a revision of the room, so that it has its place among the messages."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from chat.actions.chunks import in_chunks
from chat.errors import Forbidden
from chat.models import Membership, Room, User
from chat.protocol.codec import encode
from chat.protocol.events import Member
from chat.protocol.messages import person
from chat.relay.publisher import publish_events, publish_to_people
from chat.relay.rings import Event, RoomEvents, RoomsChanged


def add_members(*, room: Room, users: Iterable[User]) -> None:
    """Put people into a room; those who are in it already stay as they are. Cut short, it can be done again."""
    for some in in_chunks(users):
        add_at_once(room=room, users=some)


def add_at_once(*, room: Room, users: Iterable[User]) -> None:
    """All of them or nobody: the room is locked for as long as it takes."""
    people = {user.pk: user for user in users}
    with transaction.atomic():
        locked = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        places = Membership.objects.filter(room=locked, user__in=people)
        known = {place.user_id: place for place in places.select_for_update(no_key=True).order_by("pk")}
        joining = [known.get(pk) or _new_place(locked, user) for pk, user in people.items()]
        joining = [place for place in joining if not place.active]
        events = [_join(locked, place, people[place.user_id]) for place in joining]
        Membership.objects.bulk_create([place for place in joining if place.pk is None])
        returning = [place for place in joining if place.user_id in known]
        Membership.objects.bulk_update(returning, ["active", "read", "revision"])
        _finish(locked, events)


def remove_members(*, room: Room, users: Iterable[User]) -> None:
    """Take people out of a room. Raises Forbidden for a room that everyone is in. Cut short, it can be done again."""
    for some in in_chunks(users):
        _remove_at_once(room, some)


def _remove_at_once(room: Room, users: Sequence[User]) -> None:
    with transaction.atomic():
        locked = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        if locked.everyone:
            raise Forbidden("Everyone is in this room.")
        places = Membership.objects.filter(room=locked, user__in=users, active=True).select_related("user")
        leaving = list(places.select_for_update(no_key=True, of=("self",)).order_by("pk"))
        events = [_leave(locked, place) for place in leaving]
        Membership.objects.bulk_update(leaving, ["active", "revision"])
        _finish(locked, events)


def join_rooms_of_everyone(*, user: User) -> None:
    """Put a person into the rooms that everyone is in, whichever way the account was made."""
    missing = Room.objects.filter(everyone=True).exclude(
        pk__in=Membership.objects.filter(user=user, active=True).values("room")
    )
    for room in missing.order_by("pk"):
        add_members(room=room, users=[user])


def _new_place(room: Room, user: User) -> Membership:
    """Whoever writes to a person directly is to be heard."""
    direct = room.kind == Room.Kind.DIRECT
    notify = Membership.Notify.ALL if direct else Membership.Notify.MENTIONS
    return Membership(room=room, user=user, active=False, notify=notify)


def _join(room: Room, place: Membership, user: User) -> Event:
    place.active = True
    place.read = room.last_position
    place.revision = room.next_revision()
    frame = Member(room=room.pk, revision=place.revision, user=person(user), is_in=True)
    return Event(place.revision, encode(frame), joined=user.pk)


def _leave(room: Room, place: Membership) -> Event:
    place.active = False
    place.revision = room.next_revision()
    frame = Member(room=room.pk, revision=place.revision, user=person(place.user), is_in=False)
    return Event(place.revision, encode(frame), left=place.user_id)


def _finish(room: Room, events: list[Event]) -> None:
    if not events:
        return
    room.save(update_fields=["last_revision"])
    publish_events(RoomEvents(room.pk, events))
    publish_to_people(RoomsChanged(users=[changed for event in events if (changed := event.joined or event.left)]))
