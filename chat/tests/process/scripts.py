"""What runs inside a site, in its management shell (see people.py). Arguments and results are JSON."""

from __future__ import annotations

import json
import sys
import uuid
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from chat import conf
from chat.actions.changes import Actor, Change
from chat.actions.commit import commit
from chat.actions.memberships import add_members, remove_members
from chat.actions.moderation import moderate
from chat.actions.rooms import create_room
from chat.models import Attachment, Membership, Message, Room, Session, User
from chat.protocol.commands import Post
from chat.sessions.engine import SessionStore
from chat.tests import cast


def serve() -> None:
    """Answer calls until there are no more: a line each, with the name of a function of this module and its arguments."""
    for line in sys.stdin:
        function, arguments = json.loads(line)
        close_old_connections()
        sys.stdout.write(json.dumps(globals()[function](*arguments)) + "\n")
        sys.stdout.flush()


hashed = cache(make_password)  # slow on purpose, and as good for all people as for one


def sign_in(names: list[str], devices: int, password: str | None) -> list[tuple[int, str, list[str]]]:
    users = [User.objects.create(username=name, password=hashed(password)) for name in names]
    return [(user.pk, user.name, [cast.sign_in(user).session_key for _ in range(devices)]) for user in users]


def promote(user: int) -> None:
    User.objects.filter(pk=user).update(is_staff=True, is_superuser=True)


def new_room(name: str, members: list[int]) -> int:
    return create_room(name=name, kind=Room.Kind.CLOSED, members=User.objects.filter(pk__in=members)).pk


def add(room: int, users: list[int]) -> None:
    add_members(room=Room.objects.get(pk=room), users=User.objects.filter(pk__in=users))


def remove(room: int, users: list[int]) -> int:
    """The revision of the last leave."""
    remove_members(room=Room.objects.get(pk=room), users=User.objects.filter(pk__in=users))
    return Room.objects.get(pk=room).memberships.latest("revision").revision


def set_place(room: int, user: int, active: bool) -> None:
    """As no action does: no revision is taken, and nothing rings."""
    Membership.objects.update_or_create(room_id=room, user_id=user, defaults={"active": active})


def fill(room: int, cookie: str, count: int) -> None:
    """So many posts by the person signed in there, as the writer stores them."""
    session = Session.objects.get(session_key=cookie)
    assert session.user_id is not None
    actor = Actor(session.user_id, session.device)
    posts = [Change(actor, Post(ref="", room=room, key=uuid.uuid4(), body=f"before {n}")) for n in range(count)]
    for start in range(0, count, 250):
        commit(posts[start : start + 250])


def stored(room: int) -> list[dict[str, Any]]:
    """The room as the database has it, in the words of the protocol."""
    messages = Message.objects.filter(room_id=room).select_related("author").order_by("position")
    return [
        {
            "position": message.position,
            "revision": message.revision,
            "key": str(message.key),
            "author": message.author and {"id": message.author.pk, "name": message.author.name},
            "body": message.body,
            "html": message.html,
            "deleted": message.deleted,
        }
        for message in messages
    ]


def rename(user: int, full_name: str) -> None:
    person = User.objects.get(pk=user)
    person.full_name = full_name
    person.save()


def state(room: int) -> dict[str, Any]:
    """All that a command or a form might change."""
    users = User.objects.filter(memberships__room=room).order_by("pk")
    sessions = Session.objects.filter(user__in=users)
    return {
        "messages": stored(room),
        "revision": Room.objects.get(pk=room).last_revision,
        "places": list(Membership.objects.filter(room=room).order_by("pk").values_list("user", "active", "read")),
        "accounts": list(users.values_list("username", "password", "is_active")),
        "signed in": len(Session.objects.living(sessions.values_list("device", flat=True))),
        "opened": list(sessions.filter(last_room=room).order_by("user").values_list("user", flat=True)),
    }


def place(room: int, user: int) -> int:
    return Membership.objects.get(room=room, user=user).pk


def disable(user: int) -> None:
    person = User.objects.get(pk=user)
    person.is_active = False
    person.save()


def delete_user(user: int) -> None:
    User.objects.get(pk=user).delete()


def update_user(user: int, fields: dict[str, Any]) -> None:
    """As no signal tells."""
    User.objects.filter(pk=user).update(**fields)


def revoke_sessions(name: str) -> None:
    call_command("revoke_sessions", "--user", name, stdout=sys.stderr)


def device(cookie: str) -> str:
    return str(Session.objects.get(session_key=cookie).device)


def delete_session(cookie: str) -> None:
    Session.objects.get(session_key=cookie).delete()


def delete_session_by_sql(cookie: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chat_session WHERE session_key = %s", [cookie])


def flush(cookie: str) -> None:
    SessionStore(cookie).flush()


def expire_session(cookie: str, seconds: float) -> None:
    """Let it end so many seconds from now, as no signal tells."""
    end = timezone.now() + timedelta(seconds=seconds)
    Session.objects.filter(session_key=cookie).update(expire_date=end)


def clear_expired(cookie: str) -> None:
    expire_session(cookie, -1)
    call_command("clearsessions")


def last_room(device: str) -> int | None:
    return Session.objects.get(device=device).last_room_id


def files() -> list[list[Any]]:
    """Each file's name, and whether it was sent."""
    return [[file.name, file.message_id is not None] for file in Attachment.objects.order_by("created")]


def take_out(room: int, position: int) -> None:
    """What a moderator does."""
    moderate(messages=Message.objects.filter(room=room, position=position))


def age_files() -> None:
    """As if all files had been there for longer than they may wait."""
    Attachment.objects.update(created=timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1))
