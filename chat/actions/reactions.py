"""React to a message, and take it back."""

from chat import conf
from chat.actions.batch import Batch
from chat.actions.changes import Actor, Committed
from chat.errors import BadFrame, Forbidden
from chat.markup.emoji import known_emoji
from chat.models import Message
from chat.protocol.commands import React


def react(batch: Batch, actor: Actor, command: React) -> Committed:
    """Add or take back one's own reaction. What is so already takes no revision."""
    batch.membership(actor, command.room)
    emoji = known_emoji(command.emoji)
    if emoji is None:
        raise BadFrame("emoji: it is not in the server's list")
    message = batch.message(command.room, command.position)
    if _has_reacted(message, emoji, actor.user_id) != command.on:
        _toggle(message, emoji, actor.user_id)
        batch.change(message)
    return Committed(message.room_id, message.position, message.revision)


def _has_reacted(message: Message, emoji: str, user_id: int) -> bool:
    return any(one["emoji"] == emoji and user_id in one["users"] for one in message.reactions)


def _toggle(message: Message, emoji: str, user_id: int) -> None:
    """Emoji, and the people of each, stay in the order in which they came; an emoji without people goes."""
    held = {one["emoji"]: one["users"] for one in message.reactions}
    people = held.get(emoji, [])
    held[emoji] = [one for one in people if one != user_id] if user_id in people else [*people, user_id]
    if len(held) > conf.REACTIONS:
        raise Forbidden(f"A message has at most {conf.REACTIONS} different reactions.")
    message.reactions = [{"emoji": one, "users": users} for one, users in held.items() if users]
