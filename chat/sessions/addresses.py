"""Which address a request comes from, where proxies stand in between."""

import logging
import re
from collections.abc import Collection, Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from django.conf import settings

from chat.sessions.origin import Application, Receive, Scope, Send

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

logger = logging.getLogger(__name__)

FORWARDED: Final = b"x-forwarded-for"
# Some proxies write the port as well; an IPv6 address then stands in brackets.
HOP: Final = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[\d.]+)(:\d+)?|(?P<bare>[^\[\]]+)", re.ASCII)
IPV6_SUBSCRIBER_BITS: Final = 64


class ClientAddressMiddleware:
    """Puts the visitor's own address into the scope, for pages and sockets alike.

    daphne's own `--proxy-headers` believes the leftmost hop, which is whatever the visitor wrote.
    """

    def __init__(self, inner: Application) -> None:
        self.inner = inner
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer, _port = scope.get("client") or (None, 0)
        forwarded = [value for name, value in scope["headers"] if name == FORWARDED]
        found = client_address(peer, forwarded, settings.TRUSTED_PROXIES)
        if forwarded and not settings.TRUSTED_PROXIES:
            self._tell(peer)
        client = scope.get("client") if found == peer else (found, 0)
        await self.inner({**scope, "client": client}, receive, send)

    def _tell(self, peer: str | None) -> None:
        """Behind a proxy that nobody named, all visitors share its address, and its limits: once is enough to say so."""
        if not self._told:
            self._told = True
            logger.warning("X-Forwarded-For is ignored: TRUSTED_PROXIES is not set", extra={"ip": peer})


def client_address(peer: str | None, forwarded: Iterable[bytes], trusted: Collection[Network]) -> str | None:
    """The rightmost hop that is no trusted proxy: each wrote down who came to it, all left of that is hearsay.

    `peer` is the other end of the connection: None for a unix socket, which only a proxy on this machine opens.
    """
    known = _parsed(peer) if peer else None
    if not trusted or (peer and not (known and _within(known, trusted))):
        return str(known) if known else peer
    for hop in _from_the_right(forwarded):
        address = _parsed(hop)
        if address is None:  # then the last proxy that said something plain is all that is known
            break
        known = address
        if not _within(address, trusted):
            break
    return str(known) if known else None


def subscriber(address: str | None) -> str:
    """The address under which visitors are counted. Who has one IPv6 address has the whole /64 around it."""
    found = _parsed(address or "")
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), IPV6_SUBSCRIBER_BITS), strict=False).network_address)
    return str(found or IPv4Address(0))


def _from_the_right(forwarded: Iterable[bytes]) -> Iterator[str]:
    rest, more = b",".join(forwarded).decode("latin1"), ","
    while more:
        rest, more, hop = rest.rpartition(",")
        yield hop.strip()


def _parsed(text: str) -> Address | None:
    """As the database and the network lists want it: no zone, and IPv4 as IPv4."""
    hop = HOP.fullmatch(text)
    if hop is None:
        return None
    try:
        address = ip_address((hop["six"] or hop["four"] or hop["bare"]).partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _within(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)
