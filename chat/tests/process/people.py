"""Who tests are about, made without a page and read without a socket, in a management process beside the servers."""

from __future__ import annotations

from typing import Any, NamedTuple

from chat.tests.services.site import Site


class Person(NamedTuple):
    id: int
    name: str
    cookies: list[str]

    @property
    def cookie(self) -> str:
        return self.cookies[0]


def people(site: Site, *names: str, devices: int = 1, password: str | None = None) -> list[Person]:
    """New people, each signed in on so many devices."""
    return [Person(*one) for one in run(site, "sign_in", list(names), devices, password)]


def run(site: Site, function: str, *arguments: Any) -> Any:
    """Call a function of `scripts.py` inside the site, as a management command would be; its result."""
    return site.call("chat.tests.process.scripts", function, *arguments)
