"""What no page may do, whichever test it is in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError

# By these a page learns that it is signed out; Chromium logs every such answer.
SIGNED_OUT = r"status of 401 .*/(session|about|mentions|cards|direct)/|WebSocket connection .* 403"
# A room may be taken away while the page asks what it is about, or what was said in it.
TAKEN_AWAY = r"status of 404 .*/rooms/\d+/(about|messages)/"
# A page that is left or loaded again while its socket is still opening.
LEFT_EARLY = "WebSocket is closed before the connection is established"
SERVER_GONE = (
    r"net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)|WebSocket connection .* failed"
)


class Watch:
    """Collects what a browser complains about, and requests to any other host."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._problems: list[str] = []
        self._allowed = [SIGNED_OUT, TAKEN_AWAY, LEFT_EARLY]
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def allow(self, pattern: str) -> None:
        """Complaints that this test brings about on purpose."""
        self._allowed.append(pattern)

    @property
    def problems(self) -> list[str]:
        return [
            problem for problem in self._problems if not any(re.search(allowed, problem) for allowed in self._allowed)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._problems.append(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _error(self, error: WebError) -> None:
        self._problems.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self._problems.append(f"a request to another host: {request.url}")
