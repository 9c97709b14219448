"""From the commit of its end on, a session changes nothing and is told nothing, though nobody has heard and its socket is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio

from chat.protocol.commands import AnyCommand, Asked
from chat.tests.client import Client
from chat.tests.forms import Visitor
from chat.tests.process.endings import (
    NEW_PASSWORD,
    OF_ALL_DEVICES,
    OF_THE_PHONE,
    SILENT,
    Ending,
    delete_session,
    delete_session_by_sql,
)
from chat.tests.process.scene import COMMANDS, PASSWORD, SIGNED_OUT, Scene, Stage

NEVER = "3600"  # neither a doorbell nor a regular check
HEARD_OF = OF_THE_PHONE | OF_ALL_DEVICES  # by whoever hears the doorbell

# From the page that holds it, each form and where it is sent.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "a new password": (
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD},
    ),
    "ending all other devices": ("/account/sessions/", {"others": "1"}),
    "closing an account": (
        "/admin/chat/user/",
        {"action": "close_account", "_selected_action": "BIA", "confirmed": "yes"},
    ),
    "taking somebody out of a room": ("/admin/chat/membership/PLACE/delete/", {"post": "yes"}),
}

on_sqlite = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
every_end = pytest.mark.parametrize("end", SILENT.values(), ids=SILENT)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, make_stage: Callable[..., Stage], mute_redis_url: str) -> Stage:
    return make_stage(request.param, REDIS_URL=mute_redis_url, REVALIDATE_SECONDS=NEVER)


class Garden:
    """A room in which Ana, on her phone, and Bia have said something."""

    def __init__(self, scene: Scene, room: int, phone: Client) -> None:
        self.scene, self.room, self.phone = scene, room, phone

    @classmethod
    async def make(cls, scene: Scene) -> Garden:
        room = await scene.stage.in_site("new_room", "garden", [scene.ana.id, scene.bia.id])
        garden = cls(scene, room, scene.phone.sockets[0])
        for device, body in ((scene.phone, "from ana"), (scene.bias, "from bia")):
            assert (await device.sockets[0].say(room, body))["ok"]
        return garden

    async def state(self) -> Any:
        return await self.scene.stage.in_site("state", self.room)

    async def send(self, command: str) -> None:
        """On Ana's phone; nobody waits for a reply."""
        await self.phone.send_raw(json.dumps({"type": command, "ref": "late", "room": self.room, **COMMANDS[command]}))

    async def refuses(self, command: str) -> None:
        await self.is_still_open()
        state, frames = await self.state(), len(self.phone.frames)
        await self.send(command)
        assert await self.phone.ended() == SIGNED_OUT
        assert self.phone.frames[frames:] == []
        assert await self.state() == state

    async def is_still_open(self) -> None:
        """Nonsense is answered without a look at the session."""
        assert (await self.phone.ask("nonsense"))["error"]["code"] == "unknown_type"


@pytest_asyncio.fixture
async def garden(scene: Scene) -> Garden:
    return await Garden.make(scene)


def test_no_kind_of_command_is_forgotten() -> None:
    assert COMMANDS.keys() == {
        str(kind.__struct_config__.tag) for kind in AnyCommand.__args__ if issubclass(kind, Asked)
    }


@on_sqlite
@every_end
@pytest.mark.parametrize("command", COMMANDS)
async def test_no_command_changes_or_tells_anything(garden: Garden, command: str, end: Ending) -> None:
    await end(garden.scene)
    await garden.refuses(command)


@pytest.mark.parametrize("stage", ["postgres"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS)
async def test_the_same_on_postgresql(garden: Garden, command: str) -> None:
    await delete_session_by_sql(garden.scene)
    await garden.refuses(command)


@on_sqlite
@pytest.mark.parametrize("command", COMMANDS)
async def test_each_of_these_commands_is_heard_while_the_session_lives(garden: Garden, command: str) -> None:
    state = await garden.state()
    assert (await garden.phone.ask(command, room=garden.room, **COMMANDS[command]))["ok"]
    assert (await garden.state() != state) == (command != "catch_up")


@on_sqlite
@pytest.mark.parametrize("end", HEARD_OF.values(), ids=HEARD_OF)
async def test_whichever_way_it_has_ended_nothing_is_changed_though_the_doorbell_is_lost(
    garden: Garden, end: Ending
) -> None:
    """By its socket, which stays open, or by its cookie."""
    scene, lost = garden.scene, garden.scene.stage.lost_doorbells
    async with Visitor(scene.stage.pair[1], scene.phone.cookie) as thief:
        token = await thief.token("/account/password/")
        await end(scene)
        await garden.is_still_open()
        state = await garden.state()

        answer = await thief.send("/account/sessions/", csrfmiddlewaretoken=token, others="1")
        for command in COMMANDS:
            await garden.send(command)

        assert await garden.phone.ended() == SIGNED_OUT
        assert scene.stage.lost_doorbells > lost, "the test is void unless a doorbell was lost"
        assert answer.headers["location"].startswith("/login/")
        assert await garden.state() == state


async def test_those_beside_are_served_in_the_same_breath(garden: Garden) -> None:
    """Changes share a transaction: that of a session which has ended fails by itself."""
    await delete_session(garden.scene)
    bia = garden.scene.bias.sockets[0]
    replies = [await bia.post(garden.room, f"{number} from bia") for number in range(10)]
    await garden.phone.post(garden.room, "too late")
    replies += [await bia.post(garden.room, f"{number} from bia") for number in range(10, 20)]

    assert await garden.phone.ended() == SIGNED_OUT
    assert all([(await reply)["ok"] for reply in replies])
    said = [message["body"] for message in (await garden.state())["messages"]]
    assert said == ["from ana", "from bia", *(f"{number} from bia" for number in range(20))]


async def send(garden: Garden, form: str) -> Callable[[], Any]:
    """Fill in the form while the session lives; it is sent when the result is called."""
    scene = garden.scene
    await scene.stage.in_site("promote", scene.ana.id)
    place = await scene.stage.in_site("place", garden.room, scene.bia.id)
    path, fields = FORMS[form]
    filled = {name: value.replace("BIA", str(scene.bia.id)) for name, value in fields.items()}
    token = await scene.phone.browser.token("/account/password/")
    return lambda: scene.phone.browser.send(path.replace("PLACE", str(place)), csrfmiddlewaretoken=token, **filled)


@on_sqlite
@every_end
@pytest.mark.parametrize("form", FORMS)
async def test_no_form_changes_anything(garden: Garden, form: str, end: Ending) -> None:
    submit = await send(garden, form)
    await end(garden.scene)
    state = await garden.state()

    answer = await submit()

    assert (answer.status_code, answer.headers["location"].split("?")[0]) in ((302, "/login/"), (302, "/admin/login/"))
    assert await garden.state() == state


@on_sqlite
@pytest.mark.parametrize("form", FORMS)
async def test_each_of_these_forms_is_heard_while_the_session_lives(garden: Garden, form: str) -> None:
    submit = await send(garden, form)
    state = await garden.state()
    assert "/login/" not in (await submit()).headers["location"]
    assert await garden.state() != state


@on_sqlite
@every_end
async def test_pages_and_their_parts_tell_nothing(garden: Garden, end: Ending) -> None:
    await end(garden.scene)
    browser = garden.scene.phone.browser
    for path in ("/session/", f"/rooms/{garden.room}/messages/"):
        answer = await browser.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")
    for path in ("/", f"/rooms/{garden.room}/", "/account/sessions/", "/account/password/", "/admin/"):
        answer = await browser.get(path)
        assert answer.url.path == "/login/"
        assert "from bia" not in answer.text
