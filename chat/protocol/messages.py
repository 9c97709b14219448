"""Stored message -> frame. What is stored is seen through a Protocol, so that the wire knows no model."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from chat.protocol.events import MessageState, Person


class StoredPerson(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


class StoredMessage(Protocol):
    room_id: int
    position: int
    revision: int
    key: UUID
    body: str
    html: str
    created: datetime
    edited: datetime | None
    deleted: bool
    reply_to: int | None
    mentions: list[int]
    reactions: list[dict[str, Any]]
    attachments: list[dict[str, Any]]

    @property
    def author(self) -> StoredPerson | None: ...


def person(stored: StoredPerson | None) -> Person:
    """A person on the wire. Of a deleted account nothing is left but its messages: id 0, which pages name themselves."""
    return Person(stored.pk, stored.name) if stored else Person(0, "Deleted account")


def message_frame(stored: StoredMessage) -> MessageState:
    return MessageState(
        room=stored.room_id,
        revision=stored.revision,
        position=stored.position,
        key=stored.key,
        author=person(stored.author),
        body=stored.body,
        html=stored.html,
        created=stored.created,
        edited=stored.edited,
        deleted=stored.deleted,
        reply_to=stored.reply_to,
        mentions=stored.mentions,
        reactions=stored.reactions,
        attachments=stored.attachments,
    )
