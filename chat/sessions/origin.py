"""Cross-site WebSocket hijacking ends here: a browser sends the cookie with any page's handshake, but never lies about the page."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

logger = logging.getLogger(__name__)

_ORIGIN_CHARACTERS: Final = 100  # anybody may claim to come from anywhere


class OriginMiddleware:
    """Refuses a handshake (HTTP 403) whose Origin is missing, `null` or not the address that people type.

    Channels' own validator ignores scheme and port, and reads ALLOWED_HOSTS once, at import.
    """

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_own_origin(scope["headers"]):
            await self.inner(scope, receive, send)
        else:
            await send({"type": "websocket.close"})
            _log_refusal(scope)


def is_own_origin(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a handshake comes from a page of this site, and to a name of this site.

    The Host as well: a name that an attacker has pointed here must not reach what pages are refused (DNS rebinding).
    """
    origins, hosts = _values(headers, b"origin"), _values(headers, b"host")
    if len(origins) != 1 or len(hosts) != 1 or not _is_allowed(hosts[0]):
        return False
    return origins[0] in (settings.PUBLIC_ORIGINS or [f"http://{hosts[0]}"])


def _log_refusal(scope: Scope) -> None:
    """A page elsewhere that uses the cookies of its visitors, or a PUBLIC_URL that is not what people type."""
    origin = ", ".join(_values(scope["headers"], b"origin"))[:_ORIGIN_CHARACTERS]
    ip = scope["client"][0] if scope.get("client") else ""
    logger.info("socket refused", extra={"reason": "foreign origin", "origin": origin, "ip": ip})


def _is_allowed(host: str) -> bool:
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def _values(headers: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin1").lower() for header, value in headers if header == name]
