"""Fills a room as years of talk would: this runs inside a site, as a management process."""

import itertools
import json
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from chat.actions.rooms import create_room
from chat.markup import render
from chat.models import Membership, Message, Room, User
from chat.tests.cast import sign_in

AT_ONCE = 2_000
APART = timedelta(minutes=4)
NAMES = ("Ana Souza", "Bia Lima", "Caio Reis", "Dora Nunes", "Eva Prado")
TALK = (
    "Good morning!",
    "Is anybody still in the workshop? The **blue** door does not close.",
    "I looked at it: the hinge is loose. I bring a longer screw tomorrow, until then please lift the door a little "
    "when you close it, and do not slam it, the glass has a crack already.",
    "Thanks 🙏",
    "The list for Thursday:\n\n- two tables\n- the long cable\n- coffee, *and* cups this time\n- the sign",
    "> who has the key?\n\nI do.",
    "The new address is https://example.org/plans/2026/summer?draft=4, have a look when you find the time.",
    "```python\nfor table in tables:\n    if table.is_free and table.seats >= guests:\n        return table\n```",
    "`make run` says that the port is taken, what now?",
    "Set `PORT`. It is in the README.",
    "Ok",
    "Dona Célia called. She can come at three, but needs somebody to carry the boxes up, there are about twenty. "
    "Two people are enough if they come at a quarter to three, and the lift works again by the way.\n\n"
    "I said that we would call back before noon.",
    "~~At two~~ at three, sorry.",
    "1. open the valve\n2. wait until it is quiet\n3. close it again",
    "See you tomorrow.",
)


def serve() -> None:
    for line in sys.stdin:
        function, arguments = json.loads(line)
        print(json.dumps(globals()[function](*arguments)), flush=True)


def people() -> list[int]:
    password = make_password("a good long password")
    return [
        User.objects.create(username=name.split()[0].lower(), full_name=name, password=password).pk for name in NAMES
    ]


def session_key(user: int) -> str:
    return sign_in(User.objects.get(pk=user)).session_key


def room(name: str, members: list[int], messages: int) -> int:
    """A room of these people with so many messages, all of which they have read."""
    made = create_room(name=name, kind=Room.Kind.OPEN, members=User.objects.filter(pk__in=members))
    rows = _messages(made, members, messages)
    while batch := list(itertools.islice(rows, AT_ONCE)):
        Message.objects.bulk_create(batch)
    Room.objects.filter(pk=made.pk).update(last_position=messages, last_revision=made.last_revision + messages)
    Membership.objects.filter(room=made).update(read=messages)
    return made.pk


def _messages(room: Room, members: list[int], count: int) -> Iterator[Message]:
    rendered = [(body, render(body)) for body in TALK]
    begun = timezone.now() - count * APART
    for position in range(1, count + 1):
        body, html = rendered[position * 7 % len(rendered)]
        yield Message(
            room=room,
            position=position,
            revision=room.last_revision + position,
            author_id=members[position // 3 % len(members)],
            key=uuid.uuid4(),
            digest=b"",
            body=body,
            html=html,
            created=begun + position * APART,
        )
