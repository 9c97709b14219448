"""An application that listens when it is told to, and behind the same bounds as ours: `daphne …stalled:application`."""

import asyncio
from typing import Any

from chatproject.asgi import application as bounded_by_this_import
from chatproject.bounds.application import Bounded

assert bounded_by_this_import
told = asyncio.Event()


async def stalled(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await _answer(scope, send)
    else:
        await _listen(scope, receive, send)


async def _answer(scope: dict[str, Any], send: Any) -> None:
    """Under /listen/ the sockets are told to listen, those to come as well, until /stall/."""
    if scope["path"] == "/listen/":
        told.set()
    if scope["path"] == "/stall/":
        told.clear()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


async def _listen(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept at once, or under /late/ when told; listen when told, and say what was heard when the client says "end"."""
    await receive()  # websocket.connect
    if scope["path"] == "/late/":
        await told.wait()
    await send({"type": "websocket.accept"})
    await told.wait()
    heard: list[str] = []
    while (message := await receive())["type"] == "websocket.receive":
        heard.append(message["text"][:8])
        if message["text"] == "end":
            await send({"type": "websocket.send", "text": " ".join(heard)})


application = Bounded(stalled)
