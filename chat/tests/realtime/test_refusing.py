"""A bad command is answered by name and never closes the socket; too much of anything does."""

import json
import uuid
from typing import Any

import pytest

from chat import conf
from chat.models import Message
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial, Talk

KEY = str(uuid.UUID(int=1))


def frames(room: int) -> list[tuple[str, str, str | None]]:
    """Text, the code it is answered with, the ref of the answer."""

    def text(**fields: Any) -> str:
        return json.dumps({"type": "post", "ref": "x", "room": room, "key": KEY, "body": "b"} | fields)

    return [
        ("{", "bad_frame", None),
        ("[]", "bad_frame", None),
        ("[" * 60_000, "bad_frame", None),
        (text(type="nope"), "unknown_type", "x"),
        (text(name="eve"), "bad_frame", "x"),
        (text(room="1"), "bad_frame", "x"),
        (text(room=2**64), "bad_frame", "x"),
        (text(ref="r" * 65), "bad_frame", None),
        (text(body="a\0b"), "bad_frame", "x"),
        (text(body=" \n"), "empty_body", "x"),
        (text(body="b" * 10_001), "too_large", "x"),
        (text(reply_to=99), "not_found", "x"),
        (json.dumps({"type": "edit", "ref": "x", "room": room, "position": 99, "body": "b"}), "not_found", "x"),
        (json.dumps({"type": "read", "ref": "x", "room": room, "position": 99}), "not_found", "x"),
        (json.dumps({"type": "catch_up", "ref": "x", "room": room, "revision": 10**9}), "bad_revision", "x"),
    ]


async def still_talks(talk: Talk, cast: Cast) -> bool:
    reply = await talk.ask(type="open", ref="alive", room=cast.garden.pk)
    return bool(reply["ok"])


async def test_bad_frames_are_answered_by_name(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    for text, code, ref in frames(cast.garden.pk):
        await ana.say_text(text)
        reply = await ana.hear("reply")
        assert (reply["ok"], reply["ref"], reply["error"]["code"]) == (False, ref, code), text[:80]
    assert await still_talks(ana, cast)
    assert not await Message.objects.aexists()


async def test_a_binary_frame_is_a_bad_frame(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say_bytes(b"\x00\xff")
    assert (await ana.hear("reply"))["error"]["code"] == "bad_frame"
    assert await still_talks(ana, cast)


async def test_a_frame_over_the_limit_closes(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say_text("x" * (conf.FRAME_BYTES + 1))
    assert await ana.closed() == 4413


async def test_the_limit_counts_bytes_not_characters(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say_text("é" * (conf.FRAME_BYTES // 2))
    assert (await ana.hear("reply"))["error"]["code"] == "bad_frame"
    await ana.say_text("é" * (conf.FRAME_BYTES // 2 + 1))
    assert await ana.closed() == 4413


async def test_the_largest_message_fits_into_a_frame(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    body = "\U0001d11e" * conf.BODY_CHARACTERS
    assert (await ana.ask(type="post", ref="x", room=cast.garden.pk, key=KEY, body=body))["ok"]


async def test_who_is_too_fast_is_told_when_to_go_on_and_closed_for_going_on_at_once(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "COMMANDS_BURST", 5)
    monkeypatch.setattr(conf, "COMMANDS_PER_SECOND", 0.01)
    monkeypatch.setattr(conf, "REFUSALS_BEFORE_CLOSE", 3)
    ana = await dial(cast.ana)
    for number in range(5):
        assert (await ana.ask(type="open", ref=f"{number}", room=cast.garden.pk))["ok"]
    refused = await ana.ask(type="open", ref="6", room=cast.garden.pk)
    assert refused["error"]["code"] == "rate_limited"
    assert refused["error"]["retry_after"] > 0
    for _ in range(3):
        await ana.say(type="open", ref="7", room=cast.garden.pk)
    assert await ana.closed() == 4429


async def test_bytes_of_replies_count_in_the_rate(cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "BYTES_BURST", 12_000)
    monkeypatch.setattr(conf, "BYTES_PER_SECOND", 1)
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await ana.ask(type="post", ref="p", room=cast.garden.pk, key=KEY, body="x" * 9_000)
    ask = {"type": "catch_up", "ref": "c", "room": cast.garden.pk, "revision": 0}
    assert (await bia.ask(**ask))["ok"], "18 kB of reply"
    assert (await bia.ask(**ask))["error"]["code"] == "rate_limited"


async def test_an_echo_of_no_beat_is_passed_over(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await ana.say(type="beat", id="made up")
    assert await still_talks(ana, cast)


async def test_nothing_is_heard_behind_what_has_closed_the_socket(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    post = {"type": "post", "ref": "p", "room": cast.garden.pk, "key": KEY}
    await ana.say_text("x" * (conf.FRAME_BYTES + 1))
    await ana.say(**post, body="behind it")
    assert await ana.closed() == 4413
    assert (await bia.ask(**post, body="later than that"))["ok"]
    assert [message.body async for message in Message.objects.all()] == ["later than that"]
