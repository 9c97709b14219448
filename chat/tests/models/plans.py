"""How the databases go about what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Plan = tuple[str, str]  # what was asked, and how the database goes about it


@contextmanager
def noted_plans(*, about: str) -> Iterator[list[Plan]]:
    """Those of the questions in which this stands, written down as they are asked, under the same settings."""
    noted: list[Plan] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(("SELECT", "WITH")) and about in sql:
            cursor = context["cursor"]
            explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            execute(f"{explain} {sql}", params, many, context)
            noted.append((sql, "\n".join(str(row[-1]) for row in cursor.fetchall())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted


def reads_everything(plan: str, table: str) -> bool:
    """Whether a step of the plan goes through the whole table, under its own name or one that Django gives it."""
    if connection.vendor == "postgresql":
        return f"Seq Scan on {table}" in plan
    return any(line.startswith((f"SCAN {table}", "SCAN U0")) for line in plan.splitlines())
