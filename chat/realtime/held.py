"""Events that came before their turn."""

from __future__ import annotations

from chat import conf
from chat.relay.rings import Event


class Held:
    """Bounded in number and bytes: what is too much is forgotten, as the database has it all."""

    def __init__(self) -> None:
        self._events: dict[int, Event] = {}
        self._bytes = 0

    def add(self, event: Event) -> None:
        self.take(event.revision)
        self._events[event.revision] = event
        self._bytes += event.size
        if len(self._events) > conf.EVENTS_HELD or self._bytes > conf.EVENTS_HELD_BYTES:
            self._events.clear()
            self._bytes = 0

    def take(self, revision: int) -> Event | None:
        event = self._events.pop(revision, None)
        if event is not None:
            self._bytes -= event.size
        return event

    def forget(self, through: int) -> None:
        for revision in [one for one in self._events if one <= through]:
            self.take(revision)
