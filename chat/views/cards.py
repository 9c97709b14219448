"""People as pages show them: what the frames leave out, because it is asked for where it is shown."""

from __future__ import annotations

from msgspec import Struct

from chat.models import User


class Card(Struct, frozen=True):
    """`picture` is the version of the person's picture; empty: there is none."""

    id: int
    username: str
    name: str
    picture: str


def card(user: User) -> Card:
    return Card(user.pk, user.username, user.name, user.picture)
