"""Who tests are about, made without a page and read without a socket: each call is a management process of its own."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from chat.tests.services.site import Site


class Person(NamedTuple):
    id: int
    name: str
    cookies: list[str]

    @property
    def cookie(self) -> str:
        return self.cookies[0]


def people(site: Site, *names: str, devices: int = 1) -> list[Person]:
    """New people, each signed in on so many devices."""
    return [Person(*one) for one in run(site, "sign_in", list(names), devices)]


def run(site: Site, function: str, *arguments: Any) -> Any:
    """Call a function of `scripts.py` inside the site, as a management command would be; its result."""
    code = f"import json, sys; from chat.tests.process.scripts import {function}; "
    code += f"print(json.dumps({function}(*json.load(sys.stdin))))"
    printed = site.manage("shell", "--verbosity=0", "--command", code, given=json.dumps(arguments))
    return json.loads(printed.splitlines()[-1])
