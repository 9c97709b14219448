"""Files that are sent, and what answers must say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chat.tests.pictures.samples import halves
from chat.tests.process.people import Person
from chat.tests.services.site import Daphne

MIB = 1024 * 1024


LITTLE = 30  # MB, where more than twice as much is asked for


HTML = b"<!doctype html><script>alert(document.cookie)</script>"


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture(path: Path, name: str = "PNG") -> bytes:
    halves().save(path, name)
    return path.read_bytes()


async def post(server: Daphne, person: Person, room: int, file: dict[str, Any], join: Any) -> None:
    client = await join(server, person.cookie)
    reply = await client.ask("post", room=room, key=file["id"], body="", attachments=[file["id"]])
    assert reply["ok"], reply


def expect_harmless(headers: Any) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "private, no-cache"
