"""Every way in which somebody leaves a room or comes into one; here it is always Ana, and the garden."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from chat.tests.client import Client
from chat.tests.process.scene import COMMANDS, EVERYONE, Scene


@dataclass
class Garden:
    """A room of Bia's in which Ana was, is or will be. She has four sockets: two devices at two processes each."""

    scene: Scene
    room: int
    name: str

    @property
    def anas(self) -> list[Client]:
        return [*self.scene.phone.sockets, *self.scene.laptop.sockets]

    async def says(self, body: str, room: int | None = None) -> None:
        assert (await self.scene.bias.sockets[0].say(room or self.room, body))["ok"]

    async def is_left(self, *, seconds: float) -> None:
        await self._until(False, seconds)

    async def is_held(self, *, seconds: float) -> None:
        await self._until(True, seconds)

    async def _until(self, held: bool, seconds: float) -> None:
        """All of Ana's sockets have been told that she is in the room, or that she is not."""
        for socket in self.anas:
            await socket.until(partial(self._told, socket, held), f"it is told: {held}", seconds=seconds)

    def _told(self, socket: Client, held: bool) -> bool:
        return (self.room in socket.rooms) == held

    async def tells_ana_nothing(self, body: str) -> None:
        """What is said there now is sent to none of her sockets, though they hear of all the rest."""
        await self.says(body)
        fence = f"elsewhere {uuid.uuid4()}"
        await self.says(fence, EVERYONE)
        for socket in self.anas:
            await socket.sees(EVERYONE, fence)
            assert body not in json.dumps(socket.frames)

    async def refuses_ana(self) -> None:
        """Every command, history and the page, and nothing changes."""
        state = await self.scene.stage.in_site("state", self.room)
        for socket in self.anas:
            for command, fields in COMMANDS.items():
                reply = await socket.ask(command, room=self.room, **fields)
                assert (command, reply["error"]["code"]) == (command, "not_a_member")
        for device in (self.scene.phone, self.scene.laptop):
            history = await device.browser.get(f"/rooms/{self.room}/messages/")
            assert (history.status_code, history.json()["error"]["code"]) == (404, "not_a_member")
            assert (await device.browser.get(f"/rooms/{self.room}/")).status_code == 404
        assert await self.scene.stage.in_site("state", self.room) == state


async def make_garden(scene: Scene, name: str, people: Iterable[int]) -> Garden:
    room: int = await scene.stage.in_site("new_room", name, list(people))
    for socket in scene.bias.sockets:
        await socket.until(partial(socket.rooms.__contains__, room), "Bia is in the garden")
    return Garden(scene, room, name)


Move = Callable[[Garden], Awaitable[None]]


async def remove(garden: Garden) -> None:
    await garden.scene.stage.in_site("remove", garden.room, [garden.scene.ana.id])


async def remove_in_the_admin(garden: Garden) -> None:
    place = await garden.scene.stage.in_site("place", garden.room, garden.scene.ana.id)
    await _administer(garden, f"membership/{place}/delete/", post="yes")


async def remove_in_a_list_of_the_admin(garden: Garden) -> None:
    place = await garden.scene.stage.in_site("place", garden.room, garden.scene.ana.id)
    await _administer(garden, "membership/", action="delete_selected", _selected_action=str(place), post="yes")


async def leave(garden: Garden) -> None:
    answer = await garden.scene.phone.browser.change(f"/rooms/{garden.room}/leave/")
    assert answer.status_code == 200, answer.text


async def remove_silently(garden: Garden) -> None:
    await garden.scene.stage.in_site("set_place", garden.room, garden.scene.ana.id, False)


async def add(garden: Garden) -> None:
    await garden.scene.stage.in_site("add", garden.room, [garden.scene.ana.id])


async def add_in_the_admin(garden: Garden) -> None:
    await _administer(garden, "membership/add/", room=str(garden.room), user=str(garden.scene.ana.id))


async def bring(garden: Garden) -> None:
    answer = await garden.scene.bias.browser.change(f"/rooms/{garden.room}/members/", users=[garden.scene.ana.id])
    assert answer.status_code == 200, answer.text


async def add_silently(garden: Garden) -> None:
    await garden.scene.stage.in_site("set_place", garden.room, garden.scene.ana.id, True)


async def archive(garden: Garden) -> None:
    await _administer(garden, f"room/{garden.room}/change/", name=garden.name, kind="closed", archived="on")


async def bring_back(garden: Garden) -> None:
    await _administer(garden, f"room/{garden.room}/change/", name=garden.name, kind="closed")


LEAVING: Final[dict[str, Move]] = {
    "taken out": remove,
    "taken out in the admin": remove_in_the_admin,
    "taken out in a list of the admin": remove_in_a_list_of_the_admin,
    "left": leave,
}
COMING: Final[dict[str, Move]] = {"put in": add, "put in in the admin": add_in_the_admin, "brought by a member": bring}


async def _administer(garden: Garden, path: str, **fields: str) -> None:
    answer = await garden.scene.chief.submit(f"/admin/chat/{path}", **fields)
    assert answer.status_code == 302, answer.text
