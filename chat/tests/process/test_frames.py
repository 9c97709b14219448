"""Whatever a client sends is answered by name, and the conversation goes on."""

import json
import uuid
from typing import Any

import pytest
import pytest_asyncio

from chat.tests.client import Client
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person, people
from chat.tests.services.site import Daphne, Site
from chat.tests.timeline import Frame

KEY = str(uuid.uuid4())
FRAME_BYTES = 131_072


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


@pytest.fixture(scope="module")
def cast(small_site: Site) -> list[Person]:
    return people(small_site, "ana", "eve")


@pytest_asyncio.fixture
async def ana(server: Daphne, cast: list[Person], join: Connect) -> Client:
    return await join(server, cast[0].cookie)


async def refusal(client: Client, frame: str | bytes) -> Frame:
    before = len(client.events("reply"))
    await client.send_raw(frame)
    await client.until(lambda: len(client.events("reply")) > before, f"an answer to {frame[:80]!r}")
    reply = client.events("reply")[before]
    assert not reply["ok"], reply
    return reply


def frame(**fields: Any) -> str:
    """A good post to a room that one is not in, with these fields changed, or left out where they are None."""
    good = {"type": "post", "ref": "x", "room": 1, "key": KEY, "body": "hello"}
    return json.dumps({name: value for name, value in {**good, **fields}.items() if value is not None})


BAD_FRAMES: dict[str, tuple[str | bytes, str, str | None, str]] = {
    "not JSON": ("{", "bad_frame", None, ""),
    "empty": ("", "bad_frame", None, ""),
    "not an object": ("[]", "bad_frame", None, ""),
    "a text": ('"post"', "bad_frame", None, ""),
    "null": ("null", "bad_frame", None, ""),
    "binary": (b"\x00\xff", "bad_frame", None, ""),
    "no type": (frame(type=None), "bad_frame", "x", "type"),
    "type of another type": (frame(type=["post"]), "bad_frame", "x", "type"),
    "unknown type": (frame(type="shout"), "unknown_type", "x", ""),
    "a method's name": (frame(type="__class__"), "unknown_type", "x", ""),
    "no ref": (frame(ref=None), "bad_frame", None, "ref"),
    "ref of another type": (frame(ref=5), "bad_frame", None, "ref"),
    "ref too long": (frame(ref="r" * 65), "bad_frame", None, "ref"),
    "no room": (frame(room=None), "bad_frame", "x", "room"),
    "room of another type": (frame(room="1"), "bad_frame", "x", "room"),
    "room a fraction": (frame(room=1.5), "bad_frame", "x", "room"),
    "room beyond 64 bits": (frame(room=2**64), "bad_frame", "x", "room"),
    "no key": (frame(key=None), "bad_frame", "x", "key"),
    "key not a UUID": (frame(key="k"), "bad_frame", "x", "key"),
    "no body": (frame(body=None), "bad_frame", "x", "body"),
    "body of another type": (frame(body={}), "bad_frame", "x", "body"),
    "a NUL in the body": (frame(body="a\0b"), "bad_frame", "x", "body"),
    "a lone surrogate in the body": (frame(body="\ud800"), "bad_frame", "x", ""),
    "a lone surrogate in the ref": (frame(ref="\ud800"), "bad_frame", None, ""),
    "white space only": (frame(body=" \n\t\u3000"), "empty_body", "x", ""),
    "body over the limit": (frame(body="x" * 10_001), "too_large", "x", ""),
    "attachments of another type": (frame(attachments=[1]), "bad_frame", "x", "attachments"),
    "a room that is not there": (frame(room=999_999), "not_a_member", "x", ""),
    "a negative room": (frame(room=-1), "not_a_member", "x", ""),
    "an answer to nothing": (frame(reply_to=999_999), "not_found", "x", ""),
    "edit of nothing": (frame(type="edit", key=None, position=999_999), "not_found", "x", ""),
    "delete of nothing": (frame(type="delete", key=None, body=None, position=-1), "not_found", "x", ""),
    "read beyond the newest": (frame(type="read", key=None, body=None, position=999_999), "not_found", "x", ""),
    "catch_up beyond the newest": (frame(type="catch_up", key=None, body=None, revision=9**9), "bad_revision", "x", ""),
    "open of another room": (frame(type="open", key=None, body=None, room=999_999), "not_a_member", "x", ""),
}


@pytest.mark.parametrize("name", BAD_FRAMES)
async def test_a_bad_frame_is_answered_with_its_code_and_the_socket_lives_on(ana: Client, name: str) -> None:
    sent, code, ref, named = BAD_FRAMES[name]

    reply = await refusal(ana, sent)

    assert (reply["error"]["code"], reply["ref"]) == (code, ref), reply
    assert named in reply["error"]["detail"]
    assert (await ana.say(1, "still here"))["ok"]


@pytest.mark.parametrize("field", ["name", "user", "author", "username", "sender"])
async def test_nobody_can_name_the_speaker(ana: Client, field: str) -> None:
    before = (await ana.say(1, "before"))["position"]
    reply = await refusal(ana, frame(**{field: "root"}, body=f"I am {field}"))

    assert (reply["error"]["code"], reply["ref"]) == ("bad_frame", "x")
    assert field in reply["error"]["detail"]
    assert (await ana.say(1, "after"))["position"] == before + 1, "nothing was stored between"


async def test_a_key_sent_again_with_another_body_is_refused(ana: Client) -> None:
    key = str(uuid.uuid4())
    assert (await ana.ask("post", room=1, key=key, body="once"))["ok"]
    assert (await ana.ask("post", room=1, key=key, body="twice"))["error"]["code"] == "key_reused"


async def test_the_message_of_another_cannot_be_changed(
    server: Daphne, cast: list[Person], ana: Client, join: Connect
) -> None:
    position = (await ana.say(1, "mine"))["position"]
    attacker = await join(server, cast[1].cookie)

    for kind, fields in (("edit", {"body": "yours"}), ("delete", {})):
        refused = await attacker.ask(kind, room=1, position=position, **fields)
        assert refused["error"]["code"] == "forbidden"
    await ana.catch_up(1)
    assert ana.rooms[1].messages[position]["body"] == "mine"


async def test_a_tombstone_cannot_be_changed(ana: Client) -> None:
    position = (await ana.say(1, "gone soon"))["position"]
    assert (await ana.ask("delete", room=1, position=position))["ok"]

    for kind, fields in (("edit", {"body": "risen"}), ("delete", {})):
        assert (await ana.ask(kind, room=1, position=position, **fields))["error"]["code"] == "not_found"


async def test_a_frame_of_exactly_the_limit_is_answered(ana: Client) -> None:
    assert (await refusal(ana, "x" * FRAME_BYTES))["error"]["code"] == "bad_frame"
