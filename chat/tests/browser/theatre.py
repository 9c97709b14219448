"""A served site with its cast, and a hand behind the scenes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from chat.tests.services.environment import PROJECT
from chat.tests.services.site import Daphne, Site

PASSWORD = "a good long password"


@dataclass(frozen=True)
class Person:
    id: int
    username: str
    name: str


@dataclass(frozen=True)
class Place:
    id: int
    name: str

    @property
    def path(self) -> str:
        return f"/rooms/{self.id}/"

    def link(self, position: int) -> str:
        """To a message."""
        return f"{self.path}#{position}"


@dataclass(frozen=True)
class Cast:
    """Ana and Bia are in the garden and in the kitchen; Caio stands outside."""

    ana: Person
    bia: Person
    caio: Person
    garden: Place
    kitchen: Place


class Theatre:
    def __init__(self, site: Site, daphne: Daphne) -> None:
        self.site = site
        self.daphne = daphne
        code = "from chat.tests.browser.backstage import serve; serve()"
        self._backstage = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code],
            cwd=PROJECT,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._backstage.communicate()

    def do(self, function: str, *arguments: Any) -> Any:
        """Call a function of `backstage.py`."""
        assert self._backstage.stdin is not None
        assert self._backstage.stdout is not None
        print(json.dumps([function, arguments]), file=self._backstage.stdin, flush=True)
        return json.loads(self._backstage.stdout.readline())

    def person(self, name: str) -> Person:
        user_id, username = self.do("new_user", name, PASSWORD)
        return Person(user_id, username, name)

    def room(self, name: str, *members: Person, kind: str = "closed") -> Place:
        return Place(self.do("new_room", name, [person.id for person in members], kind), name)

    def cast(self) -> Cast:
        ana, bia, caio = (self.person(name) for name in ("Ana Souza", "Bia Lima", "Caio Reis"))
        return Cast(ana, bia, caio, self.room("garden", ana, bia), self.room("kitchen", ana, bia))

    def posts(self, room: Place, person: Person, *bodies: str) -> None:
        self.do("post", room.id, person.id, bodies)

    def stored(self, room: Place) -> list[str]:
        bodies: list[str] = self.do("bodies", room.id)
        return bodies
