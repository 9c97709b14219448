"""What a query string asks for, checked before it is used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Model, QuerySet
from msgspec import Meta

from chat import conf
from chat.errors import BadQuery, NotAMember

Row = TypeVar("Row", bound=Model)

LARGEST: Final = 2**63 - 1  # what a database's column holds

# In what is sent as JSON.
Id = Annotated[int, Meta(ge=1, le=LARGEST)]
Ids = Annotated[list[Id], Meta(max_length=conf.INVITED_AT_ONCE)]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a timeline; both ends are exclusive. Or the messages `at` some positions, wherever they are."""

    before: int | None = None
    after: int | None = None
    limit: int = conf.PAGE_MESSAGES
    at: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a list that is sought through: `limit` of them, after the first `offset`."""

    text: str = ""
    offset: int = 0
    limit: int = conf.LISTED

    def part(self, rows: QuerySet[Row]) -> tuple[list[Row], bool]:
        """The rows, and whether there are more."""
        found = list(rows[self.offset : self.offset + self.limit + 1])
        return found[: self.limit], len(found) > self.limit


def window(query: Mapping[str, str]) -> Window:
    """Raises BadQuery, which names the parameter."""
    return Window(
        before=_number(query, "before", low=0),
        after=_number(query, "after", low=0),
        limit=_number(query, "limit", low=1, high=conf.PAGE_MESSAGES_MAX) or conf.PAGE_MESSAGES,
        at=_positions(query),
    )


def listing(query: Mapping[str, str]) -> Listing:
    """Raises BadQuery, which names the parameter."""
    text = query.get("q", "")
    if len(text) > conf.SOUGHT_CHARACTERS:
        raise BadQuery(f"q: at most {conf.SOUGHT_CHARACTERS} characters are expected")
    return Listing(
        text=text,
        offset=_number(query, "offset", low=0, high=conf.LISTED_OFFSET_MAX) or 0,
        limit=_number(query, "limit", low=1, high=conf.LISTED_MAX) or conf.LISTED,
    )


def older(query: Mapping[str, str]) -> int | None:
    """Where a page of hits goes on. Raises BadQuery."""
    return _number(query, "older", low=0)


def zone(query: Mapping[str, str]) -> ZoneInfo:
    """Where days begin, as browsers name it. UTC where none is named, or one that is not known here: browsers may be newer."""
    name = query.get("zone", "")
    return ZoneInfo(name if name in _zones() else "UTC")  # it would look for a file of any other name


def switch(query: Mapping[str, str], name: str) -> bool:
    """Raises BadQuery for anything but 0 and 1."""
    return bool(_number(query, name, low=0, high=1))


def ids(query: Mapping[str, str], name: str) -> list[int]:
    """As `3,5,9`. Raises BadQuery."""
    text = query.get(name, "")
    found = [int(one) for one in text.split(",")] if re.fullmatch(r"\d{1,19}(,\d{1,19})*", text, re.ASCII) else []
    if not 0 < len(found) <= conf.LISTED_MAX or max(found) > LARGEST:
        raise BadQuery(f"{name}: from 1 to {conf.LISTED_MAX} ids, separated by commas, are expected")
    return found


def room_number(text: str) -> int:
    """The room in a path. One that cannot be is answered as one that is not there: raises NotAMember."""
    if not _is_number(text):
        raise NotAMember
    return int(text)


@cache
def _zones() -> set[str]:
    return available_timezones()


def _positions(query: Mapping[str, str]) -> frozenset[int] | None:
    text = query.get("at")
    if text is None:
        return None
    if "before" in query or "after" in query:
        raise BadQuery("at: it stands alone, without before and after")
    numbers = text.split(",", conf.PAGE_MESSAGES_MAX)
    if len(numbers) > conf.PAGE_MESSAGES_MAX or not all(map(_is_number, numbers)):
        raise BadQuery(f"at: at most {conf.PAGE_MESSAGES_MAX} positions are expected, with commas between them")
    return frozenset(map(int, numbers))


def _is_number(text: str, low: int = 0, high: int = LARGEST) -> bool:
    return bool(re.fullmatch(r"\d{1,19}", text, re.ASCII)) and low <= int(text) <= high


def _number(query: Mapping[str, str], name: str, *, low: int, high: int = LARGEST) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not _is_number(text, low, high):
        raise BadQuery(f"{name}: a whole number from {low} to {high} is expected")
    return int(text)
