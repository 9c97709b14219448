"""Stored file -> what a message says of it."""

from typing import Any, Protocol
from uuid import UUID

import msgspec
from msgspec import Struct


class AttachmentState(Struct, frozen=True):
    """A file of a message; its bytes are at `/files/<id>/`.

    Width and height, and the address of a thumbnail, are there for pictures that a page may show.
    """

    id: str
    name: str
    size: int
    type: str
    width: int | None
    height: int | None
    thumbnail: str | None


class StoredAttachment(Protocol):
    name: str
    size: int
    type: str
    width: int | None
    height: int | None

    @property
    def pk(self) -> UUID: ...
    @property
    def is_picture(self) -> bool: ...


def attachment_state(stored: StoredAttachment) -> AttachmentState:
    file_id = str(stored.pk)
    return AttachmentState(
        id=file_id,
        name=stored.name,
        size=stored.size,
        type=stored.type,
        width=stored.width,
        height=stored.height,
        thumbnail=f"/files/{file_id}/thumbnail/" if stored.is_picture else None,
    )


def as_kept(stored: StoredAttachment) -> dict[str, Any]:
    """The same as it is kept with the message."""
    kept: dict[str, Any] = msgspec.to_builtins(attachment_state(stored))
    return kept
