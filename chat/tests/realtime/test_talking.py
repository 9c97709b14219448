"""Commands, replies and events on open sockets."""

import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from chat.actions.memberships import add_members, remove_members
from chat.actions.rooms import save_room
from chat.models import Membership, Message, Session, User
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial, Talk


def post(cast: Cast, body: str = "hello", ref: str = "p", **fields: Any) -> dict[str, Any]:
    return {"type": "post", "ref": ref, "room": cast.garden.pk, "key": str(uuid.uuid4()), "body": body, **fields}


async def test_a_post_reaches_everyone_in_the_room_and_nobody_else(cast: Cast, dial: Dial) -> None:
    ana, bia, caio = await dial(cast.ana), await dial(cast.bia), await dial(cast.caio)
    reply = await ana.ask(**post(cast, "only here"))
    assert reply["ok"]
    for talk in (ana, bia):
        event = await talk.hear("message")
        assert (event["body"], event["position"], event["revision"]) == (
            "only here",
            reply["position"],
            reply["revision"],
        )
        assert event["author"] == {"id": cast.ana.user.pk, "name": "Ana Souza"}
    await ana.ask(**post(cast, "for all", room=cast.general.pk))
    assert (await caio.hear("message"))["body"] == "for all"


async def test_the_speaker_is_the_session(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    for field in ("user", "author", "name"):
        reply = await ana.ask(**post(cast, **{field: "Bia Souza"}))
        assert reply["error"]["code"] == "bad_frame"
        assert field in reply["error"]["detail"]
    assert not await Message.objects.aexists()


async def test_commands_take_effect_in_the_order_sent(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    for number in range(50):
        await ana.say(**post(cast, f"{number}", ref=f"{number}"))
    await ana.say(type="catch_up", ref="c", room=cast.garden.pk, revision=0)
    heard = await ana.hear_until("reply", ref="c")
    positions = [frame["position"] for frame in heard if frame["type"] == "reply" and frame["ref"] != "c"]
    assert positions == list(range(1, 51))
    assert [message["body"] for message in heard[-1]["messages"]] == [f"{number}" for number in range(50)]


async def test_an_edit_and_a_deletion_reach_the_others(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await ana.ask(**post(cast))
    await ana.ask(type="edit", ref="e", room=cast.garden.pk, position=1, body="better")
    await ana.ask(type="delete", ref="d", room=cast.garden.pk, position=1)
    posted, edited, deleted = [await bia.hear("message") for _ in range(3)]
    assert [posted["body"], edited["body"], deleted["body"]] == ["hello", "better", ""]
    assert edited["edited"] is not None
    assert deleted["deleted"]
    assert posted["revision"] < edited["revision"] < deleted["revision"]


async def test_a_reaction_reaches_everyone_with_the_whole_message(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await ana.ask(**post(cast))
    reply = await bia.ask(type="react", ref="x", room=cast.garden.pk, position=1, emoji="👍", on=True)
    _posted, reacted = [await ana.hear("message") for _ in range(2)]
    assert reacted["reactions"] == [{"emoji": "👍", "users": [cast.bia.user.pk]}]
    assert (reacted["body"], reacted["revision"]) == ("hello", reply["revision"])
    assert reacted["edited"] is None


async def test_what_one_device_has_read_the_others_learn(cast: Cast, dial: Dial) -> None:
    ana, phone = await dial(cast.ana), await dial(cast.ana)
    await ana.ask(**post(cast))
    assert (await ana.ask(type="read", ref="r", room=cast.garden.pk, position=1))["ok"]
    assert (await phone.hear("read")) == {"type": "read", "room": cast.garden.pk, "position": 1}


async def test_open_answers_and_is_remembered(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    reply = await ana.ask(type="open", ref="o", room=cast.garden.pk)
    assert reply == {"type": "reply", "ref": "o", "ok": True, "room": cast.garden.pk, "online": [cast.ana.user.pk]}
    assert (await Session.objects.aget(device=cast.ana.session.device)).last_room_id == cast.garden.pk


async def test_typing_is_shown_to_those_who_look_at_the_room(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await bia.ask(type="open", ref="o", room=cast.garden.pk)
    for _ in range(3):
        await ana.say(type="typing", room=cast.garden.pk)
    await ana.ask(**post(cast))
    heard = await bia.hear_until("message")
    typing = {"type": "typing", "room": cast.garden.pk, "user": {"id": cast.ana.user.pk, "name": "Ana Souza"}}
    assert heard[:-1] == [typing], "more often than every three seconds is dropped without a word"


async def test_who_is_not_in_a_room_can_ask_nothing_of_it(cast: Cast, dial: Dial) -> None:
    caio = await dial(cast.caio)
    room = cast.garden.pk
    for command in (
        post(cast),
        {"type": "edit", "ref": "p", "room": room, "position": 1, "body": "x"},
        {"type": "delete", "ref": "p", "room": room, "position": 1},
        {"type": "read", "ref": "p", "room": room, "position": 1},
        {"type": "open", "ref": "p", "room": room},
        {"type": "catch_up", "ref": "p", "room": room, "revision": 0},
    ):
        assert (await caio.ask(**command))["error"]["code"] == "not_a_member", command["type"]
        assert (await caio.ask(**command | {"room": 10**12}))["error"]["code"] == "not_a_member"


async def test_who_is_added_sees_the_room_at_once(cast: Cast, dial: Dial) -> None:
    ana, caio = await dial(cast.ana), await dial(cast.caio)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    room = (await caio.hear("room"))["room"]
    assert (room["id"], room["name"], room["read"]) == (cast.garden.pk, "garden", room["position"])
    assert (await ana.hear("member"))["user"] == {"id": cast.caio.user.pk, "name": "Caio Souza"}
    await ana.ask(**post(cast, "welcome"))
    assert (await caio.hear("message"))["body"] == "welcome"


async def test_who_is_added_to_a_room_that_this_process_does_not_follow_sees_it_at_once(cast: Cast, dial: Dial) -> None:
    caio = await dial(cast.caio)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    assert (await caio.hear("room"))["room"]["id"] == cast.garden.pk


async def test_who_is_removed_gets_nothing_posted_after_it(cast: Cast, dial: Dial) -> None:
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await ana.ask(**post(cast, "before"))
    await sync_to_async(remove_members)(room=cast.garden, users=[cast.bia.user])
    await ana.ask(**post(cast, "after"))
    await ana.ask(**post(cast, "elsewhere", room=cast.general.pk))
    heard = await bia.hear_until("message", body="elsewhere")
    assert [frame.get("body", frame["type"]) for frame in heard] == ["before", "left", "elsewhere"]
    refused = await bia.ask(type="catch_up", ref="c", room=cast.garden.pk, revision=0)
    assert refused["error"]["code"] == "not_a_member"


async def test_a_removal_that_rings_nobody_is_noticed_by_the_regular_check(
    cast: Cast, dial: Dial, runtime: Any
) -> None:
    bia = await dial(cast.bia)
    await Membership.objects.filter(user=cast.bia.user, room=cast.garden).aupdate(active=False)
    runtime.hub.refresh(runtime.hub.people)
    assert (await bia.hear())["type"] == "left"


async def test_a_room_that_is_renamed_is_told(cast: Cast, dial: Dial) -> None:
    bia = await dial(cast.bia)
    cast.garden.name = "orchard"
    await sync_to_async(save_room)(room=cast.garden)
    assert (await bia.hear("room"))["room"]["name"] == "orchard"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a\u202eb", '"; DROP TABLE'])
async def test_a_persons_name_is_data(cast: Cast, dial: Dial, name: str) -> None:
    await User.objects.filter(pk=cast.ana.user.pk).aupdate(full_name=name)
    ana, bia = await dial(cast.ana), await dial(cast.bia)
    await ana.ask(**post(cast))
    event = await bia.hear("message")
    assert event["author"]["name"] == name
    assert name not in event["html"]


async def catch_up_all(talk: Talk, room: int) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = []
    revision = 0
    while not pages or pages[-1]["more"]:
        pages.append(await talk.ask(type="catch_up", ref="c", room=room, revision=revision))
        revision = pages[-1]["revision"]
    return pages


async def test_catching_up_comes_in_pages(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    for number in range(250):
        await ana.say(**post(cast, f"{number}", ref=f"{number}"))
    await ana.hear_until("reply", ref="249")
    pages = await catch_up_all(ana, cast.garden.pk)
    assert [len(page["messages"]) for page in pages] == [200, 50]
    revisions = [message["revision"] for page in pages for message in page["messages"]]
    assert revisions == sorted(set(revisions))
    assert len(revisions) == 250


async def test_a_page_of_catching_up_is_bounded_in_bytes(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    for number in range(40):
        await ana.say(**post(cast, "x" * 10_000, ref=f"{number}"))
    await ana.hear_until("reply", ref="39")
    pages = await catch_up_all(ana, cast.garden.pk)
    assert len(pages) > 1
    assert sum(len(page["messages"]) for page in pages) == 40
    assert all(page["messages"] for page in pages)


@pytest.mark.parametrize("revision", [-1, 10**6])
async def test_a_revision_that_is_not_there_is_refused(cast: Cast, dial: Dial, revision: int) -> None:
    ana = await dial(cast.ana)
    reply = await ana.ask(type="catch_up", ref="c", room=cast.garden.pk, revision=revision)
    assert reply["error"]["code"] == "bad_revision"


async def test_too_far_behind_one_starts_afresh(cast: Cast, dial: Dial) -> None:
    ana = await dial(cast.ana)
    await type(cast.garden).objects.filter(pk=cast.garden.pk).aupdate(last_revision=1_500)
    reply = await ana.ask(type="catch_up", ref="c", room=cast.garden.pk, revision=499)
    assert (reply["reset"], reply["messages"], reply["revision"], reply["more"]) == (True, [], 1_500, False)
    reply = await ana.ask(type="catch_up", ref="c", room=cast.garden.pk, revision=500)
    assert not reply["reset"]
