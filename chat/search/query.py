"""What a person types to search -> what is to be found.

tea "green garden" from:ana in:kitchen after:2026-11-01 before:2026-12
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from chat import conf
from chat.search.words import SPACE, searchable

_SHORT: Final = 3  # characters; what is shorter is sought where words begin
_TYPED: Final = str.maketrans("“”„‟«»＂\0", '"' * 7 + " ")  # keyboards make these of "; no text may hold a NUL
# An operator has its value right behind it: `from: ana` is an operator without one, and a word.
_TOKEN: Final = re.compile(
    r"""(?P<alone> from | in | before | after ) [:：] (?= \s | $ )
      | (?: (?P<operator> from | in | before | after ) [:：] )?  (?: "(?P<quoted>[^"]*)"? | (?P<bare>[^\s"]+) )""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


class Problem(Enum):
    """Why a query is not searched for."""

    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    NO_WORD = "no-word"
    NO_VALUE = "no-value"
    NO_DATE = "no-date"
    NOBODY = "nobody"
    NO_ROOM = "no-room"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem, and the part of the query that it is about."""

    problem: Problem
    about: str = ""


@dataclass(slots=True)
class Query:
    """All `patterns` are to be found, by one of `people`, in one of `rooms`; from `after` on, and before `before`."""

    patterns: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    before: date | None = None
    after: date | None = None
    complaints: list[Complaint] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.patterns or self.people or self.rooms or self.before or self.after)


def parse(text: str) -> Query:
    """Never fails: what cannot be understood stands in `complaints`."""
    query = Query()
    if len(text) > conf.SEARCH_CHARACTERS:
        query.complaints.append(Complaint(Problem.TOO_LONG))
        return query
    for token in _TOKEN.finditer(text.translate(_TYPED)):
        _take(query, token)
    if len(query.patterns) + len(query.people) + len(query.rooms) > conf.SEARCH_WORDS:
        query.complaints.append(Complaint(Problem.TOO_MANY))
    if query.is_empty and not query.complaints and text.strip():
        query.complaints.append(Complaint(Problem.NO_WORD))
    return query


def pattern(text: str, *, quoted: bool) -> str:
    """What the searchable text of a hit contains. Quoted: whole words. Empty for a text without words."""
    words = searchable(text).strip()
    if quoted and words:
        return f"{SPACE}{words}{SPACE}"
    return f"{SPACE}{words}" if 0 < len(words) < _SHORT else words


def _take(query: Query, token: re.Match[str]) -> None:
    quoted = token["quoted"] is not None
    value = (token["quoted"] if quoted else token["bare"]) or ""
    operator = (token["operator"] or token["alone"] or "").lower()
    if operator and not value.strip():
        query.complaints.append(Complaint(Problem.NO_VALUE, f"{operator}:"))
    elif operator:
        _OPERATORS[operator](query, value.strip())
    elif found := pattern(value, quoted=quoted):
        query.patterns.append(found)


def _take_person(query: Query, value: str) -> None:
    query.people.append(value)


def _take_room(query: Query, value: str) -> None:
    if name := value.removeprefix("#"):
        query.rooms.append(name)
    else:
        query.complaints.append(Complaint(Problem.NO_VALUE, f"in:{value}"))


def _take_before(query: Query, value: str) -> None:
    query.before = _day(query, value, query.before, min)


def _take_after(query: Query, value: str) -> None:
    query.after = _day(query, value, query.after, max)


_OPERATORS: Final[Mapping[str, Callable[[Query, str], None]]] = {
    "from": _take_person,
    "in": _take_room,
    "before": _take_before,
    "after": _take_after,
}


def _day(query: Query, value: str, other: date | None, stricter: Callable[[Iterable[date]], date]) -> date | None:
    """The first day of what is named: 2026-11-05, 2026-11 or 2026."""
    found = _DATE.fullmatch(value)
    try:
        named = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        named = None
    if named is None:
        query.complaints.append(Complaint(Problem.NO_DATE, value))
        return other
    return stricter(day for day in (named, other) if day)
