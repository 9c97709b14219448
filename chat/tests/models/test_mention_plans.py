"""Unread mentions are found by what is unread, and not by what has ever been said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from chat.models import Membership, Mention, Room, User
from chat.tests.models.plans import noted_plans, reads_everything

pytestmark = pytest.mark.django_db

TABLE = Mention._meta.db_table
ROOMS, CALLS, UNREAD = 20, 600, 3
STEPS = {
    "sqlite": (
        "SEARCH U0 USING INDEX mentions_of_a_person (user_id=? AND room_id=? AND position>?)",
        "SEARCH U0 USING INDEX one_call_of_everybody (room_id=? AND position>?)",
    ),
    "postgresql": (
        "mentions_of_a_person",
        'AND (room_id = chat_membership.room_id) AND ("position" > chat_membership.read))',
        "one_call_of_everybody",
        'Index Cond: ((room_id = chat_membership.room_id) AND ("position" > chat_membership.read))',
    ),
}[connection.vendor]


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Somebody who was called often, in many rooms. Made once, and taken away again."""
    with django_db_blocker.unblock():
        author, reader = User.objects.bulk_create(User(username=name) for name in ("author", "reader"))
        rooms = Room.objects.bulk_create(Room(name=f"room {number}", last_position=CALLS) for number in range(ROOMS))
        Membership.objects.bulk_create(Membership(room=room, user=reader, read=CALLS - UNREAD) for room in rooms)
        Mention.objects.bulk_create(calls(rooms, author, reader), batch_size=1_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield reader
        for row in [*rooms, author, reader]:
            row.delete()


def calls(rooms: list[Room], author: User, reader: User) -> Iterator[Mention]:
    for position in range(1, CALLS + 1):
        for room in rooms:
            called = {0: reader, 1: author}.get(position % 10)
            yield Mention(room=room, position=position, author=author, user=called)


def test_each_room_is_asked_for_what_stands_at_the_end_of_two_indexes(reader: User) -> None:
    with noted_plans(about=TABLE) as plans:
        found = Mention.objects.unread_by(reader)
    [(_sql, plan)] = plans
    assert [step for step in STEPS if step not in plan] == [], plan
    assert not reads_everything(plan, TABLE), plan
    assert sorted(map(tuple, found.values())) == [(CALLS - 2, CALLS - 1, CALLS)] * ROOMS


def test_a_question_that_reads_all_is_noticed(reader: User) -> None:
    with noted_plans(about=TABLE) as plans:
        list(Mention.objects.all())
    assert reads_everything(plans[0][1], TABLE)
