"""How this project is served."""

import errno
import os
import socket
import sys
from typing import Final

EVERY_ADDRESS: Final = ("0.0.0.0", "::")  # noqa: S104


def daphne_command(host: str, port: int) -> list[str]:
    """The arguments for Python that serve this project."""
    return [
        *("-m", "daphne", "-b", host, "-p", str(port)),
        *("--verbosity", "0"),  # no access log: a path may hold a one-time link
        *("--websocket_timeout", "-1"),  # a socket lives as long as its session
        "--no-server-name",
        "chatproject.asgi:application",
    ]


def runserver_command(host: str, port: int) -> list[str]:
    """The same, with a reload after each change of the code."""
    return [sys.argv[0], "runserver", f"{bracketed(host)}:{port}"]


def local_address(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    return f"http://{'127.0.0.1' if host in EVERY_ADDRESS else bracketed(host)}:{port}"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def why_not(host: str, port: int) -> str:
    """Why a server could not listen there now; empty when it could."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except UnicodeError:
        return f"Cannot serve on {host}: that is no host's name. Set HOST."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} of {host} is taken: stop what serves there, or choose another with PORT=…"
        return (
            f"Cannot serve on {host}, port {port}: {error.strerror or os.strerror(error.errno or 0)}. Set HOST or PORT."
        )
    return ""
