"""The index of trigrams: which entries have all three-character pieces of what is sought.

PostgreSQL has it built in (pg_trgm), SQLite in a full-text table, which the triggers of migration 0012 fill. Neither gives
its hits in order, so only all of them are of use: where they are too many, it gives none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from chat import conf
from chat.models.search_entry import SearchEntry
from chat.search.words import SPACE, spelled

Hit = tuple[int, int]  # its moment and its message

_CANCELED: Final = "57014"  # by statement_timeout
# Characters for private use that stand for a room, and for an author, before the words of an entry: as the triggers put them.
_ROOM: Final = (0xE000, 6_400)
_PERSON: Final = (0xF0000, 65_000)


def from_index(
    hits: QuerySet[SearchEntry, Hit], patterns: Sequence[str], rooms: Collection[int], people: Collection[int] | None
) -> list[Hit] | None:
    """All of `hits` that have these patterns, in no order; None where it would take too long to tell."""
    if connection.vendor == "postgresql":
        return _on_postgres(hits, patterns)
    return _on_sqlite(hits, _match(patterns, rooms, people))


@contextmanager
def planned(*, without: Collection[str], seconds: float = 0) -> Iterator[None]:
    """Without these kinds of scans, and within this time, where the database is PostgreSQL.

    Its planner cannot know that a word is common elsewhere and absent here, and would read all there is.
    """
    if connection.vendor != "postgresql":
        yield
        return
    settings = {f"enable_{scan}": "off" for scan in without}
    settings |= {"max_parallel_workers_per_gather": "0", "statement_timeout": f"{seconds * 1000:.0f}"}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) AS settings (name, value)",
            [list(settings), list(settings.values())],
        )
        yield


def _on_postgres(hits: QuerySet[SearchEntry, Hit], patterns: Iterable[str]) -> list[Hit] | None:
    """The limit stands outside: within, the planner would hope to reach it soon without any index."""
    for pattern in patterns:
        hits = hits.filter(spelled__contains=spelled(pattern))
    sql, values = hits.order_by().query.sql_with_params()
    try:
        with planned(without=("seqscan", "indexscan"), seconds=conf.SEARCH_SECONDS), connection.cursor() as cursor:
            cursor.execute(
                f"WITH found AS MATERIALIZED ({sql}) SELECT * FROM found LIMIT %s",  # noqa: S608
                [*values, conf.SEARCH_MATCHES + 1],
            )
            found = cursor.fetchall()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == _CANCELED:
            return None
        raise
    return found if len(found) <= conf.SEARCH_MATCHES else None


def _on_sqlite(hits: QuerySet[SearchEntry, Hit], match: str) -> list[Hit] | None:
    if not match:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM chat_searchindex WHERE chat_searchindex MATCH %s LIMIT %s",
            [match, conf.SEARCH_MATCHES + 1],
        )
        named = [rowid for (rowid,) in cursor]
    return list(hits.filter(pk__in=named).order_by()) if len(named) <= conf.SEARCH_MATCHES else None


def _match(patterns: Iterable[str], rooms: Collection[int], people: Collection[int] | None) -> str:
    """The question in the full-text table's language. Whoever is in very many rooms is asked about in all."""
    groups = [[piece] for pattern in patterns for piece in trigrams(spelled(pattern))]
    groups += [[_private(one, *kind) for one in ids] for ids, kind in ((rooms, _ROOM), (people or (), _PERSON))]
    few = [group for group in groups if 0 < len(group) <= conf.SEARCH_ROOMS]
    return " AND ".join("(" + " OR ".join(f'"{piece}"' for piece in group) + ")" for group in few)


def trigrams(text: str) -> list[str]:
    """The three-character pieces that tell something. That some word begins so or so is left out where there are others."""
    pieces = dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2))
    return [piece for piece in pieces if SPACE not in piece] or list(pieces)


def _private(number: int, first: int, count: int) -> str:
    return "".join(chr(first + digit) for digit in (number // count**2, number // count % count, number % count))
