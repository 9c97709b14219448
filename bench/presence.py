"""What it costs one process that thousands come and go: processor time of its event loop, and bytes through Redis.

Left out are the network, the sockets' own tasks, and the one query of who is in the room: texts are put where they wait
to be sent. PEOPLE=5_000 are on-line at eight processes, all in one room, and everybody looks at it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import process_time
from unittest.mock import patch
from uuid import uuid4

import django
import msgspec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chat.tests.settings")
PEOPLE = int(os.environ.get("PEOPLE", "5_000"))
django.setup()  # loads the models, which the imports below need

from bench.lib.report import heading, table  # noqa: E402
from chat.protocol.codec import encode  # noqa: E402
from chat.protocol.events import Done, RoomState  # noqa: E402
from chat.realtime.attendance import Attendance  # noqa: E402
from chat.realtime.socket import Socket  # noqa: E402
from chat.relay.rings import PeopleHere, from_layer, to_layer  # noqa: E402
from chat.relay.roster import Roster  # noqa: E402

PROCESSES = 8
TIMES = 9
FIRST = 100_000  # ids as long as they become
ROOM = RoomState(7, "open", "general", 0, 0, 0, "all")
EVERYBODY = list(range(FIRST, FIRST + PEOPLE))


class Process:
    """What one of them has heard, and the sockets that look at the room there."""

    def __init__(self) -> None:
        self.roster = Roster()
        self.attendance = Attendance(ROOM.id)
        with patch("chat.realtime.attendance.members", lambda _room: set(EVERYBODY)):
            asyncio.run(self.attendance.load())
        for number in range(PROCESSES):
            self.hear(to_layer(digest(number)))
        self.tell()
        for user_id in EVERYBODY[::PROCESSES]:
            self.look(user_id)

    def hear(self, message: dict[str, object]) -> None:
        ring = from_layer(message)
        assert isinstance(ring, PeopleHere)
        self.roster.vouch(ring.process, ring.users, 30)

    def tell(self) -> None:
        self.attendance.tell(self.roster.changes(), self.roster)

    def look(self, user_id: int) -> str:
        socket = Socket(user_id, uuid4())
        socket.looking_at = ROOM.id
        socket.rooms[ROOM.id] = ROOM
        return encode(Done("r", ROOM.id, online=self.attendance.look(socket, self.roster)))

    def change(self, people: int) -> None:
        """So many are away, and are told to be, and then they are back."""
        for user_id in EVERYBODY[:people]:
            del self.roster._until[user_id]
        self.attendance.tell(set(EVERYBODY[:people]), self.roster)
        self.roster.vouch("another", EVERYBODY[:people])


def digest(process: int) -> PeopleHere:
    return PeopleHere(f"{process:016x}", EVERYBODY[process::PROCESSES])


def cost(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> str:
    times = []
    for _ in range(TIMES):
        before()
        start = process_time()
        work()
        times.append(process_time() - start)
    return f"{median(times) * 1000:.2f} ms"


def rows(process: Process) -> Iterator[tuple[str, str, str]]:
    message = to_layer(digest(1))
    size = f"{len(msgspec.msgpack.encode(message)) / 1024:.1f} KiB"
    yield "naming those who are here, every ten seconds", cost(lambda: to_layer(digest(0))), size
    yield "hearing who is at another process", cost(lambda: process.hear(message)), size
    yield "looking who has faded out", cost(lambda: process.roster._sweep(0)), ""
    for people in (1, 100, PEOPLE):
        yield (
            f"telling all who look here that {people:,} have come",
            cost(process.tell, partial(process.change, people)),
            "",
        )
    reply = process.look(FIRST)
    yield "answering who opens the room", cost(lambda: process.look(FIRST)), f"{len(reply) / 1024:.0f} KiB"


def main() -> None:
    heading("presence", "Who is on-line")
    table([f"{PEOPLE:,} people at {PROCESSES} processes", "CPU", "size"], rows(Process()))


if __name__ == "__main__":
    main()
