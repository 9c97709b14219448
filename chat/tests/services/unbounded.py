"""Our application under a daphne that takes no notice of the bounds: `daphne …unbounded:application`."""

from daphne import http_protocol, server, ws_protocol

from chatproject.asgi import application

__all__ = ["application"]

server.HTTPFactory = http_protocol.HTTPFactory
server.WebSocketFactory = ws_protocol.WebSocketFactory
