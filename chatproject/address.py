"""Addresses: those that people type, where they are listened for, and those of proxies and of Redis."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def origin(url: str) -> str:
    """`scheme://host[:port]` as browsers write it in an Origin header; ValueError for anything else."""
    parts = urlsplit(url.strip())
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        raise ValueError(url)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(url)
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{bracketed(ascii_name(name(parts.hostname)))}{port}"


def name(text: str) -> str:
    """The name or the IP address of one machine; ValueError for anything else."""
    if ":" in text:
        return str(ip_address(text))
    # Django reads a leading dot as "every name below", and an asterisk as every name.
    if not re.fullmatch(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*", text):
        raise ValueError(text)
    return text


def redis(url: str) -> str:
    """The address of a Redis; ValueError for what its client would take for another, or for none."""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        return url
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or parts.port == 0:
        raise ValueError(url)
    if not re.fullmatch(r"(/\d*)?", parts.path, re.ASCII):
        raise ValueError(url)
    return url


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
