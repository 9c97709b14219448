"""What one WebSocket may cost, and how it ends when it asks for more."""

import asyncio
import json
import struct
import uuid
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio

from chat.tests.process.people import Person, people
from chat.tests.process.raw import (
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    RawSocket,
    costing_less_than,
    frame,
    logged,
)
from chat.tests.services.site import Daphne, Site

KIB = 1024
MIB = 1024 * KIB
LITTLE = 10  # MB, of the 32 and more that are sent or claimed
LOOSE_FRAMES = 1_000  # at once
LONGEST_COMMAND, LARGEST_MESSAGE = 128 * KIB, 1 * MIB
PATIENCE = 1.0  # seconds, for what is not to happen


class Stalled(Daphne):
    """Serves an application that does not listen before it is told to."""

    application = "chat.tests.services.stalled:application"

    def command(self) -> list[str]:
        return [*super().command()[:-1], self.application]


class Unbounded(Stalled):
    application = "chat.tests.services.unbounded:stalled"


def tell(server: Daphne, what: str) -> None:
    """To "listen", or to "stall"."""
    httpx.get(f"{server.url}/{what}/").raise_for_status()


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


@pytest.fixture(scope="module")
def ana(small_site: Site) -> Person:
    return people(small_site, "ana")[0]


@pytest.fixture(scope="module")
def one_stalled(small_site: Site) -> Daphne:
    return small_site.daphne(Stalled)


@pytest.fixture
def stalled(one_stalled: Daphne) -> Iterator[Daphne]:
    tell(one_stalled, "stall")
    yield one_stalled
    tell(one_stalled, "listen")  # or the sockets that are left would wait for ever


# -- who sends faster than the application listens --------------------------------------------------

FLOODS = {
    "large messages": [f"{number:08}" + "x" * 64 * KIB for number in range(512)],
    "many messages": [f"{number:08}" for number in range(60_000)],
}


async def flood(socket: RawSocket, kind: str) -> None:
    """Send it all, and return when all of it was taken in: a ping is answered behind it."""
    assert socket.server.ready(), "and so it has read the handshake: daphne loses what comes in one piece with it"
    await socket.send(b"".join(frame(TEXT, text.encode()) for text in FLOODS[kind]) + frame(PING, b"behind"))
    assert " 101 " in await socket.head()
    assert await socket.receive() == (PONG, b"behind")


@pytest.mark.parametrize("kind", FLOODS)
@pytest.mark.parametrize("path", ["/", "/late/"], ids=["accepted", "not accepted yet"])
async def test_no_more_is_read_than_the_application_takes_and_nothing_is_lost(
    stalled: Daphne, kind: str, path: str
) -> None:
    async with RawSocket(stalled) as socket:
        with costing_less_than(stalled, LITTLE):
            await socket.ask(None, path=path)
            flooding = asyncio.create_task(flood(socket, kind))
            done, _ = await asyncio.wait({flooding}, timeout=PATIENCE)
            assert not done, "the server has taken it all in"
            assert stalled.ready(), "meanwhile others are served"

            tell(stalled, "listen")
            await flooding
            await socket.send(frame(TEXT, b"end"))
            assert (await socket.text()).split() == [text[:8] for text in FLOODS[kind]] + ["end"]


@pytest.mark.parametrize("kind", FLOODS)
async def test_without_the_bounds_all_of_it_is_read(small_site: Site, kind: str) -> None:
    server = small_site.daphne(Unbounded)
    async with RawSocket(server) as socket:
        await socket.ask(None, path="/")
        with pytest.raises(AssertionError, match="the server has grown"), costing_less_than(server, LITTLE):
            await flood(socket, kind)
    tell(server, "listen")
    server.end()


# -- how it ends ------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def socket(server: Daphne, ana: Person) -> AsyncIterator[RawSocket]:
    """Greeted, and so open on both sides."""
    async with RawSocket(server) as socket:
        assert " 101 " in await socket.shake_hands(ana.cookie)
        assert json.loads(await socket.text())["type"] == "hello"
        yield socket


def command(ref: str) -> bytes:
    return json.dumps({"type": "open", "ref": ref, "room": 1}).encode()


async def hears(socket: RawSocket, ref: str) -> bool:
    reply = json.loads(await socket.text())
    return bool(reply["ok"]) and reply["ref"] == ref


def closing(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason)


VIOLATIONS = {
    "a text that is not UTF-8": (frame(TEXT, b"\xff"), 1007),
    "an overlong encoding": (frame(TEXT, b"\xc0\xaf"), 1007),
    "a surrogate as UTF-8": (frame(TEXT, b"\xed\xa0\x80"), 1007),
    "a character beyond the last": (frame(TEXT, b"\xf4\x90\x80\x80"), 1007),
    "a text that ends within a character": (frame(TEXT, "é".encode()[:1]), 1007),
    "a text not UTF-8 in its second fragment": (frame(TEXT, b"a", fin=False) + frame(CONTINUATION, b"\xff"), 1007),
    "a reason that is not UTF-8": (closing(1000, b"\xff"), 1007),
    "a frame without a mask": (frame(TEXT, b"{}", mask=b""), 1002),
    "a reserved bit": (frame(TEXT, b"{}", rsv=2), 1002),
    "an unknown opcode": (frame(3), 1002),
    "an unknown control opcode": (frame(11), 1002),
    "a continuation of nothing": (frame(CONTINUATION, b"{}"), 1002),
    "a message within a message": (frame(TEXT, b"{", fin=False) + frame(TEXT, b"}"), 1002),
    "a ping in fragments": (frame(PING, fin=False), 1002),
    "a ping over 125 bytes": (frame(PING, b"x" * 126), 1002),
    "a length in more bytes than it needs": (b"\x81\xfe\x00\x02" + bytes(4) + b"{}", 1002),
    "a length beyond 63 bits": (frame(TEXT, claims=2**64 - 1), 1002),
    "a code of one byte": (frame(CLOSE, b"\x03"), 1002),
    "a code that nobody may send": (closing(1005), 1002),
    "a code beyond all": (closing(5000), 1002),
    "a frame that claims more than a message may have": (frame(TEXT, claims=LARGEST_MESSAGE + 1), 1009),
    "a frame that claims all there is": (frame(TEXT, claims=2**63 - 1), 1009),
    "more than a message may have, in fragments": (
        frame(TEXT, bytes(LARGEST_MESSAGE), fin=False) + frame(CONTINUATION, b"x"),
        1009,
    ),
    "more pings than are borne": (frame(PING) * (LOOSE_FRAMES + 200), 1008),
    "more pongs than are borne": (frame(PONG) * (LOOSE_FRAMES + 200), 1008),
    "more fragments than are borne": (frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) * 1_200, 1008),
    "a command over its limit": (frame(TEXT, bytes(LONGEST_COMMAND + 1)), 4413),
    "a command over its limit, in fragments": (
        frame(TEXT, bytes(LONGEST_COMMAND), fin=False) + frame(CONTINUATION, b"x"),
        4413,
    ),
}


@pytest.mark.parametrize("name", VIOLATIONS)
async def test_a_violation_is_closed_by_name_at_once_and_nothing_behind_it_is_heard(
    server: Daphne, socket: RawSocket, name: str
) -> None:
    violation, code = VIOLATIONS[name]
    before = len(server.log)

    with costing_less_than(server, LITTLE):
        await socket.send_until_hung_up(violation + frame(TEXT, command("behind")))
        frames = await socket.frames()

    assert [struct.unpack("!H", payload[:2])[0] for opcode, payload in frames if opcode == CLOSE] == [code]
    assert not [payload for opcode, payload in frames if opcode == TEXT]
    assert "socket closed" in await logged(server, f"code={code}", since=before), "the application is told why"


async def test_who_does_not_stop_after_a_violation_is_read_into_nothing(server: Daphne, socket: RawSocket) -> None:
    with costing_less_than(server, LITTLE):
        await socket.send_until_hung_up(frame(3))
        await socket.send_until_hung_up(frame(TEXT, bytes(64 * KIB)), times=512)
        assert await socket.close_code() == 1002


async def test_what_is_said_to_who_is_being_closed_is_no_error(server: Daphne, ana: Person, socket: RawSocket) -> None:
    async with RawSocket(server) as other:
        await other.shake_hands(ana.cookie)
        await other.text()
        await socket.send(frame(3))
        assert (await socket.receive() or (0, b""))[0] == CLOSE
        post = {"type": "post", "ref": "p", "room": 1, "key": str(uuid.uuid4()), "body": "to everyone"}
        await other.send(frame(TEXT, json.dumps(post).encode()))
        assert {json.loads(await other.text())["type"] for _ in range(2)} == {"message", "reply"}
    assert await socket.frames() == []
    assert "Traceback" not in server.log


async def test_a_command_in_fragments_with_pings_between_is_one_command(socket: RawSocket) -> None:
    data = command("é in pieces")
    for start in range(len(data)):
        await socket.send(frame(CONTINUATION if start else TEXT, data[start : start + 1], fin=False))
        await socket.send(frame(PING))
    await socket.send(frame(CONTINUATION))
    assert await hears(socket, "é in pieces")


async def test_a_frame_in_single_bytes_is_one_frame(socket: RawSocket) -> None:
    for byte in frame(TEXT, command("slowly"), mask=b"\x01\x02\x03\x04"):
        await socket.send(bytes([byte]))
    assert await hears(socket, "slowly")


async def test_pings_are_answered_in_order_with_what_they_carry(socket: RawSocket) -> None:
    sent = [b"%d" % number for number in range(LOOSE_FRAMES // 2)]
    await socket.send(b"".join(frame(PING, payload) for payload in sent))
    assert [await socket.receive() for _ in sent] == [(PONG, payload) for payload in sent]
    await socket.send(frame(TEXT, command("after")))
    assert await hears(socket, "after")


async def test_a_close_is_answered_with_its_code(socket: RawSocket) -> None:
    await socket.send(closing(1000, "até logo".encode()))
    assert await socket.close_code() == 1000


async def test_who_never_answers_a_close_is_dropped(socket: RawSocket) -> None:
    await socket.send(frame(TEXT, bytes(LONGEST_COMMAND + 1)))
    assert struct.pack("!H", 4413) in await socket.rest(), "up to the end of the connection"
