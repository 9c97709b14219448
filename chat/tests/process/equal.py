"""That a client holds what the database has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chat.tests.client import Client
from chat.tests.timeline import Frame


def assert_equal_to_database(clients: Iterable[Client], room: int, stored: list[dict[str, Any]]) -> None:
    """Every message of the room, in each of its fields that are stored, and nothing else."""
    for client in clients:
        timeline = client.rooms[room].messages
        held = [_stored_fields(timeline[position]) for position in sorted(timeline)]
        assert held == stored


def _stored_fields(message: Frame) -> dict[str, Any]:
    fields = ("position", "revision", "key", "author", "body", "html", "deleted")
    return {field: message[field] for field in fields}
