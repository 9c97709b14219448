"""Fills a site with a million messages in hundreds of rooms, and searches it: this runs inside the site."""

from __future__ import annotations

import itertools
import json
import sys
import uuid
from collections.abc import Iterator
from random import Random
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.lib.company import MEMBERS, OFTEN, PEOPLE, QUIET, RARE, ROOMS, SPAN, SPOKEN_OF
from bench.lib.cpu import analyse, cpu
from bench.lib.talk import Talk
from chat.models import Membership, Message, Room, User
from chat.tests.cast import sign_in
from chat.views.rates import may_search

AT_ONCE = 2_000
RUNS = 7


def serve() -> None:
    for line in sys.stdin:
        function, arguments = json.loads(line)
        print(json.dumps(globals()[function](*arguments)), flush=True)


def fill(messages: int) -> float:
    """The seconds of this process and of the database that a thousand messages take."""
    people = User.objects.bulk_create(
        User(username=f"person{number}", full_name=f"Person {number}") for number in range(PEOPLE)
    )
    rooms = Room.objects.bulk_create(Room(name=f"room {number}") for number in range(ROOMS + 1))
    rows = _messages(rooms, people, messages)
    before = cpu()
    while batch := list(itertools.islice(rows, AT_ONCE)):
        Message.objects.bulk_create(batch)
    took = cpu() - before
    Membership.objects.bulk_create(Membership(room=room, user=people[SPOKEN_OF]) for room in rooms)
    for number, (name, inside) in enumerate(MEMBERS.items()):
        Membership.objects.bulk_create(Membership(room=rooms[room], user=people[number]) for room in inside)
        User.objects.filter(pk=people[number].pk).update(username=name)
    analyse()
    return took / messages * 1000


def _messages(rooms: list[Room], people: list[User], count: int) -> Iterator[Message]:
    """Spread over years, and rooms of all sizes. One room was large in the first of these years and is quiet since."""
    chance = Random(2)
    spoken = list(Talk(1).languages.values())
    speak = [spoken[0 if number % 7 < 3 else number % 4] for number in range(ROOMS + 1)]
    weights = [1 / (number + 1) ** 0.8 for number in range(ROOMS)]
    few = {room for name, inside in MEMBERS.items() if len(inside) < 10 for room in inside}
    begun, apart = timezone.now() - SPAN, SPAN / count
    positions = [0] * (ROOMS + 1)
    chosen = chance.choices(range(ROOMS), weights, k=count)
    for number, room in enumerate(chosen):
        if number < count // 5 and number % 2:
            room = QUIET
        positions[room] += 1
        body = speak[room]()
        if room not in few and chance.random() < 0.2:
            body += f" {OFTEN}"
        if number % (count // 10) == 1:
            body += f" {RARE}"
        yield Message(
            room=rooms[room],
            position=positions[room],
            revision=positions[room],
            author=people[chance.randrange(PEOPLE)],
            key=uuid.uuid4(),
            digest=b"",
            body=body,
            html=f"<p>{body}</p>",
            created=begun + number * apart,
        )


def size() -> float:
    """Megabytes of the search entries and their indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('chat_searchentry')")
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%search%'")
        return float(cursor.fetchone()[0]) / 1_000_000


def search(username: str, text: str) -> tuple[int, bool, float]:
    """How many hits stand on the first page, whether there is more, and the median of the CPU seconds that it took."""
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(User.objects.get(username=username)).session_key
    took, page = [], ""
    for _ in range(RUNS):
        may_search._buckets.clear()
        before = cpu()
        response = client.get("/search/", {"q": text})
        took.append(cpu() - before)
        assert response.status_code == 200, response.status_code
        page = response.content.decode()
    return page.count('class="hit"'), 'rel="next"' in page, median(took)
