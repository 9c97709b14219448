"""The environment of the processes that tests start, and what to do where a part is missing on the machine."""

import os
import socket
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
OWN = (
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "HOST",
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
    "PORT",
    "PUBLIC_URL",
    "REDIS_URL",
    "REVALIDATE_SECONDS",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SESSION_AGE",
    "SITE_NAME",
    "TRUSTED_PROXIES",
)


def clean(**variables: str) -> dict[str, str]:
    """This process's environment without the project's own variables and an outer make's, and with these."""
    return {name: value for name, value in os.environ.items() if name not in OWN} | variables


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def missing(message: str) -> None:
    """Skip the test that needs this part; with REQUIRE_ALL=1 fail it."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
