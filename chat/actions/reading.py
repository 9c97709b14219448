"""What a person has read, and the room looked at. Neither takes a revision: it concerns that person alone."""

from chat.actions.batch import Batch
from chat.actions.changes import Actor, Committed
from chat.errors import NotFound
from chat.models import Membership, Session
from chat.protocol.commands import Open, Read
from chat.relay.publisher import publish_to_people
from chat.relay.rings import ReadMoved


def read(batch: Batch, actor: Actor, command: Read, _html: str) -> Committed:
    """Raise the position read up to; it never moves back."""
    membership = batch.membership(actor, command.room)
    if not 0 <= command.position <= batch.rooms[command.room].last_position:
        raise NotFound
    behind = Membership.objects.filter(pk=membership.pk, read__lt=command.position)
    if behind.update(read=command.position):
        publish_to_people(ReadMoved(actor.user_id, command.room, command.position, actor.source))
    return Committed(command.room, position=command.position)


def open_room(batch: Batch, actor: Actor, command: Open, _html: str) -> Committed:
    """Remember the room in the session, in a column that the session store never writes."""
    batch.membership(actor, command.room)
    Session.objects.filter(device=actor.device).update(last_room=command.room)
    return Committed(command.room)
