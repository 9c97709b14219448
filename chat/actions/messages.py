"""Post, edit, delete."""

from hashlib import sha256
from typing import Final

from django.utils import timezone

from chat import conf, markup
from chat.actions.batch import Batch
from chat.actions.changes import Actor, Committed
from chat.actions.mentions import Text
from chat.errors import BadFrame, EmptyBody, Forbidden, KeyReused, TooLarge
from chat.markup import Draft
from chat.models import Message
from chat.protocol.attachments import as_kept
from chat.protocol.commands import Delete, Edit, Post

TOMBSTONE_FIELDS: Final = ("revision", "body", "html", "deleted", "mentions", "reactions", "attachments")


def draft_body(command: Post | Edit) -> Draft:
    """A body that may be stored, rendered; it may be empty where files come with it. Raises BadFrame, EmptyBody or
    TooLarge.

    It is done before the transaction, so that no room is locked while Markdown is rendered.
    """
    body = command.body
    if "\0" in body or any("\ud800" <= character <= "\udfff" for character in body):
        raise BadFrame("body: it has a character that cannot be stored")
    if not body.strip() and not (isinstance(command, Post) and command.attachments):
        raise EmptyBody
    if len(body) > conf.BODY_CHARACTERS:
        raise TooLarge
    return markup.draft(body)


def post(batch: Batch, actor: Actor, command: Post, text: Text) -> Committed:
    """Store a message, once for its key: sent again, it answers with the place that it has already."""
    batch.membership(actor, command.room)
    digest = _digest(command)
    stored = batch.by_key.get((actor.user_id, command.key))
    if stored is not None:
        return _again(stored, command, digest)
    files = batch.uploads.take(actor, command)
    if command.reply_to is not None:
        batch.message(command.room, command.reply_to)
    room = batch.rooms[command.room]
    message = Message(
        room=room,
        position=room.next_position(),
        revision=room.next_revision(),
        author=batch.authors[actor.user_id],
        key=command.key,
        digest=digest,
        body=command.body,
        html=text.html,
        mentions=text.mentions,
        reply_to=command.reply_to,
        attachments=[as_kept(file) for file in files],
    )
    batch.add(message)
    batch.call(message, text.called)
    for file in files:
        file.message = message
    return Committed(room.pk, message.position, message.revision)


def _digest(command: Post) -> bytes:
    """Of what was said first. No body has a NUL in it."""
    return sha256("\0".join([command.body, *command.attachments]).encode()).digest()


def _again(stored: Message, command: Post, digest: bytes) -> Committed:
    if stored.room_id != command.room or bytes(stored.digest) != digest:
        raise KeyReused
    return Committed(stored.room_id, stored.position, stored.revision)


def edit(batch: Batch, actor: Actor, command: Edit, text: Text) -> Committed:
    message = _own_message(batch, actor, command)
    message.body, message.html, message.edited = command.body, text.html, timezone.now()
    message.mentions = text.mentions
    batch.call(message, text.called)
    batch.change(message)
    return Committed(message.room_id, message.position, message.revision)


def delete(batch: Batch, actor: Actor, command: Delete) -> Committed:
    message = _own_message(batch, actor, command)
    make_tombstone(message)
    batch.call(message, [])
    batch.change(message)
    return Committed(message.room_id, message.position, message.revision)


def _own_message(batch: Batch, actor: Actor, command: Edit | Delete) -> Message:
    batch.membership(actor, command.room)
    message = batch.message(command.room, command.position)
    if message.author_id != actor.user_id:
        raise Forbidden("Only its author may change a message.")
    return message


def make_tombstone(message: Message) -> None:
    message.body = message.html = ""
    message.mentions, message.reactions, message.attachments = [], [], []
    message.deleted = True
