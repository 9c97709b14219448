"""Any bytes whatever: the server answers or closes by name, goes on with the others, and keeps nothing of it.

`make fuzz` sends more of them: `make fuzz BYTES=10_000_000 SEED=42`.
"""

import asyncio
import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic

from chat.tests.client import Client
from chat.tests.fuzz.attacks import attack, good_handshake
from chat.tests.process.people import Person, people
from chat.tests.process.raw import CLOSE, TEXT, RawSocket, memory_mb
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

BYTES = int(os.environ.get("FUZZ_BYTES") or 1_000_000)
SEED = int(os.environ.get("FUZZ_SEED") or secrets.randbits(32))
WARM_UP = 2_000_000  # bytes, until all caches, pools and allocators are as large as they get
AT_ONCE = 8
GROWTH_MB = 8
CLOSES = {1000, 1002, 1007, 1008, 1009, 4408, 4413, 4429}
CODES = {
    "bad_frame", "unknown_type", "too_large", "empty_body", "not_a_member", "not_found", "forbidden", "key_reused",
    "bad_revision", "rate_limited", "unavailable",
}  # fmt: skip
TYPES = {"hello", "reply", "message", "member", "room", "left", "read", "typing", "presence", "beat"}


class Fuzzer:
    """Several connections at a time, one after another from the same seed."""

    def __init__(self, server: Daphne, cast: list[Person]) -> None:
        self.server = server
        self.cast = cast
        self.numbers: Iterator[int] = count()
        self.sent = 0
        self.seen: Counter[str] = Counter()  # what came back

    async def send(self, total: int) -> None:
        """Send so many bytes in all."""
        await asyncio.gather(*(self._work(total) for _ in range(AT_ONCE)))

    async def _work(self, total: int) -> None:
        while self.sent < total:
            await self._attack(next(self.numbers))

    async def _attack(self, number: int) -> None:
        change, data, orderly = attack(SEED, number)
        handshake = good_handshake(self.server.port, self.cast[number % len(self.cast)].cookie)
        async with RawSocket(self.server) as socket:
            if change is not None:
                data = change(handshake)
                await self._deliver(socket, data, orderly)
                self._judge_answer(number, await socket.head())
            else:
                await socket.send(handshake)
                self._judge_answer(number, await socket.head())
                delivery = asyncio.create_task(self._deliver(socket, data, orderly))
                await self._hear(number, socket)
                await delivery
        self.sent += len(data)

    async def _deliver(self, socket: RawSocket, data: bytes, orderly: bool) -> None:
        await socket.send_until_hung_up(data)
        if not orderly:  # there may be no answer to wait for
            socket.hang_up()

    async def _hear(self, number: int, socket: RawSocket) -> None:
        async with asyncio.timeout(60):
            while (found := await socket.receive()) is not None:
                self._judge(number, *found)
                if found[0] == CLOSE or b'"ref":"the last"' in found[1]:
                    socket.hang_up()

    def _judge_answer(self, number: int, head: str) -> None:
        status = head[9:12]
        assert status in ("", "101", "400", "403", "404", "405", "413"), (number, head)
        self.seen[f"HTTP {status or 'none'}"] += 1

    def _judge(self, number: int, opcode: int, payload: bytes) -> None:
        if opcode == CLOSE:
            code = int.from_bytes(payload[:2], "big")
            assert code in CLOSES, (number, code)
            self.seen[f"close {code}"] += 1
        elif opcode == TEXT:
            told = json.loads(payload)
            assert told["type"] in TYPES, (number, told)
            if told["type"] == "reply":
                outcome = "ok" if told["ok"] else told["error"]["code"]
                assert outcome in CODES | {"ok"}, (number, told)
                self.seen[f"reply {outcome}"] += 1


async def watch(witness: Client, fuzzing: "asyncio.Task[None]") -> float:
    """Others are served meanwhile; the longest time that one of their messages took."""
    slowest = 0.0
    while not fuzzing.done():
        began = monotonic()
        assert (await witness.say(1, "still served"))["ok"]
        slowest = max(slowest, monotonic() - began)
        await asyncio.wait({fuzzing}, timeout=0.5)
    await fuzzing
    return slowest


def say(line: str) -> None:
    """Shown when the test fails, and by `make fuzz`."""
    sys.stdout.write(f"{line}\n")


async def test_whatever_is_sent_the_server_lives_on_and_keeps_nothing_of_it(
    make_site: Callable[..., Site], redis_server: RedisServer
) -> None:
    say(f"FUZZ_SEED={SEED} FUZZ_BYTES={BYTES}")
    site = make_site(REDIS_URL=redis_server.url)
    server = site.daphne()
    witness_person, *cast = people(site, "witness", *(f"fuzz{number}" for number in range(20)))
    witness = Client(server, witness_person.cookie)
    await witness.connect()
    fuzzer = Fuzzer(server, cast)
    began = monotonic()
    try:
        slowest = await watch(witness, asyncio.create_task(fuzzer.send(WARM_UP)))
        warm = memory_mb(server)
        slowest = max(slowest, await watch(witness, asyncio.create_task(fuzzer.send(WARM_UP + BYTES))))
        grown = memory_mb(server) - warm
    finally:
        await witness.close()

    say(f"{fuzzer.sent:,} bytes over {next(fuzzer.numbers):,} connections in {monotonic() - began:.0f} s")
    say(f"memory {warm:.0f} MB, {grown:+.1f} MB; a message of another's took {slowest:.2f} s at most")
    say(", ".join(f"{what}: {times:,}" for what, times in sorted(fuzzer.seen.items())))
    assert "Traceback" not in server.log
    assert not [line for line in server.log.splitlines() if "level=error" in line or "code=1011" in line]
    assert grown < GROWTH_MB
    assert {"reply ok", "reply bad_frame", "close 1002", "close 1007", "HTTP 101", "HTTP 400"} <= fuzzer.seen.keys()
