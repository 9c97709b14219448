"""One a process: what comes from the channel layer goes to the sockets that it concerns."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import islice

from django.db import Error as DatabaseFailure

from chat import conf
from chat.actions.room_states import room_states
from chat.errors import NotAMember
from chat.protocol.codec import encode
from chat.protocol.events import Hello, Left, ReadElsewhere, Room, RoomState
from chat.realtime.feed import Feed
from chat.realtime.presence import Presence
from chat.realtime.reads import last_revisions
from chat.realtime.socket import Socket
from chat.relay.rings import Event, PersonChanged, ReadMoved, RoomEvents, RoomsChanged, RoomTyping, room_group
from chat.relay.subscription import Subscription
from chat.threads import in_watcher

logger = logging.getLogger(__name__)


class Hub:
    """Not each socket but the hub is the member of a room's group: an event is received and decoded once a process.

    The channel layer may lose anything. Every few seconds one query compares the newest revision of all
    rooms that have sockets here with what was sent.
    """

    def __init__(self, subscription: Subscription, presence: Presence) -> None:
        self._subscription = subscription
        self._presence = presence
        self._feeds: dict[int, Feed] = {}
        self._repairs = asyncio.Lock()
        self._sockets: defaultdict[int, set[Socket]] = defaultdict(set)
        self._stale: dict[int, set[int]] = {}  # people whose rooms have to be read again; rooms to be told in any case
        self._refreshing = asyncio.Event()
        self._reading = asyncio.Lock()  # two readings at once might be applied in the wrong order
        self._comparing = asyncio.Event()

    @property
    def people(self) -> list[int]:
        """Everyone with a socket here."""
        return list(self._sockets)

    # -- sockets come and go ---------------------------------------------------------------------

    def register(self, socket: Socket) -> None:
        """From here on, changes to the person's rooms are noticed; before its rooms are read, so that none is missed."""
        self._sockets[socket.user_id].add(socket)

    def unregister(self, socket: Socket) -> None:
        for room in list(socket.rooms):
            self._leave(socket, room)
        self._sockets[socket.user_id].discard(socket)
        if not self._sockets[socket.user_id]:
            del self._sockets[socket.user_id]
            self._presence.went(socket.user_id)

    def greet(self, socket: Socket, hello: Hello) -> None:
        """Send the first frame, and after it all that has happened since it was read."""
        socket.tell(hello)
        socket.greeted = True
        socket.name = hello.user.name
        self._presence.came(socket.user_id)
        self._follow(socket, hello.rooms)
        if socket.missed_rooms:
            self.refresh_person(socket.user_id)

    def _follow(self, socket: Socket, states: Iterable[RoomState]) -> None:
        """Send the socket all that comes after the revisions in `states`, which it was just told."""
        for state in states:
            socket.rooms[state.id] = state
            self._feed(state.id).attach(socket, state.revision)

    def _feed(self, room: int) -> Feed:
        if room not in self._feeds:
            self._feeds[room] = Feed(room, self._repairs, partial(self._member, room), self._refresh_room)
            self._subscription.want(room_group(room))
        return self._feeds[room]

    def _leave(self, socket: Socket, room: int) -> None:
        socket.rooms.pop(room, None)
        feed = self._feeds.get(room)
        if feed is None:
            return
        feed.detach(socket)
        if not feed.sockets:
            self._end(room)

    def _end(self, room: int) -> None:
        self._feeds.pop(room).stop()
        self._subscription.drop(room_group(room))
        self._presence.forget(room)

    async def look(self, socket: Socket, room: int) -> list[int]:
        """Who is on-line in a room. From here on, the socket is told who comes and goes there, and who types.

        Raises NotAMember, and OperationalError where the database does not answer.
        """
        if room not in socket.rooms:  # it was let in a moment ago
            await self._read_again({socket.user_id: ()})
        await self._presence.attend(room)
        if room not in socket.rooms:
            raise NotAMember
        socket.looking_at = room
        return self._presence.look(socket, room)

    # -- from the channel layer ------------------------------------------------------------------

    def room_events(self, ring: RoomEvents) -> None:
        if feed := self._feeds.get(ring.room):
            feed.receive(ring.events)

    def typing(self, ring: RoomTyping) -> None:
        if feed := self._feeds.get(ring.room):
            size = len(ring.text.encode())
            for socket in feed.sockets:
                if socket.looking_at == ring.room and socket.user_id != ring.user:
                    socket.outbox.push(ring.text, size)

    def read_moved(self, ring: ReadMoved) -> None:
        text = encode(ReadElsewhere(ring.room, ring.position))
        for socket in self._sockets.get(ring.user, ()):
            if socket.source != ring.source and ring.room in socket.rooms:
                socket.outbox.push(text, len(text))

    def person_changed(self, ring: PersonChanged) -> None:
        for socket in self._sockets.get(ring.user, ()):
            socket.name = ring.name
        self._presence.restate(ring.user)

    def rooms_changed(self, ring: RoomsChanged) -> None:
        self.refresh(ring.users)
        for room in ring.rooms:
            self._refresh_room(room)

    # -- people's rooms --------------------------------------------------------------------------

    def refresh(self, users: Iterable[int]) -> None:
        """Read these people's rooms again and tell their sockets what is different."""
        for user_id in self._sockets.keys() & set(users):
            self._stale.setdefault(user_id, set())
        self._refreshing.set()

    def refresh_person(self, user_id: int) -> None:
        self.refresh([user_id])

    def _refresh_room(self, room: int) -> None:
        """Its people are told of it though nothing in the frame is different: its topic may be, which they ask for."""
        if feed := self._feeds.get(room):
            people = {socket.user_id for socket in feed.sockets}
            self.refresh(people)
            for user_id in people:
                self._stale[user_id].add(room)

    def _member(self, room: int, event: Event) -> None:
        if event.joined is not None:
            self.refresh_person(event.joined)
            self._presence.member(room, event.joined, is_in=True)
        elif event.left is not None:
            self._presence.member(room, event.left, is_in=False)

    async def keep_rooms_fresh(self) -> None:
        while True:
            await self._refreshing.wait()
            self._refreshing.clear()
            try:
                while self._stale:
                    await self._refresh_some()
            except DatabaseFailure as error:  # the regular check asks for everybody again
                logger.warning("rooms could not be read again: %s", type(error).__name__)

    async def _refresh_some(self) -> None:
        some = list(islice(self._stale, conf.PEOPLE_REFRESHED))
        await self._read_again({user_id: self._stale.pop(user_id) for user_id in some})

    async def _read_again(self, telling: Mapping[int, Collection[int]]) -> None:
        async with self._reading:
            states = await in_watcher(room_states, list(telling))
            for user_id, rooms in telling.items():
                for socket in list(self._sockets.get(user_id, ())):
                    self._update(socket, states[user_id], rooms)

    def _update(self, socket: Socket, states: list[RoomState], telling: Collection[int]) -> None:
        if not socket.greeted:
            socket.missed_rooms = True
            return
        for room in socket.rooms.keys() - {state.id for state in states}:
            self._leave(socket, room)
            socket.tell(Left(room))
            self._presence.member(room, socket.user_id, is_in=False)
        for state in states:
            known = socket.rooms.get(state.id)
            if known is None:
                socket.tell(Room(state))
                self._follow(socket, [state])
                self._presence.member(state.id, socket.user_id, is_in=True)
            elif state.id in telling or _looks(known) != _looks(state):
                socket.tell(Room(state))
                socket.rooms[state.id] = state

    # -- comparing with the database -------------------------------------------------------------

    def compare_soon(self, _group: str) -> None:
        """What was published before this process was in a group is looked for at once."""
        self._comparing.set()

    async def keep_compared(self) -> None:
        while True:
            try:
                async with asyncio.timeout(conf.COMPARE_SECONDS):
                    await self._comparing.wait()
            except TimeoutError:
                pass  # the regular comparison
            self._comparing.clear()
            try:
                await self._compare()
            except DatabaseFailure as error:  # the next comparison tries again
                logger.warning("revisions could not be compared: %s", type(error).__name__)
                await asyncio.sleep(conf.COMPARE_SECONDS)

    async def _compare(self) -> None:
        for room in [room for room, feed in self._feeds.items() if not feed.sockets]:
            self._end(room)
        newest = await in_watcher(last_revisions, list(self._feeds))
        for room, feed in self._feeds.items():
            if room in newest:
                feed.expect(newest[room])
            else:
                self._refresh_room(room)


def _looks(state: RoomState) -> tuple[str, str, str]:
    """What people see of a room besides its numbers, which have frames of their own."""
    return state.name, state.kind, state.notify
