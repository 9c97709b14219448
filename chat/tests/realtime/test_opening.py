"""No live session, no socket."""

from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async

from chat.models import Session, User
from chat.realtime.runtime import Runtime
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import OWN, Dial, Talk, cookie

Knock = Callable[[list[tuple[bytes, bytes]]], Talk]


async def test_hello_tells_who_one_is_and_where(cast: Cast, knock: Knock) -> None:
    talk = knock([*OWN, cookie(cast.bia.session.session_key)])
    assert await talk.connect()
    hello = await talk.hear()
    assert hello["user"] == {"id": cast.bia.user.pk, "username": "bia", "name": "Bia Souza"}
    assert [room["name"] for room in hello["rooms"]] == ["general", "garden"]
    assert hello["limits"] == {"body": 10_000, "frame": 131_072}
    assert hello["protocol"] == 1
    await talk.end()


@pytest.mark.parametrize(
    "headers",
    [OWN, [*OWN, cookie("x" * 32)], [*OWN, cookie("")], [*OWN, (b"cookie", b"sessionid=a\xff\x00")]],
    ids=["no cookie", "forged", "empty", "rubbish"],
)
async def test_without_a_session_the_handshake_is_refused(headers: list[tuple[bytes, bytes]], knock: Knock) -> None:
    assert not await knock(headers).connect()


@pytest.mark.parametrize("origin", [b"http://evil.example", b"null", b"https://localhost:8000", b"http://localhost"])
async def test_a_foreign_page_cannot_use_the_cookie(cast: Cast, knock: Knock, origin: bytes) -> None:
    headers = [(b"host", b"localhost:8000"), (b"origin", origin), cookie(cast.ana.session.session_key)]
    assert not await knock(headers).connect()


async def test_without_an_origin_the_handshake_is_refused(cast: Cast, knock: Knock) -> None:
    assert not await knock([(b"host", b"localhost:8000"), cookie(cast.ana.session.session_key)]).connect()


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "md5$other$hash"}])
async def test_an_account_that_may_not_act_opens_no_socket(cast: Cast, knock: Knock, change: dict[str, object]) -> None:
    await User.objects.filter(pk=cast.ana.user.pk).aupdate(**change)
    assert not await knock([*OWN, cookie(cast.ana.session.session_key)]).connect()


async def test_sockets_leave_nothing_behind(cast: Cast, dial: Dial, runtime: Runtime) -> None:
    first, second = await dial(cast.ana), await dial(cast.ana)
    await first.end()
    assert len(runtime.sockets) == 1
    assert runtime.hub.people == [cast.ana.user.pk]
    await second.end()
    assert not runtime.sockets
    assert runtime.hub.people == []


async def test_one_session_may_have_several_sockets(cast: Cast, dial: Dial) -> None:
    first, second = await dial(cast.ana), await dial(cast.ana)
    await first.say(type="post", ref="1", room=cast.general.pk, key="6f1c3b1e-0000-4000-8000-000000000001", body="x")
    assert (await second.hear("message"))["body"] == "x"
    assert await sync_to_async(Session.objects.count)() == 3
