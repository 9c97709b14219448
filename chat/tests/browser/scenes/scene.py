"""What a scene is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast

Play = Callable[[Device, Cast], Awaitable[ChatPage]]


SCENES: list[Scene] = []


@dataclass(frozen=True)
class Scene:
    """How to get there; and what it shows, by the names of URLs and the ids of dialogs."""

    shows: frozenset[str]
    play: Play

    def __str__(self) -> str:
        return self.play.__name__


def scene(*shows: str) -> Callable[[Play], Play]:
    def add(play: Play) -> Play:
        SCENES.append(Scene(frozenset(shows), play))
        return play

    return add
