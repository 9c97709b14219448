"""Take the name of a person out of the messages that call them."""

from functools import partial

from django.db import transaction

from chat import conf
from chat.actions.chunks import until_done
from chat.markup.mentions import uncall
from chat.models import Mention, Message, Room, User
from chat.protocol.codec import encode
from chat.protocol.messages import message_frame
from chat.relay.publisher import publish_events
from chat.relay.rings import Event, RoomEvents


def uncall_everywhere(*, user: User) -> None:
    """For somebody who cannot be called any more: where they were, their present name is text. Cut short, it can be done
    again.

    Every room is looked at that they have ever been in, under its lock: a message that is being stored there calls them by
    the name they had when it began.
    """
    for room_id in user.memberships.order_by("room").values_list("room", flat=True):
        until_done(partial(_uncall_some, room_id, user))


def _uncall_some(room_id: int, user: User) -> bool:
    """Whether these were the last."""
    with transaction.atomic():
        room = Room.objects.select_for_update(no_key=True).get(pk=room_id)
        noted = Mention.objects.filter(room=room, user=user).order_by("position")
        positions = list(noted.values_list("position", flat=True)[: conf.JOB_ROWS])
        if positions:
            _uncall_at(room, user, positions)
    return len(positions) < conf.JOB_ROWS


def _uncall_at(room: Room, user: User, positions: list[int]) -> None:
    messages = Message.objects.filter(room=room).at(positions)
    events = [_uncalled(room, user, message) for message in messages]
    Message.objects.bulk_update(messages, ["revision", "html", "mentions"])
    Mention.objects.filter(room=room, position__in=positions, user=user).delete()
    room.save(update_fields=["last_revision"])
    publish_events(RoomEvents(room.pk, events))


def _uncalled(room: Room, user: User, message: Message) -> Event:
    message.html = uncall(message.html, user.pk, user.name)
    message.mentions = [one for one in message.mentions if one != user.pk]
    message.revision = room.next_revision()
    return Event(message.revision, encode(message_frame(message)))
