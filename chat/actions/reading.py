"""What a person has read, and the room looked at. Neither takes a revision: it concerns that person alone."""

from chat.actions.batch import Batch
from chat.actions.changes import Actor, Committed
from chat.errors import NotFound
from chat.protocol.commands import Open, Read


def read(batch: Batch, actor: Actor, command: Read) -> Committed:
    """Raise the position read up to; it never moves back."""
    membership = batch.membership(actor, command.room)
    if not 0 <= command.position <= batch.rooms[command.room].last_position:
        raise NotFound
    batch.read(membership, command.position, actor.source)
    return Committed(command.room, position=command.position)


def open_room(batch: Batch, actor: Actor, command: Open) -> Committed:
    """Remember the room in the session, in a column that the session store never writes."""
    batch.membership(actor, command.room)
    batch.open(actor.device, command.room)
    return Committed(command.room)
