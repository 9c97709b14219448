"""Finding messages: newest first, a page at a time, in an amount of work that has a bound.

What is common stands among the newest messages, what is rare is known to the index. So first some thousand messages are
looked at, back from where the last page ended. If that does not fill the page, the index is asked for all that is older;
and if that is too much, so that it was common once, some ten thousand more are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from chat import conf
from chat.models.search_entry import SearchEntry
from chat.models.search_index import Hit, from_index, planned

EVER: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Messages with all `patterns`, by one of `people` (None: whoever), in one of `rooms`; `before` is exclusive."""

    rooms: Sequence[int]
    patterns: Sequence[str] = ()
    people: Collection[int] | None = None
    after: int = -EVER
    before: int = EVER

    @property
    def hits(self) -> QuerySet[SearchEntry, Hit]:
        within = Q(room__in=self.rooms, moment__gte=self.after, moment__lt=self.before)
        if self.people is not None:
            within &= Q(author__in=self.people)
        entries = SearchEntry.objects.filter(within, *(Q(words__contains=pattern) for pattern in self.patterns))
        return entries.values_list("moment", "message_id")


@dataclass(frozen=True, slots=True)
class Found:
    """Messages, newest first. `older`: the moment before which to go on; None: that was all.

    `is_short`: the page is not full though there may be more, as too many messages were looked at in vain.
    """

    messages: list[int]
    older: int | None = None
    is_short: bool = False


def find(wanted: Wanted) -> Found:
    near, reached = _look(wanted, conf.SEARCH_NEAR)
    if reached is None or len(near) > conf.SEARCH_HITS:
        return _page(near, reached)
    beyond = replace(wanted, before=reached)
    rest = from_index(beyond.hits, beyond.patterns, beyond.rooms, beyond.people)
    if rest is not None:
        return _page(near + sorted(rest, reverse=True), None)
    far, reached = _look(beyond, conf.SEARCH_FAR)
    return _page(near + far, reached)


def _page(hits: Sequence[Hit], reached: int | None) -> Found:
    """The first of `hits`, which are all there are from `reached` on."""
    shown = hits[: conf.SEARCH_HITS]
    messages = [message for _moment, message in shown]
    if len(hits) > len(shown):
        return Found(messages, older=shown[-1][0])
    return Found(messages, older=reached, is_short=reached is not None)


def _look(wanted: Wanted, count: int) -> tuple[list[Hit], int | None]:
    """The hits of one page, and one more, among the newest messages; and how far back these go. None: to the first."""
    reached = _count_back(wanted, count)
    if reached is not None:
        wanted = replace(wanted, after=reached)
    with planned(without=("seqscan",)):
        return list(wanted.hits.order_by("-moment")[: conf.SEARCH_HITS + 1]), reached


def _count_back(wanted: Wanted, count: int) -> int | None:
    """The moment from which on there are `count` messages in these rooms, or not many times as many; None: there are fewer."""
    rooms = wanted.rooms
    chunks = [rooms[at : at + conf.SEARCH_ROOMS] for at in range(0, len(rooms), conf.SEARCH_ROOMS)]
    reached = [_count_back_in(chunk, wanted, count) for chunk in chunks]
    return max((moment for moment in reached if moment is not None), default=None)


def _count_back_in(rooms: Sequence[int], wanted: Wanted, count: int) -> int | None:
    """Both databases take the newest from each room's own index in turn, and none of them reads further than it has to."""
    one = "SELECT moment FROM chat_searchentry WHERE room_id = %s AND moment >= %s AND moment < %s"
    values: list[int] = []
    if connection.features.supports_parentheses_in_compound:
        one = f"({one} ORDER BY moment DESC LIMIT {count + 1})"
    for room in rooms:
        values += [room, wanted.after, wanted.before]
    all_of_them = " UNION ALL ".join([one] * len(rooms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT moment FROM ({all_of_them}) AS newest ORDER BY moment DESC LIMIT 1 OFFSET {count}",  # noqa: S608
            values,
        )
        row = cursor.fetchone()
    return row and int(row[0]) + 1
