"""Who plays in the tests: one who owns, one who belongs, one who stands outside."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from chat.actions.changes import Actor, Change, Committed
from chat.actions.commit import Outcome, commit
from chat.actions.memberships import add_members
from chat.models import Installation, Room, Session, User
from chat.protocol.commands import Delete, Edit, Open, Post, React, Read


def sign_in(user: User) -> Session:
    """The row of a new sign-in, made as the sign-in page makes it."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return Session.objects.get(session_key=request.session.session_key)


@dataclass
class Person:
    """A signed-in person, and the changes that they ask for."""

    user: User
    session: Session

    @property
    def actor(self) -> Actor:
        return Actor(self.user.pk, self.session.device)

    def post(self, room: Room, body: str = "hello", **fields: Any) -> Change:
        return Change(
            self.actor, Post(ref="r", room=room.pk, key=fields.pop("key", None) or uuid.uuid4(), body=body, **fields)
        )

    def edit(self, room: Room, position: int, body: str = "edited") -> Change:
        return Change(self.actor, Edit(ref="r", room=room.pk, position=position, body=body))

    def delete(self, room: Room, position: int) -> Change:
        return Change(self.actor, Delete(ref="r", room=room.pk, position=position))

    def react(self, room: Room, position: int, emoji: str = "👍", *, on: bool = True) -> Change:
        return Change(self.actor, React(ref="r", room=room.pk, position=position, emoji=emoji, on=on))

    def read(self, room: Room, position: int) -> Change:
        return Change(self.actor, Read(ref="r", room=room.pk, position=position))

    def open(self, room: Room) -> Change:
        return Change(self.actor, Open(ref="r", room=room.pk))


@dataclass
class Cast:
    """Ana and Bia are in the closed room `garden`, Caio is not; all three are in `general`."""

    ana: Person
    bia: Person
    caio: Person
    general: Room
    garden: Room


def make_cast() -> Cast:
    Installation.objects.get_or_create(pk=1)
    general = Room.objects.filter(everyone=True).first() or Room.objects.create(name="general", everyone=True)
    people = [
        User.objects.create_user(name, password="correct horse", full_name=f"{name.title()} Souza")
        for name in ("ana", "bia", "caio")
    ]
    garden = Room.objects.create(name="garden", kind=Room.Kind.CLOSED)
    add_members(room=garden, users=people[:2])
    ana, bia, caio = (Person(user, sign_in(user)) for user in people)
    return Cast(ana, bia, caio, fresh(general), fresh(garden))


def fresh(room: Room) -> Room:
    return Room.objects.get(pk=room.pk)


def commit_one(change: Change) -> Outcome:
    return commit([change])[0]


def committed(outcomes: Sequence[Outcome]) -> list[Committed]:
    """The outcomes, of which none may be a refusal."""
    assert all(isinstance(outcome, Committed) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Committed)]
