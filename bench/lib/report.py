"""Prints what was measured as Markdown, with when and on what, so that it can be put into the documentation as it is."""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

GIB = 1024**3


def heading(name: str, of: str) -> None:
    """Begins the report of the benchmark `name`. The load tells whether the machine had something else to do."""
    load = os.getloadavg()[0]
    print(f"\n## {of}\n\n`make bench BENCH={name}`, {_today()}, {machine()}, load {load:.1f}", flush=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = [columns, ["---"] * len(columns), *rows]
    print("\n" + "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines), flush=True)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _today() -> str:
    return f"{datetime.now(UTC):%-d %B %Y}"
