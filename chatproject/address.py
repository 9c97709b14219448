"""The addresses that people type: what counts as the same origin, and which hosts they name. And those of proxies."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def origin(url: str) -> str:
    """`scheme://host[:port]` as browsers write it in an Origin header; ValueError for anything else."""
    parts = urlsplit(url.strip())
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        raise ValueError(url)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(url)
    # Django reads a leading dot as "every name below": none of it may stand in an address.
    if not re.fullmatch(r"[0-9a-f:.]*:[0-9a-f:.]*|[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*", parts.hostname):
        raise ValueError(url)
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{bracketed(ascii_name(parts.hostname))}{port}"


def host(origin: str) -> str:
    """The name in an origin, as Django's ALLOWED_HOSTS expects it."""
    return bracketed(urlsplit(origin).hostname or "")


def bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def ascii_name(name: str) -> str:
    return name if name.isascii() else name.encode("idna").decode("ascii")


def network(text: str) -> IPv4Network | IPv6Network:
    """An address or a network of proxies; ValueError for anything else, and for the whole internet."""
    found = ip_network(text)
    if not found.prefixlen:
        raise ValueError(text)
    return found
