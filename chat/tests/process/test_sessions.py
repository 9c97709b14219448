"""A socket lives exactly as long as its session, in every process."""

import asyncio
import itertools
from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidStatus

from chat.tests.client import open_socket
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.endings import OF_ALL_DEVICES, OF_THE_PHONE, Ending
from chat.tests.process.scene import EVERYONE, PASSWORD, SIGNED_OUT, Scene, Stage
from chat.tests.services.redis import RedisServer

PROMISED_SECONDS = 1.0
NEVER = "3600"  # no regular check helps: what closes was rung for

on_sqlite = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, make_stage: Callable[..., Stage], redis_server: RedisServer) -> Stage:
    return make_stage(request.param, REDIS_URL=redis_server.url, REVALIDATE_SECONDS=NEVER)


@on_sqlite
@pytest.mark.parametrize("end", OF_THE_PHONE.values(), ids=OF_THE_PHONE)
async def test_its_sockets_close_everywhere_and_no_others(scene: Scene, end: Ending) -> None:
    await end(scene)
    await scene.expect(scene.phone, seconds=PROMISED_SECONDS)


@on_sqlite
@pytest.mark.parametrize("end", OF_ALL_DEVICES.values(), ids=OF_ALL_DEVICES)
async def test_all_of_ones_sockets_close_and_nobody_elses(scene: Scene, end: Ending) -> None:
    await end(scene)
    await scene.expect(scene.phone, scene.laptop, seconds=PROMISED_SECONDS)


@pytest.mark.parametrize("stage", ["postgres"], indirect=True)
@pytest.mark.parametrize("way", ["signing out on a page", "changing the password", "clearsessions"])
async def test_the_same_on_postgresql(scene: Scene, way: str) -> None:
    await OF_THE_PHONE[way](scene)
    await scene.expect(scene.phone, seconds=PROMISED_SECONDS)


@on_sqlite
async def test_at_its_expiry_a_session_ends_by_itself(stage: Stage, join: Connect) -> None:
    ana, bia = stage.people("ana", "bia", devices=2)
    await stage.in_site("expire_session", ana.cookies[0], 2)
    ending = [await join(server, ana.cookies[0]) for server in stage.pair]
    staying = [await join(stage.pair[0], cookie) for cookie in (ana.cookies[1], bia.cookie)]

    for socket in ending:
        assert await socket.ended(seconds=2 + PROMISED_SECONDS) == SIGNED_OUT
    for socket in staying:
        assert (await socket.say(EVERYONE, "still here"))["ok"]


async def test_no_socket_opened_in_the_moment_of_a_revocation_survives(stage: Stage) -> None:
    (ana,) = stage.people("ana", devices=30)

    async def open_and_look(cookie: str, number: int) -> int:
        try:
            socket = await open_socket(stage.pair[number % 2], cookie)
        except InvalidStatus as refusal:
            return refusal.response.status_code
        async with asyncio.timeout(PROMISED_SECONDS):
            await socket.wait_closed()
        return socket.close_code or 0

    ends = set()
    for number, cookie in enumerate(ana.cookies):
        opening = asyncio.create_task(open_and_look(cookie, number))
        await asyncio.sleep(number / 1000)  # so that it comes at another step of the opening each time
        await stage.in_site("delete_session", cookie)
        ends.add(await opening)

    assert ends <= {403, SIGNED_OUT}


@on_sqlite
async def test_the_room_opened_last_is_kept_in_the_session(scene: Scene) -> None:
    room = await scene.stage.in_site("new_room", "garden", [scene.ana.id])
    [socket, _] = scene.phone.sockets
    await socket.until(lambda: room in socket.rooms, "the room is told")

    assert (await socket.ask("open", room=room))["ok"]

    device = await scene.stage.in_site("device", scene.phone.cookie)
    assert await scene.stage.in_site("last_room", device) == room
    assert (await scene.phone.browser.get("/")).url.path == f"/rooms/{room}/"
    assert (await scene.laptop.browser.get("/")).url.path == f"/rooms/{EVERYONE}/"


async def change_passwords(browser: Visitor, times: int) -> None:
    """Each change writes the session's data and gives the cookie a new value."""
    present = PASSWORD
    for number in range(times):
        new = f"{PASSWORD} {number}"
        fields = {"old_password": present, "new_password1": new, "new_password2": new}
        assert (await browser.submit("/account/password/", **fields)).status_code == 302
        present = new


async def test_what_sockets_and_pages_write_at_once_is_all_kept(scene: Scene) -> None:
    """A few times, over the wire; `chat/tests/sessions/test_at_once.py` does it a thousand times."""
    stage, phone = scene.stage, scene.phone
    rooms = [EVERYONE, await stage.in_site("new_room", "garden", [scene.ana.id])]
    device = await stage.in_site("device", phone.cookie)
    pages = asyncio.create_task(change_passwords(phone.browser, 10))

    for turn in itertools.count():
        room = rooms[turn % 3 % 2]
        assert (await phone.sockets[turn % 2].ask("open", room=room))["ok"]
        assert await stage.in_site("last_room", device) == room
        if pages.done():
            break
    await pages

    assert phone.browser.cookie != phone.cookie
    assert await stage.in_site("device", phone.browser.cookie) == device
    assert (await phone.browser.get("/")).url.path == f"/rooms/{room}/"
