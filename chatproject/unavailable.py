"""A handshake while the database is away."""

import logging
from typing import Any

from django.db import Error as DatabaseFailure

logger = logging.getLogger(__name__)

DENIAL = "websocket.http.response"


class UnavailableMiddleware:
    """Answers HTTP 503 to a handshake that nobody can decide now, where the server knows such an answer; else 403.

    It is a fault of neither the client nor the code, so no traceback is worth it.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        accepted = False

        async def sending(message: dict[str, Any]) -> None:
            nonlocal accepted
            accepted = accepted or message["type"] == "websocket.accept"
            await send(message)

        try:
            await self.inner(scope, receive, sending)
        except DatabaseFailure as error:
            if accepted:
                raise
            logger.warning(
                "socket refused", extra={"reason": "the database does not answer", "error": type(error).__name__}
            )
            for message in _denial(scope):
                await send(message)


def _denial(scope: dict[str, Any]) -> list[dict[str, Any]]:
    if DENIAL not in scope.get("extensions", {}):
        return [{"type": "websocket.close"}]
    return [
        {"type": f"{DENIAL}.start", "status": 503, "headers": []},
        {"type": f"{DENIAL}.body", "body": b""},
    ]
