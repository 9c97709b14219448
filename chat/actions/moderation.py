"""Take messages out, on behalf of those who keep order."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from chat.actions.messages import make_tombstone
from chat.models import Message, Room
from chat.protocol.codec import encode
from chat.protocol.messages import message_frame
from chat.relay.publisher import publish_events
from chat.relay.rings import Event, RoomEvents


def moderate(*, messages: Iterable[Message]) -> None:
    """Leave a tombstone in the place of each. Rooms are taken one after another, none locked for long."""
    chosen: defaultdict[int, list[int]] = defaultdict(list)
    for message in messages:
        chosen[message.room_id].append(message.pk)
    for room_id in sorted(chosen):
        _moderate_in_room(room_id, chosen[room_id])


def _moderate_in_room(room_id: int, ids: list[int]) -> None:
    with transaction.atomic():
        room = Room.objects.select_for_update(no_key=True).get(pk=room_id)
        standing = Message.objects.filter(room=room, pk__in=ids, deleted=False).select_related("author")
        events = [_tombstone(room, message) for message in standing.order_by("position")]
        room.save(update_fields=["last_revision"])
        if events:
            publish_events(RoomEvents(room.pk, events))


def _tombstone(room: Room, message: Message) -> Event:
    make_tombstone(message)
    message.revision = room.next_revision()
    message.save(update_fields=["revision", "body", "html", "deleted"])
    return Event(message.revision, encode(message_frame(message)))
