"""What work costs, inside of a site: seconds of CPU, which others on the machine add little to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from time import process_time

from django.db import connection


def cpu() -> float:
    """Seconds of this process, and of the database's own."""
    return process_time() + sum(map(_seconds, _backends()))


def _backends() -> Iterable[int]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


def _seconds(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def analyse() -> None:
    """What databases do by themselves sooner or later."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
