"""Looks for the text that is slowest to render: by known patterns, then by changing what was slowest so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic, thread_time
from typing import Final

from chat import conf

Part = tuple[str, int]  # a text and how often it is repeated

PIECES: Final = (
    *("*", "**", "***", "_", "__", "~~", "`", "``", "```", "[", "]", "(", ")", "](", "[a](", "[a](b)", "[a](<a", "![", "<", ">"),
    *("</", "<a", "<http://", "<http://a>", "\\", "&", "&amp;", "&#", "!", ":", ":a:", ":tada:", ":é:", "@", "@a", "@a.", "."),
    *("-", "+", "#", "=", "|", ";", '"', "'", "a", "b", "a b", "é", "漢", "😀", "0", "1.", "1)", "  - ", "    ", " ", "  "),
    *("\n", "\n\n", "\t", "> ", "- ", "1. ", "* ", "```\n", "~~~\n", "```py\n", "```js\n", "http://a", "https://a.b ", "www.a "),
    *("a@b.c ", "\u2028", "\u200b", "\u00a0", "\r", "\n> ", "\n- ", "\n  ", "\n    ", "  \n", "\\\n", "a*", "*a*", "**a** "),
    *("***a", "a***", "*a_ ", "a**b", "*>", ":_", "- a\n", "- > a\n", "> - a\n", "0) a\n", "- a\n  - b\n", "\n> ```\n    **"),
    *("\n>-\n-", "[[a]](b)", "[]( ", '[](b "', "`a", "xn--", "http://a/((((", "://", "a://b.c ", "---\n", "===\n", "\n \n"),
)  # fmt: skip
MIXTURES: Final = 120  # that a search starts from
KEPT: Final = 40
REPEATS: Final = (1, 1, 1, 2, 3, 5, 10, 30, 100, 300, 1_000, 3_000)


@dataclass(frozen=True)
class Found:
    seconds: float
    parts: Sequence[Part]

    def __str__(self) -> str:
        return " ".join(f"{text!r}×{times}" if times > 1 else repr(text) for text, times in self.parts)


class Search:
    """For the body that takes `render` longest. The same seed tries the same at first; later it is led by the clock."""

    def __init__(self, render: Callable[[str], object], seed: int) -> None:
        self._render = render
        self._random = Random(seed)
        self._found: list[Found] = []

    def run(self, seconds: float) -> list[Found]:
        """The slowest ones, each of its own kind."""
        end = monotonic() + seconds
        for parts in self._beginnings():
            self._try(parts)
        while monotonic() < end:
            self._try(self._changed(self._promising()))
        kinds = {frozenset(text for text, _times in found.parts): found for found in reversed(self._found)}
        return sorted(kinds.values(), key=lambda found: -found.seconds)

    def _beginnings(self) -> Iterator[list[Part]]:
        yield from ([(piece, 1)] for piece in PIECES)
        yield from ([self._part() for _ in range(self._random.choice((1, 2, 3)))] for _ in range(MIXTURES))

    def _try(self, parts: list[Part]) -> None:
        seconds = cost(self._render, body(parts))
        if len(self._found) < KEPT or seconds > self._found[-1].seconds:
            self._found.append(Found(seconds, parts))
            self._found.sort(key=lambda found: -found.seconds)
            del self._found[KEPT:]

    def _promising(self) -> list[Part]:
        return list(self._found[min(self._random.randrange(len(self._found)) for _ in range(2))].parts)

    def _changed(self, parts: list[Part]) -> list[Part]:
        place = self._random.randrange(len(parts))
        text, times = parts[place]
        match self._random.randrange(4):
            case 0:
                parts.insert(place, self._part())
            case 1:
                parts[place] = self._part()
            case 2:
                parts[place] = text, max(1, int(times * self._random.choice((0.3, 0.5, 0.8, 1.3, 2, 4))))
            case _:
                cut = self._random.randrange(len(text) + 1)
                parts[place] = text[:cut] + self._random.choice(PIECES) + text[cut + self._random.randrange(2) :], times
        return parts[:8]

    def _part(self) -> Part:
        text = "".join(self._random.choice(PIECES) for _ in range(self._random.choice((1, 1, 2, 2, 3, 4, 6))))
        return text, self._random.choice(REPEATS)


def body(parts: Sequence[Part]) -> str:
    """As long as a message may be."""
    text = "".join(text * times for text, times in parts)
    return (text * (conf.BODY_CHARACTERS // len(text) + 1))[: conf.BODY_CHARACTERS]


def cost(render: Callable[[str], object], text: str) -> float:
    """Seconds of CPU; the better of two, as others use the machine as well."""
    return min(_once(render, text) for _ in range(2))


def _once(render: Callable[[str], object], text: str) -> float:
    start = thread_time()
    render(text)
    return thread_time() - start
