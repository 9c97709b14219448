"""What rendering a message of the greatest length costs: ordinary ones, and the slowest that a search finds.

SECONDS=60 searches for longer, SEED=n for others.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.lib.report import heading, table
from bench.lib.worst import PIECES, Found, Search, body, cost
from chat import conf
from chat.markup import render
from chat.markup.code import LANGUAGES

SECONDS: Final = float(os.environ.get("SECONDS", "30"))
SEED: Final = int(os.environ.get("SEED", "1"))
SHOWN: Final = 8
PROSE: Final = (
    "Good morning! I read the **programme** once more, and _three_ things are open; see https://example.org/a?b=c\n\n"
)
LIST: Final = (
    "- **Ana**: the `map`, until Thursday\n- Bia: doors, see [the plan](https://example.org/plan)\n  - spare key\n"
)
SOURCE: Final = Path(__file__).with_name("lib").joinpath("worst.py").read_text()
ORDINARY: Final = {
    "prose": PROSE,
    "a long list": LIST,
    "prose, calls and emoji": "@ana and @bia: done :tada: 🎉 thank you!\n",
    "a fence of Python": f"```py\n{SOURCE}",
    "a fence of JSON": '```json\n{"name": "Ana", "rooms": [1, 2, 3], "staff": false}\n',
    "lines of a log": "2026-12-07 10:00:00,123 INFO [worker-1] chat.views: GET /rooms/7/ -> 200 in 12 ms\n",
}


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def ordinary() -> Iterator[list[str]]:
    for name, text in ORDINARY.items():
        whole = body([(text, 1)])
        yield [name, milliseconds(cost(render, whole)), f"{len(render(whole).encode()) / 1024:.0f} KiB"]


def in_fence(language: str) -> Found:
    """The slowest of the known pieces as code in a language: some lexers search to the end at each character."""
    fences = [[(f"```{language}\n", 1), (piece, conf.BODY_CHARACTERS)] for piece in PIECES if "`" not in piece]
    return max((Found(cost(render, body(parts)), parts) for parts in fences), key=lambda found: found.seconds)


def main() -> None:
    heading("markup", f"Rendering a message of {conf.BODY_CHARACTERS:,} characters: seconds of CPU")
    table(["ordinary messages", "", "HTML"], ordinary())
    found = Search(render, SEED).run(SECONDS)[:SHOWN]
    table(
        [f"the slowest that {SECONDS:.0f} s of searching find", ""],
        ([f"`{one}`", milliseconds(one.seconds)] for one in found),
    )
    fences = sorted((in_fence(language) for language in sorted(LANGUAGES)), key=lambda one: -one.seconds)[:SHOWN]
    table(["the slowest fences", ""], ([f"`{one}`", milliseconds(one.seconds)] for one in fences))


if __name__ == "__main__":
    main()
