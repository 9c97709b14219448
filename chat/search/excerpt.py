"""The part of a text in which something was found, with what was found marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from chat import conf
from chat.search.words import SPACE, letters

_LEAD: Final = conf.EXCERPT_CHARACTERS // 4  # shown before the first find
_CUT: Final = "…"

Span = tuple[int, int]


class Part(NamedTuple):
    text: str
    is_found: bool = False


def excerpt(text: str, patterns: Iterable[str]) -> list[Part]:
    """Around the first find; from the beginning where there is none."""
    text = unicodedata.normalize("NFC", text)
    spans = _merged(sorted(_finds(text, patterns)))
    start, end = _window(text, spans[0][0] if spans else 0)
    parts = list(
        _parts(text[:end], start, [(max(first, start), min(last, end)) for first, last in spans if first < end])
    )
    return [Part(_CUT)] * (start > 0) + parts + [Part(_CUT)] * (end < len(text))


def _finds(text: str, patterns: Iterable[str]) -> Iterator[Span]:
    words, origins = _words(text)
    for pattern in patterns:
        bare = pattern.strip()
        lead = pattern.index(bare)
        at = words.find(pattern)
        while at >= 0:
            yield origins[at + lead], _end(text, origins[at + lead + len(bare) - 1])
            at = words.find(pattern, at + lead + len(bare))


def _words(text: str) -> tuple[str, list[int]]:
    """The searchable text, and for each of its characters the one of `text` that it comes from."""
    words, origins = [SPACE], [0] * len(SPACE)
    for index, character in enumerate(f"{text} "):
        for letter in letters(character):
            if letter != " ":
                words.append(letter)
                origins.append(index)
            elif words[-1] != SPACE:
                words.append(SPACE)
                origins += [index] * len(SPACE)
    return "".join(words), origins


def _end(text: str, last: int) -> int:
    """Behind a character and the accents that belong to it."""
    end = last + 1
    while end < len(text) and not letters(text[end]):
        end += 1
    return end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _window(text: str, find: int) -> Span:
    """What is shown begins with a word, if one begins soon."""
    if len(text) <= conf.EXCERPT_CHARACTERS:
        return 0, len(text)
    start = min(max(0, find - _LEAD), len(text) - conf.EXCERPT_CHARACTERS)
    space = text.find(" ", start, find) if start else -1
    start = space + 1 if space >= 0 else start
    return start, start + conf.EXCERPT_CHARACTERS


def _parts(text: str, start: int, spans: Iterable[Span]) -> Iterator[Part]:
    for first, last in spans:
        if start < first:
            yield Part(text[start:first])
        yield Part(text[first:last], is_found=True)
        start = last
    if start < len(text):
        yield Part(text[start:])
