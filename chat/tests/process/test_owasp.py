"""The OWASP WebSocket Security Cheat Sheet, and what its testers try, against a real server: one test a line.

What has a file of its own is only named here: sessions, from the handshake on (test_handshake.py) to their end
(test_sessions.py), members (test_members.py), what one connection may cost, frame by frame (test_socket_bounds.py),
bodies of every shape (test_frames.py), readers who do not read (chaos/test_slow_reader.py), secrets (test_secrets.py),
any bytes whatever (fuzz/).
"""

import asyncio
import json
import uuid
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from time import monotonic
from typing import Any

import pytest
import pytest_asyncio
from websockets.exceptions import InvalidStatus

from chat.tests.client import Client, open_socket
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person
from chat.tests.process.raw import CLOSE, CONTINUATION, PING, TEXT, RawSocket, costing_less_than, frame, logged
from chat.tests.process.scene import COMMANDS, EVERYONE, Stage
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne
from chat.tests.timeline import Frame

KIB = 1024
LITTLE = 15  # MB
KEY = str(uuid.uuid4())
PAGE_SCRIPTS = 3
PERSON_BURST, PERSON_RATE = 3_000, 300
SESSION_SOCKETS = 20


@pytest.fixture(scope="module")
def stage(make_stage: Callable[..., Stage], redis_server: RedisServer) -> Stage:
    return make_stage(REDIS_URL=redis_server.url)


@pytest.fixture(scope="module")
def server(stage: Stage) -> Daphne:
    return stage.pair[0]


@pytest.fixture
def ana(stage: Stage) -> Person:
    return stage.people("ana")[0]


@pytest_asyncio.fixture
async def client(server: Daphne, ana: Person, join: Connect) -> Client:
    return await join(server, ana.cookie)


async def refusal(client: Client, sent: dict[str, Any]) -> Frame:
    """The reply to a command that is refused."""
    reply = await client.ask(sent.pop("type"), **sent)
    assert not reply["ok"], reply
    return reply


# -- cross-site hijacking ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "*",
        "file://",
        "http://evil.example",
        "http://evil.example:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
        "https://127.0.0.1:{port}",
        "ws://127.0.0.1:{port}",
        "127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}@evil.example",
        "http://evil.example/http://127.0.0.1:{port}",
        "http://127.0.0.1:{port} http://evil.example",
    ],
)
async def test_a_page_of_another_origin_gets_no_socket(server: Daphne, ana: Person, origin: str | None) -> None:
    foreign = origin and origin.format(port=server.port)
    async with RawSocket(server) as socket:
        assert " 403 " in await socket.shake_hands(ana.cookie, headers={"Origin": foreign})
    async with RawSocket(server) as socket:
        assert " 101 " in await socket.shake_hands(ana.cookie)


@pytest.mark.parametrize("other", ["http://evil.example", "http://127.0.0.1:{port}"])
async def test_an_origin_twice_gets_no_socket(server: Daphne, ana: Person, other: str) -> None:
    async with RawSocket(server) as socket:
        more = f"Origin: {other.format(port=server.port)}\r\n"
        assert " 403 " in await socket.shake_hands(ana.cookie, more=more)


async def test_an_own_origin_under_a_foreign_host_gets_no_socket(server: Daphne, ana: Person) -> None:
    async with RawSocket(server) as socket:
        names = {"Host": "evil.example", "Origin": "http://evil.example"}
        assert " 403 " in await socket.shake_hands(ana.cookie, headers=names)


# -- authentication and authorization ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/ws/chat/?sessionid={}&token={}", {}),
        ("/ws/chat/", {"Authorization": "Bearer {}"}),
        ("/ws/chat/", {"Sec-WebSocket-Protocol": "{}"}),
        ("/ws/chat/", {"Cookie": "csrftoken={}"}),
    ],
)
async def test_only_the_cookie_authenticates(server: Daphne, ana: Person, path: str, headers: dict[str, str]) -> None:
    async with RawSocket(server) as socket:
        named = {name: value.format(ana.cookie) for name, value in headers.items()}
        assert " 403 " in await socket.shake_hands(None, path=path.replace("{}", ana.cookie), headers=named)


@pytest.mark.parametrize("kind", COMMANDS)
async def test_every_command_is_authorized(stage: Stage, client: Client, join: Connect, kind: str) -> None:
    (bia,) = stage.people("bia")
    room = await stage.in_site("new_room", "closed", [bia.id])
    insider = await join(stage.pair[1], bia.cookie)
    assert (await insider.say(room, "among us"))["ok"]
    before = await stage.in_site("state", room)

    refused = await refusal(client, {"type": kind, "room": room, **COMMANDS[kind]})
    nowhere = await refusal(client, {"type": kind, "room": 10**9, **COMMANDS[kind]})

    assert refused["error"]["code"] == "not_a_member"
    assert refused["error"] == nowhere["error"], "nor does it betray that the room is there"
    assert await stage.in_site("state", room) == before


# -- how large, how many, how fast ------------------------------------------------------------------


@pytest.mark.parametrize(("size", "code"), [(128 * KIB + 1, 4413), (1024 * KIB + 1, 1009)])
async def test_a_frame_over_the_limit_closes_the_socket(server: Daphne, ana: Person, size: int, code: int) -> None:
    async with RawSocket(server) as socket:
        await socket.shake_hands(ana.cookie)
        await socket.send_until_hung_up(frame(TEXT, b"x" * size))
        assert await socket.close_code() == code


async def is_told(socket: RawSocket) -> None:
    """Ask, a few at a time, until one is told to be slower."""
    error: dict[str, Any] = {}
    while error.get("code") != "rate_limited":
        await socket.send(frame(TEXT, b"{}") * 20)
        for _ in range(20):
            error = json.loads(await socket.text())["error"]
    assert error["retry_after"] > 0


async def flood(socket: RawSocket) -> tuple[int, list[int]]:
    """Ask as fast as can be until the socket is closed; how often one was heard, and the code."""
    sending = asyncio.create_task(socket.send_until_hung_up(frame(TEXT, b"{}") * 100, times=100))
    frames = await socket.frames()
    await sending
    return (
        sum(b'"bad_frame"' in data for opcode, data in frames if opcode == TEXT),
        [int.from_bytes(data[:2], "big") for opcode, data in frames if opcode == CLOSE],
    )


async def test_flooding_is_refused_then_closed_and_a_reconnect_gives_nothing_anew(
    server: Daphne, ana: Person, stage: Stage, join: Connect
) -> None:
    began, heard = monotonic(), 0
    for attempt in range(6):
        async with RawSocket(server) as socket:
            await socket.shake_hands(ana.cookie)
            assert json.loads(await socket.text())["type"] == "hello"
            if attempt == 0:
                await is_told(socket)
            served, codes = await flood(socket)
            assert codes == [4429]
            heard += served

    assert heard <= PERSON_BURST + PERSON_RATE * (monotonic() - began)
    assert (await (await join(server, stage.people("bia")[0].cookie)).say(EVERYONE, "not my flood"))["ok"]


async def test_a_session_has_so_many_sockets_and_no_more(server: Daphne, ana: Person) -> None:
    sockets = [await open_socket(server, ana.cookie) for _ in range(SESSION_SOCKETS)]
    with pytest.raises(InvalidStatus, match="403"):
        await open_socket(server, ana.cookie)
    for socket in sockets:
        await socket.close()


async def test_an_address_has_so_many_sockets_and_no_more(stage: Stage) -> None:
    server = stage.site.daphne(SOCKETS_PER_ADDRESS="2")
    ana, bia, caio = stage.people("ana", "bia", "caio")
    sockets = [await open_socket(server, one.cookie) for one in (ana, bia)]
    with pytest.raises(InvalidStatus, match="403"):
        await open_socket(server, caio.cookie)
    for socket in sockets:
        await socket.close()


async def test_pings_to_who_never_reads_cost_little(server: Daphne, ana: Person, client: Client) -> None:
    with costing_less_than(server, LITTLE):
        async with RawSocket(server) as socket:
            await socket.shake_hands(ana.cookie)
            await socket.send_until_hung_up(frame(PING, b"x" * 125) * 1_000, times=200)
            assert (await client.say(EVERYONE, "meanwhile"))["ok"]
            assert await socket.close_code() == 1008


async def test_fragments_without_end_cost_little(server: Daphne, ana: Person, client: Client) -> None:
    with costing_less_than(server, LITTLE):
        async with RawSocket(server) as socket:
            await socket.shake_hands(ana.cookie)
            piece = frame(CONTINUATION, b"x" * 1_000, fin=False)
            await socket.send(frame(TEXT, fin=False))
            await socket.send_until_hung_up(piece * 1_000, times=20)
            assert (await client.say(EVERYONE, "meanwhile"))["ok"]
            assert await socket.close_code() in (1008, 1009), "too many, or too much: whatever comes first"


async def test_a_compression_bomb_is_not_unpacked(server: Daphne, ana: Person) -> None:
    packer = zlib.compressobj(wbits=-15)
    bomb = packer.compress(bytes(64 * KIB * KIB)) + packer.flush(zlib.Z_SYNC_FLUSH)
    async with RawSocket(server) as socket:
        offer = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
        assert "extensions" not in (await socket.shake_hands(ana.cookie, headers=offer)).lower()
        with costing_less_than(server, LITTLE):
            await socket.send_until_hung_up(frame(TEXT, bomb[:-4], rsv=4))
            assert await socket.close_code() == 1002


# -- input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*COMMANDS, "typing"])
async def test_no_type_is_taken_for_another(client: Client, kind: str) -> None:
    good = {"type": kind, "ref": "good", "room": EVERYONE, **COMMANDS.get(kind, {})}
    wrong: list[object] = [None, True, 1.5, 2**63, "", "1", [], [1], {}, {"$gt": ""}, {"__proto__": {}}]
    for field in good:
        answers = [await answer(client, {**good, field: value}) for value in wrong if not fits(field, value)]
        assert {(one["ok"], one["error"]["code"]) for one in answers} <= {(False, "bad_frame"), (False, "unknown_type")}
        assert len(answers) >= 9


def fits(field: str, value: object) -> bool:
    return (isinstance(value, str) and field in ("ref", "body")) or (value is True and field == "on")


async def answer(client: Client, sent: dict[str, Any]) -> Frame:
    before = len(client.events("reply"))
    await client.send_raw(json.dumps(sent))
    await client.until(lambda: len(client.events("reply")) > before, f"an answer to {sent}")
    return client.events("reply")[-1]


@pytest.mark.parametrize("nest", ["[" * 60_000, '{"a":' * 20_000, "[" * 20_000 + "]" * 20_000])
async def test_deep_nesting_is_refused(client: Client, nest: str) -> None:
    for text in (nest, f'{{"type":"post","ref":"deep","room":1,"key":"{KEY}","body":{nest}'):
        before = len(client.events("reply"))
        await client.send_raw(text)
        await client.until(lambda seen=before: len(client.events("reply")) > seen, "an answer")  # type: ignore[misc]
        assert client.events("reply")[-1]["error"]["code"] == "bad_frame"
    assert (await client.say(EVERYONE, "still here"))["ok"]


@pytest.mark.parametrize("data", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b'{"type":"\xe2\x28\xa1"}'])
async def test_invalid_utf_8_closes_the_socket_by_name(server: Daphne, ana: Person, data: bytes) -> None:
    async with RawSocket(server) as socket:
        await socket.shake_hands(ana.cookie)
        await socket.send(frame(TEXT, data))
        assert await socket.close_code() == 1007


INJECTIONS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "`<svg onload=alert(1)>`",
    "'; DROP TABLE chat_message; --",
    "' OR 1=1 UNION SELECT password FROM chat_user --",
    "%s %n {0.__class__} {{ 7*7 }} {% debug %} ${7*7} $(id) `id`",
    "../../../../etc/passwd",
    "line\r\nlevel=error event=forged\u2028\u2029\x1b[2J",
    "\u202egnp.exe\u200b\ufeff",
]


@pytest.mark.parametrize("text", INJECTIONS)
async def test_what_is_injected_is_data(stage: Stage, server: Daphne, ana: Person, join: Connect, text: str) -> None:
    """In a body, in a name, and in the name of a room."""
    await stage.in_site("rename", ana.id, text)
    room = await stage.in_site("new_room", text, [ana.id])
    reader = await join(stage.pair[1], ana.cookie)
    position = (await reader.say(room, text))["position"]
    await reader.sees(room, text)
    message = reader.rooms[room].messages[position]
    async with Visitor(server, ana.cookie) as browser:
        page = (await browser.get(f"/rooms/{room}/")).text

    assert (await stage.in_site("stored", room))[0]["body"] == text
    assert message["author"]["name"] == reader.hello["user"]["name"] == text
    assert text in [one["name"] for one in reader.hello["rooms"]]
    assert set(Elements(message["html"]).tags) <= {"p", "code", "a", "br", "em", "strong"}
    assert Elements(page).tags.count("script") == PAGE_SCRIPTS
    for name, value in Elements(message["html"] + page).attributes:
        assert not name.startswith("on") and "script:" not in (value or ""), (name, value)


class Elements(HTMLParser):
    """The elements and attributes that a browser would make of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


# -- what it says -----------------------------------------------------------------------------------


async def test_no_line_of_the_log_can_be_forged(server: Daphne, ana: Person) -> None:
    forged = "x\r\nlevel=error event=forged"
    async with Visitor(server) as visitor:
        await visitor.sign_in(forged, "wrong")
        await visitor.get("/nowhere/%0d%0alevel=error%20event=forged")
    async with RawSocket(server) as socket:
        await socket.shake_hands(ana.cookie)
        await socket.send(frame(TEXT, json.dumps({"type": forged, "ref": forged}).encode()))
        await socket.text()
    assert not [line for line in server.log.splitlines() if not line.startswith("timestamp=")]


async def test_an_error_tells_nothing_of_the_inside(server: Daphne, client: Client, ana: Person) -> None:
    await client.send_raw(b"\x00")
    for kind, fields in COMMANDS.items():
        await client.send_raw(json.dumps({"type": kind, "ref": "x", "room": -1, **fields}))
        await client.send_raw(json.dumps({"type": kind, "ref": "x", "room": ana.cookie, **fields}))
    refused = 1 + 2 * len(COMMANDS)
    await client.until(lambda: sum(not reply["ok"] for reply in client.events("reply")) == refused, "all are refused")
    told = json.dumps(client.events("reply"))
    for inside in (ana.cookie, "Traceback", "File ", ".py", "SELECT", "chat_", "msgspec", "django", "sqlite"):
        assert inside not in told


async def test_who_comes_who_is_refused_and_who_goes_stands_in_the_log(server: Daphne, ana: Person) -> None:
    before = len(server.log)
    async with RawSocket(server) as socket:
        assert " 403 " in await socket.shake_hands("x" * 32)
    assert "ip=127.0.0.1" in await logged(server, 'reason="signed out"', since=before)
    async with RawSocket(server) as socket:
        foreign = f"http://evil.example\t{'x' * 1_000}"
        assert " 403 " in await socket.shake_hands(ana.cookie, headers={"Origin": foreign})
    line = await logged(server, 'reason="foreign origin"', since=before)
    assert "ip=127.0.0.1" in line and "http://evil.example" in line
    assert ana.cookie not in line and len(line) < 400
    async with RawSocket(server) as socket:
        await socket.shake_hands(ana.cookie)
        await socket.send(frame(3))
        await socket.close_code()
    for event in ("socket opened", "socket closed"):
        line = await logged(server, event, since=before)
        assert f"user={ana.id}" in line
        assert ana.cookie not in line
    assert "Traceback" not in server.log
