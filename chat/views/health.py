"""For those who watch over the server."""

import asyncio
from collections.abc import Awaitable
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from msgspec import Struct

from chat.errors import Unavailable
from chat.protocol.events import Failure
from chat.relay.publisher import send
from chat.relay.rings import SessionsChanged
from chat.threads import in_reader
from chat.views.answers import answer

_PATIENCE_SECONDS: Final = 2.0
_NOBODY: Final = "ready"  # a group that no process is in


class Status(Struct, frozen=True):
    status: str


class NotReady(Struct, frozen=True):
    error: Failure
    failing: list[str]


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process can serve, whatever becomes of the parts it needs."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
async def readyz(_request: HttpRequest) -> HttpResponse:
    """The database and the channel layer answer."""
    parts = {"database": in_reader(_ask_database), "channel layer": send(_NOBODY, SessionsChanged())}
    answers = await asyncio.gather(*map(_answers, parts.values()))
    failing = [part for part, answered in zip(parts, answers, strict=True) if not answered]
    if failing:
        detail = f"No answer from: {', '.join(failing)}."
        return answer(NotReady(Failure(Unavailable.code, detail), failing), 503)
    return answer(Status("ok"))


async def _answers(question: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await question
    except Exception:  # noqa: BLE001  # whatever the part raises, it is not ready
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
