"""What DATABASE_URL stands for, with the options that the chat's promises rest on."""

from pathlib import Path
from typing import Any

from environ import Env as UrlParser

from chat import conf

LOCK_SECONDS = 1
POOL_CONNECTIONS = (
    conf.PAGES_AT_ONCE + conf.PASSWORDS_AT_ONCE + conf.READERS + conf.WATCHERS + 2
)  # the writer and the janitor

SQLITE_OPTIONS: dict[str, Any] = {
    # FULL: a commit that returned is on the disk, also after a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    # IMMEDIATE: a transaction that read first could not wait for its write lock.
    "transaction_mode": "IMMEDIATE",
    "timeout": LOCK_SECONDS,
}
POSTGRES_OPTIONS: dict[str, Any] = {
    "pool": {"min_size": 1, "max_size": POOL_CONNECTIONS, "timeout": 5},
    "connect_timeout": 5,
    # Compiling a query takes longer than any of ours: it pays where tables are read whole.
    "options": f"-c lock_timeout={LOCK_SECONDS}s -c jit=off",
}


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for this database; ValueError for another kind."""
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ValueError(url)
    database: dict[str, Any] = dict(UrlParser.db_url_config(url))
    if not database["NAME"] or database["NAME"] == ":memory:":
        raise ValueError(url)
    if url.startswith("sqlite"):
        path = Path(database["NAME"]).absolute()
        if path.is_dir() or not path.parent.is_dir():
            raise ValueError(url)
        return database | {
            "NAME": str(path),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    # The pool keeps the connections: Django must hand each one back.
    return database | {
        "OPTIONS": database.get("OPTIONS", {}) | POSTGRES_OPTIONS,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }
