"""Being told that the server stops: ASGI tells nobody, and daphne cancels its applications without a close frame."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from twisted.internet.defer import Deferred


def before_shutdown(drain: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Have `drain` finish before daphne's reactor stops. Under another server nothing is done.

    It cannot be left to the cancelling of applications: daphne gives up on all of them when one connection
    has none, as is so for a second after each request.
    """
    reactor = sys.modules.get("twisted.internet.reactor")
    if reactor is not None and reactor.running:
        reactor.addSystemEventTrigger("before", "shutdown", lambda: Deferred.fromFuture(asyncio.ensure_future(drain())))
