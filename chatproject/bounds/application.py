"""The application's side of the bounds."""

from typing import Any

from daphne import server
from twisted.internet import reactor

from chatproject.bounds.connection import bounded_connection
from chatproject.bounds.http import BoundedHTTPFactory, BoundedRequest
from chatproject.bounds.websocket import BoundedWebSocket, BoundedWebSocketFactory


def bound_daphne() -> None:
    """Have daphne's server build bounded connections. It has no other place to say so than these two names."""
    server.HTTPFactory = BoundedHTTPFactory
    server.WebSocketFactory = BoundedWebSocketFactory


class Bounded:
    """Serves, under daphne, bounded connections alone: bounds that a new version of it passes by would be missed by nobody."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        connection = bounded_connection()
        if connection is None and reactor.running:
            raise RuntimeError("This daphne does not use the bounds of chatproject/bounds.")
        if isinstance(connection, BoundedWebSocket):
            scope = {**scope, "extensions": {"websocket.http.response": {}}}
            receive = connection.counted(receive)
        elif isinstance(connection, BoundedRequest):
            receive, send = connection.counted(receive), connection.paced(send)
        await self.inner(scope, receive, send)
