"""Bytes that no client would send, each connection's made from a seed and its number alone."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from random import Random
from typing import Any, Final, NamedTuple
from uuid import UUID

from chat.tests.process.raw import BINARY, CLOSE, CONTINUATION, KEY, PING, PONG, TEXT, frame

NUMBERS: Final = (-(2**63) - 1, -1, 0, 1, 2, 7, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 10**30, 0.5, -0.0, 1e308)
TEXTS: Final = (
    "", " \n", "\0", "\x7f", "\ud800", "\ufeff", "\u202e", "é" * 40, "👍", "<script>", "**a** _b_ `c`", "[x](//y)", "> " * 30,
    "- " * 30, "@ana", "%s{0}", "';--", "__class__", "post", "null", "NaN", "Infinity", "9" * 400, "x" * 300, "\\ud800",
)  # fmt: skip
WORDS: Final = (
    "type", "ref", "room", "key", "body", "position", "revision", "reply_to", "attachments", "id", "emoji", "on", "user",
    "author", "name",
)  # fmt: skip
KINDS: Final = ("post", "edit", "delete", "react", "read", "open", "catch_up", "typing", "beat")
TOKENS: Final = (
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "\\",
    "\\u",
    "null",
    "true",
    "-",
    "1e999",
    "\0",
    "\ufeff",
    "[" * 2_000,
)


class Attack(NamedTuple):
    handshake: Callable[[bytes], bytes] | None  # what becomes of a good one; None: it is left as it is
    data: bytes
    orderly: bool = False  # it ends with `LAST`


LAST: Final = json.dumps({"type": "open", "ref": "the last", "room": 1}).encode()


def attack(seed: int, number: int) -> Attack:
    """What the connection of this number sends."""
    random = Random(f"{seed} {number}")
    kind = random.random()
    if kind < 0.1:
        return Attack(lambda good: mutated(random, good), b"")
    if kind < 0.15:
        return Attack(None, random.randbytes(random.randint(1, 400)))
    if kind < 0.35:
        return Attack(None, mutated(random, b"".join(_message(random) for _ in range(random.randint(1, 6)))))
    if kind < 0.45:
        return Attack(None, b"".join(_any_frame(random) for _ in range(random.randint(1, 6))))
    messages = [_message(random) for _ in range(random.randint(1, 60))]
    return Attack(None, b"".join([*messages, frame(TEXT, LAST)]), orderly=True)


def mutated(random: Random, data: bytes) -> bytes:
    """With a few bits, bytes or stretches of it changed."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changed) + 1)
        end = min(len(changed), at + random.choice((1, 1, 2, 8, 40)))
        match random.randrange(5):
            case 0 if at < len(changed):
                changed[at] ^= 1 << random.randrange(8)
            case 1:
                changed[at:end] = random.randbytes(end - at)
            case 2:
                del changed[at:end]
            case 3:
                changed[at:at] = changed[at:end] * random.choice((1, 2, 20))
            case _:
                changed[at:at] = random.choice((b"\0", b"\xff", b"\r\n", b"\r\n\r\n", b": ", b"\xed\xa0\x80", b"%ff"))
    return bytes(changed)


def good_handshake(port: int, cookie: str) -> bytes:
    lines = (
        "GET /ws/chat/ HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {KEY}", f"Cookie: sessionid={cookie}",
    )  # fmt: skip
    return "\r\n".join([*lines, "\r\n"]).encode()


def _message(random: Random) -> bytes:
    """A message as one frame or in fragments, whatever stands in it."""
    kind = random.random()
    if kind < 0.05:
        return _framed(random, BINARY, random.randbytes(random.randint(0, 300)))
    text = _text(random, kind)
    return _framed(random, TEXT, text.encode(errors="replace" if kind < 0.99 else "surrogatepass"))


def _text(random: Random, kind: float) -> str:
    if kind < 0.051:
        return random.choice(("x" * 10_001, "[" * 20_000, '{"a":' * 10_000))
    if kind < 0.3:
        return _spelled(random, _command(random))
    if kind < 0.7:
        return _misspelled(random, _spelled(random, _command(random)))
    if kind < 0.85:
        return _spelled(random, _value(random, 0))
    return "".join(random.choices(string.printable + "é\0\u2028👍", k=random.randint(0, 200)))


def _command(random: Random) -> dict[str, Any]:
    """A command of the protocol's, of which one field in ten is another than it should be."""
    room, position = random.choice((1, 1, 1, 2, 3)), random.randint(1, 40)
    fields: dict[str, Any] = {"type": random.choice(KINDS), "ref": f"r{random.randrange(10**6)}", "room": room}
    match fields["type"]:
        case "post":
            fields |= {"key": str(UUID(int=random.getrandbits(128))), "body": random.choice(TEXTS)}
        case "edit":
            fields |= {"position": position, "body": random.choice(TEXTS)}
        case "react":
            fields |= {"position": position, "emoji": "👍", "on": True}
        case "delete" | "read":
            fields |= {"position": position}
        case "catch_up":
            fields |= {"revision": position}
        case "typing":
            fields = {"type": "typing", "room": room}
        case "beat":
            fields = {"type": "beat", "id": f"{random.getrandbits(64):x}"}
    if random.random() < 0.3:
        fields[random.choice([*fields, *WORDS])] = _value(random, 2)
    return fields


def _value(random: Random, depth: int) -> Any:
    match random.randrange(6 if depth < 4 else 4):
        case 0:
            return random.choice(NUMBERS)
        case 1:
            return random.choice(TEXTS)
        case 2:
            return random.choice((None, True, False))
        case 3:
            return random.choice(KINDS)
        case 4:
            return [_value(random, depth + 1) for _ in range(random.randrange(5))]
        case _:
            return {random.choice(WORDS + TEXTS): _value(random, depth + 1) for _ in range(random.randrange(6))}


def _spelled(random: Random, value: Any) -> str:
    return json.dumps(value, ensure_ascii=random.random() < 0.5, indent=random.choice((None, None, 1)))


def _misspelled(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(text) + 1)
        end = at + random.choice((0, 1, 1, 5, 30))
        text = (
            text[:at] + random.choice((*TOKENS, *TEXTS, text[at:end] * 2, chr(random.randrange(0xD800)))) + text[end:]
        )
    return text


def _framed(random: Random, opcode: int, payload: bytes) -> bytes:
    mask = random.randbytes(4)
    if random.random() < 0.9:
        return frame(opcode, payload, mask=mask)
    middle = random.randint(0, len(payload))
    return b"".join(
        [
            frame(opcode, payload[:middle], fin=False, mask=mask),
            frame(random.choice((PING, PONG)), random.randbytes(random.randint(0, 125)), mask=mask),
            frame(CONTINUATION, payload[middle:], mask=mask),
        ]
    )


def _any_frame(random: Random) -> bytes:
    """With any opcode, any bits set, or another length than it has."""
    payload = random.randbytes(random.choice((0, 1, 2, 60, 125, 126, 300)))
    length = random.choice((None, None, 0, 125, 126, 2**16, 2**20 + 1, 2**63 - 1, 2**64 - 1))
    return frame(
        random.choice((random.randrange(16), TEXT, CLOSE, PING)),
        payload,
        fin=random.random() < 0.8,
        rsv=random.choice((0, 0, 0, random.randrange(8))),
        mask=random.choice((random.randbytes(4), random.randbytes(4), b"")),
        claims=length,
    )
