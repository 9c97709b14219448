"""Under a daphne that takes no notice of the bounds: our application (`daphne …unbounded:application`), and a stalled one."""

from daphne import http_protocol, server, ws_protocol

from chat.tests.services.stalled import stalled
from chatproject.asgi import application

__all__ = ["application", "stalled"]

server.HTTPFactory = http_protocol.HTTPFactory
server.WebSocketFactory = ws_protocol.WebSocketFactory
