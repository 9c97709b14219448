"""Whom and where a query means: the names in it, looked up among the people and rooms that the asker may know of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Final

from django.db.models import QuerySet

from chat.folding import fold
from chat.models import Membership, User
from chat.models.finding import Wanted
from chat.models.folded import sought
from chat.models.search_entry import moment
from chat.protocol.events import RoomState
from chat.search.query import Complaint, Problem, Query

_ONESELF: Final = "me"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, the rooms that this person is in, and where the days of the query begin."""

    user: User
    rooms: Sequence[RoomState]
    zone: tzinfo

    def wanted(self, query: Query) -> Wanted:
        """What to find. What is meant by no room or nobody is added to the query's complaints."""
        people = self._people(query) if query.people else None
        return Wanted(self._rooms(query), query.patterns, people, **self._days(query))

    def _rooms(self, query: Query) -> list[int]:
        named: set[int] = set()
        for name in query.rooms:
            found = _rooms_called(name, self.rooms)
            if not found:
                query.complaints.append(Complaint(Problem.NO_ROOM, name))
            named |= found
        return [room.id for room in self.rooms if room.id in named or not query.rooms]

    def _people(self, query: Query) -> set[int]:
        """Also of those who have left a room, as their messages have not."""
        rooms = [room.id for room in self.rooms]
        known = User.objects.filter(pk__in=Membership.objects.filter(room__in=rooms).values("user"))
        named: set[int] = set()
        for name in query.people:
            found = set(_people_called(name, known, self.user).values_list("pk", flat=True))
            if not found:
                query.complaints.append(Complaint(Problem.NOBODY, name))
            named |= found
        return named

    def _days(self, query: Query) -> dict[str, int]:
        days = {"after": query.after, "before": query.before}
        return {name: _midnight(day, self.zone) for name, day in days.items() if day}


def _rooms_called(name: str, rooms: Sequence[RoomState]) -> set[int]:
    """Those with that very name; if there is none, those that have all its words in theirs."""
    wanted = fold(name)
    if not wanted:
        return set()
    exactly = {room.id for room in rooms if fold(room.name) == wanted}
    return exactly or {room.id for room in rooms if all(word in fold(room.name) for word in wanted.split())}


def _people_called(name: str, known: QuerySet[User], oneself: User) -> QuerySet[User]:
    """The one with that username; if there is none, those that have all its words in their names."""
    username = name.removeprefix("@")
    exactly = known.filter(username__iexact=username)
    if exactly.exists() or username != name:
        return exactly
    if fold(name) == _ONESELF:
        return User.objects.filter(pk=oneself.pk)
    return sought(known, name) if fold(name) else known.none()


def _midnight(day: date, zone: tzinfo) -> int:
    return moment(datetime.combine(day, time(), zone))
