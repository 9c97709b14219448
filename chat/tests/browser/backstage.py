"""What happens to a site while its pages are open: this runs inside the site, in one long management shell.

Each line that comes in names a function and its arguments as JSON; each line that goes out is its result.
"""

from __future__ import annotations

import itertools
import json
import sys
import uuid
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone

from chat import conf
from chat.actions.accounts import anonymise
from chat.actions.changes import Actor, Change, ChangeCommand, Committed
from chat.actions.commit import commit
from chat.actions.files import keep_file
from chat.actions.memberships import add_members, remove_members
from chat.actions.moderation import moderate
from chat.actions.profiles import save_profile
from chat.actions.rooms import create_room, save_room
from chat.files import store
from chat.files.upload import Arrived, looked_through
from chat.models import Attachment, Installation, Membership, Message, Room, SearchEntry, Session, User
from chat.protocol.commands import Delete, Edit, Post, React
from chat.sessions.setup import new_setup_link
from chat.tests.cast import sign_in

_numbers = itertools.count(1)
_hash = cache(make_password)  # strong ones are slow on purpose


def serve() -> None:
    for line in sys.stdin:
        function, arguments = json.loads(line)
        print(json.dumps(globals()[function](*arguments)), flush=True)  # noqa: T201


def setup_path() -> str | None:
    """Where the first administrator is made, while there is nobody."""
    return new_setup_link("")


def new_user(name: str, password: str) -> tuple[int, str]:
    """An account of its own for each test; its username."""
    username = f"{name.split()[0].lower()}{next(_numbers)}"
    user = User.objects.create(username=username, full_name=name, password=_hash(password))
    return user.pk, username


def session_key(user: int) -> str:
    """A new sign-in's cookie."""
    return sign_in(User.objects.get(pk=user)).session_key


def new_room(name: str, members: list[int], kind: str = Room.Kind.CLOSED) -> int:
    return create_room(name=name, kind=kind, members=User.objects.filter(pk__in=members)).pk


def keep(room: int, user: int) -> None:
    """As if this person had made the room."""
    Room.objects.filter(pk=room).update(creator=user)


def fill_room(room: int, count: int) -> None:
    """With people whose names come before all others."""
    people = [User(username=f"aa{next(_numbers)}", full_name=f"Aa {number}") for number in range(count)]
    add_members(room=Room.objects.get(pk=room), users=User.objects.bulk_create(people))


def archive(room: int, archived: bool) -> None:
    one = Room.objects.get(pk=room)
    one.archived = archived
    save_room(room=one)


def choose_level(room: int, user: int, level: str) -> None:
    Membership.objects.filter(room=room, user=user).update(notify=level)


def join(room: int, user: int) -> None:
    add_members(room=Room.objects.get(pk=room), users=[User.objects.get(pk=user)])


def leave(room: int, user: int) -> None:
    remove_members(room=Room.objects.get(pk=room), users=[User.objects.get(pk=user)])


def leave_every_room(user: int) -> None:
    User.objects.get(pk=user).memberships.all().delete()


def post(room: int, user: int, bodies: list[str]) -> None:
    """What a person writes elsewhere, as the writer stores it."""
    _commit(user, *(Post(ref="", room=room, key=uuid.uuid4(), body=body) for body in bodies))


def reply(room: int, user: int, position: int, body: str) -> None:
    _commit(user, Post(ref="", room=room, key=uuid.uuid4(), body=body, reply_to=position))


def edit(room: int, user: int, position: int, body: str) -> None:
    _commit(user, Edit(ref="", room=room, position=position, body=body))


def delete(room: int, user: int, position: int) -> None:
    _commit(user, Delete(ref="", room=room, position=position))


def react(room: int, user: int, position: int, emoji: str) -> None:
    _commit(user, React(ref="", room=room, position=position, emoji=emoji, on=True))


def _commit(user: int, *commands: ChangeCommand) -> None:
    actor = Actor(user, sign_in(User.objects.get(pk=user)).device)
    outcomes = commit([Change(actor, command) for command in commands])
    assert all(isinstance(outcome, Committed) for outcome in outcomes), outcomes


def post_files(room: int, user: int, body: str, paths: list[str]) -> None:
    """A message with these files, sent elsewhere."""
    person = User.objects.get(pk=user)
    actor = Actor(person.pk, sign_in(person).device)
    files = [keep_file(actor=actor, room_id=room, name=Path(path).name, arrived=_arrived(path)) for path in paths]
    command = Post(ref="", room=room, key=uuid.uuid4(), body=body, attachments=[str(file.pk) for file in files])
    [outcome] = commit([Change(actor, command)])
    assert isinstance(outcome, Committed), outcome


def _arrived(path: str) -> Arrived:
    draft = store.new_draft()
    draft.write_bytes(Path(path).read_bytes())
    return looked_through(draft)


def files(room: int) -> list[list[Any]]:
    """The name of each file in a room, and whether it was sent."""
    return [
        [file.name, file.message_id is not None] for file in Attachment.objects.filter(room=room).order_by("created")
    ]


def age_files(room: int) -> None:
    """As if the files of a room had been there for longer than they may wait."""
    then = timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1)
    Attachment.objects.filter(room=room).update(created=then)


def take_out(room: int, position: int) -> None:
    """What a moderator does."""
    moderate(messages=Message.objects.filter(room=room, position=position))


def retime(room: int, moments: list[str]) -> None:
    """As if the messages of a room had been posted then, the first at the first of these times."""
    messages = list(Message.objects.filter(room_id=room).order_by("position"))
    for message, moment in zip(messages, moments, strict=True):
        message.created = datetime.fromisoformat(moment)
        message.save(update_fields=["created"])
    SearchEntry.objects.follow(messages)


def rename(user: int, full_name: str) -> None:
    person = User.objects.get(pk=user)
    save_profile(user=person, full_name=full_name, language=person.language, theme=person.theme)


def choose_username(user: int, username: str) -> None:
    """As accounts from before may have it."""
    person = User.objects.get(pk=user)
    person.username = username
    person.save()


def disable(user: int) -> None:
    person = User.objects.get(pk=user)
    person.is_active = False
    person.save()


def close_account(user: int) -> None:
    anonymise(user=User.objects.get(pk=user))


def last_seen(user: int, seconds: float) -> None:
    """As if no device of that person had been in use since then."""
    Session.objects.filter(user=user).update(last_seen=timezone.now() - timedelta(seconds=seconds))


def read_all(room: int, user: int) -> None:
    read = Room.objects.get(pk=room).last_position
    Membership.objects.filter(room=room, user=user).update(read=read)


def revoke(username: str) -> None:
    call_command("revoke_sessions", user=username, verbosity=0, stdout=sys.stderr)


def restore_another_history(room: int, body: str) -> None:
    """As from a backup after which something else was said: the same numbers, for another message."""
    Message.objects.filter(room_id=room).update(body=body, html=f"<p>{body}</p>", key=uuid.uuid4())
    Installation.objects.update(epoch=uuid.uuid4())


def answered(room: int) -> list[int | None]:
    """What each message answers, oldest first."""
    return list(Message.objects.filter(room_id=room).order_by("position").values_list("reply_to", flat=True))


def reactions(room: int) -> list[Any]:
    """To each message, oldest first."""
    return list(Message.objects.filter(room_id=room).order_by("position").values_list("reactions", flat=True))


def bodies(room: int) -> list[str]:
    """All that stands in a room, oldest first."""
    return list(Message.objects.filter(room_id=room).order_by("position").values_list("body", flat=True))
