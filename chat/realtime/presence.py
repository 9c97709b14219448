"""Who is on-line, by gossip over the channel layer; the database knows nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from secrets import token_hex

from chat import conf
from chat.realtime.attendance import Attendance
from chat.realtime.socket import Socket
from chat.relay.publisher import Publisher
from chat.relay.rings import PEOPLE, PeopleGone, PeopleHere, PresenceRing, ProcessStops, Ring, WhoIsHere
from chat.relay.roster import roster


class Presence:
    """Tells the other processes who has a socket here, hears the same from them, and tells the sockets that look.

    Coming and going is told at once, a few people or thousands in one ring. What gets lost on the way is mended by
    naming everybody here every few seconds. A process that is killed names nobody: its people are off-line soon after.
    """

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._name = token_hex(8)
        self._here: set[int] = set()
        self._news: set[int] = set()  # who came or went, and was not told of yet
        self._rooms: dict[int, Attendance] = {}

    # -- people here -----------------------------------------------------------------------------

    def came(self, user_id: int) -> None:
        """A person has a socket here now."""
        if user_id not in self._here:
            self._here.add(user_id)
            self._news.add(user_id)
            roster.vouch(self._name, [user_id])

    def went(self, user_id: int) -> None:
        """A person has none here any more."""
        if user_id in self._here:
            self._here.discard(user_id)
            self._news.add(user_id)
            roster.dismiss(self._name, [user_id])

    # -- rooms that are looked at ----------------------------------------------------------------

    async def attend(self, room: int) -> None:
        """Learn who is in a room. Raises OperationalError where the database does not answer."""
        while (attendance := self._rooms.setdefault(room, Attendance(room))).is_unknown:
            await attendance.load()

    def look(self, socket: Socket, room: int) -> list[int]:
        """Who is on-line in a room; the socket follows that from here on."""
        return self._rooms[room].look(socket, roster)

    def member(self, room: int, user_id: int, *, is_in: bool) -> None:
        if attendance := self._rooms.get(room):
            attendance.member(user_id, is_in=is_in)

    def restate(self, user_id: int) -> None:
        """Something about a person has changed that no frame tells: let those who look look again."""
        for attendance in self._rooms.values():
            attendance.restate(user_id)

    def forget(self, room: int) -> None:
        """Its joins and leaves are not heard any more, or nobody looks at it."""
        self._rooms.pop(room, None)

    # -- other processes -------------------------------------------------------------------------

    def heard(self, ring: PresenceRing) -> None:
        if ring.process == self._name:
            return
        match ring:
            case PeopleHere():
                roster.vouch(ring.process, ring.users, conf.PRESENCE_SECONDS)
            case PeopleGone():
                roster.dismiss(ring.process, ring.users)
            case ProcessStops():
                roster.dismiss_all(ring.process)
            case WhoIsHere():
                self._news |= self._here

    def ask(self) -> None:
        """This process hears the others from now on."""
        self._publish(WhoIsHere(self._name))

    async def keep_told(self) -> None:
        """Tell of coming and going: the other processes, and the sockets here."""
        while True:
            news, self._news = self._news, set()
            self._announce(PeopleHere, news & self._here)
            self._announce(PeopleGone, news - self._here)
            self._tell(roster.changes())
            await asyncio.sleep(conf.PRESENCE_BATCH_SECONDS)

    async def keep_known(self) -> None:
        while True:
            await asyncio.sleep(conf.PRESENCE_DIGEST_SECONDS)
            self._announce(PeopleHere, self._here)

    def stop(self) -> None:
        """Whoever is here is not any more in a moment."""
        self._here.clear()
        self._news.clear()
        self._publish(ProcessStops(self._name))

    def _tell(self, changed: set[int]) -> None:
        for room, attendance in list(self._rooms.items()):
            if attendance.is_unknown or attendance.has_lookers():
                attendance.tell(changed, roster)
            else:
                self.forget(room)

    def _announce(self, kind: type[PeopleHere | PeopleGone], users: Collection[int]) -> None:
        for some in _parts(list(users)):
            self._publish(kind(self._name, some))

    def _publish(self, ring: Ring) -> None:
        self._publisher.publish(PEOPLE, ring)


def _parts(users: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(users), conf.PRESENCE_PEOPLE):
        yield users[start : start + conf.PRESENCE_PEOPLE]
