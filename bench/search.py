"""Searching a million messages, on SQLite and on PostgreSQL: the CPU time of a page, of the server and of the database."""

from __future__ import annotations

import os

from bench.lib.company import MEMBERS, OFTEN, QUIET, RARE, SPOKEN_OF
from bench.lib.databases import site_on
from bench.lib.report import heading, table
from chat.tests.services.site import Site

MESSAGES = int(os.environ.get("MESSAGES", "1_000_000"))
QUERIES = {
    "rare": RARE,
    "absent": "qqxzv",
    "common": "the",
    "one letter, common": "a",
    "two letters": "oi",
    "two letters, common": "is",
    "two characters": "丌丆",
    "one character, common": "く",
    "two characters, absent": "東京",
    "common elsewhere": OFTEN,
    "another script": "они",
    "three common words": "the and that",
    "common and rare": f"the {RARE}",
    "two that never meet": "the они",
    "a phrase": '"to the"',
    "common words in a phrase that is rare": '"the the a a"',
    "a part of words": "ant",
    "by one person": f"the from:person{SPOKEN_OF}",
    "by one person, no word": f"from:person{SPOKEN_OF}",
    "in one room": 'the in:"room 0"',
    "in the quiet room": f'the in:"room {QUIET}"',
    "long ago": "the before:2023-06",
    "lately": "absentword after:2026-06-01",
}


def cell(site: Site, person: str, query: str) -> str:
    hits, more, seconds = site.call("bench.lib.archive", "search", person, query)
    return f"{hits}{'+' if more else ''} in {seconds * 1000:.0f} ms"


def main() -> None:
    heading("search", f"Searching {MESSAGES:,} messages")
    for database in ("SQLite", "PostgreSQL"):
        with site_on(database) as site:
            per_thousand = site.call("bench.lib.archive", "fill", MESSAGES)
            size = site.call("bench.lib.archive", "size")
            print(
                f"\n{database}: storing takes {per_thousand:.2f} s a thousand, the index and its entries {size:.0f} MB."
            )
            rows = [
                [f"{kind}: `{query}`", *(cell(site, one, query) for one in MEMBERS)] for kind, query in QUERIES.items()
            ]
            table([database, *MEMBERS], rows)


if __name__ == "__main__":
    main()
