"""Fills a site with calls, nearly all of which have been read, and asks which have not: this runs inside the site."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from statistics import median

from django.conf import settings
from django.test import Client

from bench.lib.cpu import analyse, cpu
from chat.models import Membership, Mention, Room, User
from chat.tests.cast import sign_in

ROOMS, BUSY = 200, 10  # in so many of them something has not been read
EVERY = 10  # of so many calls one calls the person that asks, and the others everybody
AT_ONCE = 5_000
RUNS = 15


def serve() -> None:
    for line in sys.stdin:
        function, arguments = json.loads(line)
        print(json.dumps(globals()[function](*arguments)), flush=True)


def begin() -> None:
    author, reader = (User.objects.create(username=name) for name in ("author", "reader"))
    rooms = Room.objects.bulk_create(Room(name=f"room {number}") for number in range(ROOMS))
    Membership.objects.bulk_create(Membership(room=room, user=user) for room in rooms for user in (author, reader))


def call(count: int, unread: int) -> None:
    """So many calls in all rooms together; in each of a few rooms, so many are not read."""
    author, reader = User.objects.order_by("pk")
    rooms = list(Room.objects.filter(everyone=False))
    rows = _calls(rooms, author, reader, count)
    while batch := list(itertools.islice(rows, AT_ONCE)):
        Mention.objects.bulk_create(batch)
    Room.objects.bulk_update(rooms, ["last_position"])
    places = list(Membership.objects.filter(user=reader, room__everyone=False).select_related("room"))
    for number, place in enumerate(places):
        place.read = place.room.last_position - (unread if number % (ROOMS // BUSY) == 0 else 0)
    Membership.objects.bulk_update(places, ["read"])
    analyse()


def _calls(rooms: list[Room], author: User, reader: User, count: int) -> Iterator[Mention]:
    for number in range(count):
        room = rooms[number % ROOMS]
        room.next_position()
        user = reader if number // ROOMS % EVERY == 0 else None
        yield Mention(room=room, position=room.last_position, author=author, user=user)


def ask() -> tuple[int, float]:
    """How many calls are found, and the median of the CPU seconds that it takes to answer the page."""
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(User.objects.get(username="reader")).session_key
    took, found = [], []
    for _ in range(RUNS):
        before = cpu()
        response = client.get("/account/mentions/")
        took.append(cpu() - before)
        assert response.status_code == 200, response.status_code
        found = response.json()["mentions"]
    return sum(len(one["positions"]) for one in found), median(took)
