"""Take messages out, on behalf of those who keep order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from chat.actions.chunks import in_chunks
from chat.actions.files import remove_files
from chat.actions.mentions import forget
from chat.actions.messages import TOMBSTONE_FIELDS, make_tombstone
from chat.models import Message, Room
from chat.protocol.codec import encode
from chat.protocol.messages import message_frame
from chat.relay.publisher import publish_events
from chat.relay.rings import Event, RoomEvents


def moderate(*, messages: Iterable[Message]) -> None:
    """Leave a tombstone in the place of each. No room is locked for long; cut short, it can be done again."""
    chosen: defaultdict[int, list[int]] = defaultdict(list)
    for message in messages:
        chosen[message.room_id].append(message.pk)
    for room_id in sorted(chosen):
        for some in in_chunks(sorted(chosen[room_id])):
            _moderate_in_room(room_id, some)


def _moderate_in_room(room_id: int, ids: Sequence[int]) -> None:
    with transaction.atomic():
        room = Room.objects.select_for_update(no_key=True).get(pk=room_id)
        standing = Message.objects.filter(room=room, pk__in=ids, deleted=False).select_related("author")
        messages = list(standing.order_by("position"))
        if not messages:
            return
        events = [_tombstone(room, message) for message in messages]
        Message.objects.bulk_update(messages, TOMBSTONE_FIELDS)
        remove_files(messages)
        forget(messages)
        room.save(update_fields=["last_revision"])
        publish_events(RoomEvents(room.pk, events))


def _tombstone(room: Room, message: Message) -> Event:
    make_tombstone(message)
    message.revision = room.next_revision()
    return Event(message.revision, encode(message_frame(message)))
