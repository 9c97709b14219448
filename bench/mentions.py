"""What it costs to tell somebody which unread messages call them, however many have been read: CPU of server and database."""

from __future__ import annotations

import os

from bench.lib.databases import site_on
from bench.lib.report import heading, table

CALLS = int(os.environ.get("CALLS", "1_000_000"))
UNREAD = (2, 50)  # in each of ten rooms
DATABASES = ("SQLite", "PostgreSQL")
Row = tuple[str, ...]


def measured(database: str) -> dict[Row, str]:
    cells: dict[Row, str] = {}
    with site_on(database) as site:
        site.call("bench.lib.calls", "begin")
        made = 0
        for history in (CALLS // 100, CALLS // 10, CALLS):
            for unread in UNREAD:
                site.call("bench.lib.calls", "call", history - made, unread)
                made = history
                found, seconds = site.call("bench.lib.calls", "ask")
                cells[f"{history:,}", f"{found:,}"] = f"{seconds * 1000:.1f} ms"
    return cells


def main() -> None:
    heading("mentions", "Unread mentions")
    columns = [measured(database) for database in DATABASES]
    table(["calls", "of them unread", *DATABASES], [[*row, *(cells[row] for cells in columns)] for row in columns[0]])


if __name__ == "__main__":
    main()
