"""Files as they arrive, without a connection that brings them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from chat.actions.files import keep_file
from chat.files import store
from chat.files.upload import Arrived, looked_through
from chat.models import Attachment, Room
from chat.tests.cast import Person
from chat.tests.pictures.samples import halves


def arrived(content: bytes = b"words") -> Arrived:
    draft = store.new_draft()
    draft.write_bytes(content)
    return looked_through(draft)


def arrived_picture() -> Arrived:
    draft = store.new_draft()
    halves().save(draft, "PNG")
    return looked_through(draft)


def uploaded(person: Person, room: Room, name: str = "notes.txt", content: bytes = b"words") -> Attachment:
    return keep_file(actor=person.actor, room_id=room.pk, name=name, arrived=arrived(content))


def on_disk() -> set[str]:
    """What lies among the uploads, by name."""
    root = Path(settings.DATA_DIR) / "uploads"
    return {path.name for path in root.rglob("*") if path.is_file()}
