"""Who is on-line, as the processes tell one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from time import monotonic
from typing import Final

from chat import conf


class Roster:
    """Each process vouches for the people who have a socket there, for a while; whom nobody vouches for is off-line.

    One who leaves stays for a moment, as most come back at once: by another page, or after a moment without network.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until: dict[int, dict[str, float]] = {}  # for each person, until when each process vouches
        self._changed: set[int] = set()
        self._next_end = inf  # nothing ends before

    def __contains__(self, user_id: object) -> bool:
        """Whether this person is on-line. May be asked from any thread."""
        return user_id in self._until

    def vouch(self, process: str, users: Iterable[int], seconds: float = inf) -> None:
        until = self._clock() + seconds
        self._next_end = min(self._next_end, until)
        for user_id in users:
            if user_id not in self._until:
                self._changed.add(user_id)
            self._until.setdefault(user_id, {})[process] = until

    def dismiss(self, process: str, users: Iterable[int]) -> None:
        """These have no socket at that process any more."""
        soon = self._clock() + conf.PRESENCE_GRACE_SECONDS
        self._next_end = min(self._next_end, soon)
        for user_id in users:
            places = self._until.get(user_id, {})
            if process in places:
                places[process] = min(places[process], soon)

    def dismiss_all(self, process: str) -> None:
        """The process stops."""
        self.dismiss(process, list(self._until))

    def changes(self) -> set[int]:
        """Those who have come or gone since this was asked last."""
        now = self._clock()
        if now >= self._next_end:
            self._sweep(now)
        changed, self._changed = self._changed, set()
        return changed

    def _sweep(self, now: float) -> None:
        for user_id, places in list(self._until.items()):
            for process in [one for one, until in places.items() if until <= now]:
                del places[process]
            if not places:
                del self._until[user_id]
                self._changed.add(user_id)
        self._next_end = min((until for places in self._until.values() for until in places.values()), default=inf)

    def clear(self) -> None:
        self._until.clear()
        self._changed.clear()
        self._next_end = inf


roster: Final = Roster()  # of this process; a process without sockets and pages hears of nobody
