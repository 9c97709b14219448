"""How the databases find: by their indexes, whatever is asked, and never by reading all messages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from chat import conf
from chat.models import Message, Room, SearchEntry, User
from chat.models.finding import Wanted, find
from chat.search.query import parse
from chat.tests.models.plans import Plan, noted_plans, reads_everything

pytestmark = pytest.mark.django_db

MESSAGES, ROOMS = 20_000, 40
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
COMMON, RARE = "the", "xylophone"
ELSEWHERE = "kubernetes"  # in every third message, but not in the last rooms
QUERIES = {
    "absent": "qqxzv",
    "rare": RARE,
    "common": COMMON,
    "common elsewhere": ELSEWHERE,
    "two letters": "oi",
    "one letter": "q",
    "two characters": "東京",
    "one character": "京",
    "another script": "привет",
    "a phrase": '"the xylophone"',
    "several words": f"{COMMON} {RARE} oi 東京",
    "common ones that never meet": f"{ELSEWHERE} 丙丁",
}
SCOPES = {"all rooms": range(ROOMS), "three rooms": range(ROOMS - 3, ROOMS)}
TABLE = "chat_searchentry"


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[int]]:
    """So many messages that an index is worth it; the rooms' ids. Made once, and taken away again."""
    with django_db_blocker.unblock():
        rooms = Room.objects.bulk_create(Room(name=f"room {number}") for number in range(ROOMS))
        people = User.objects.bulk_create(User(username=f"person {number}") for number in range(50))
        Message.objects.bulk_create(messages(rooms, people), batch_size=1_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield [room.pk for room in rooms]
        Message.objects.all().delete()
        for row in [*rooms, *people]:
            row.delete()


def messages(rooms: list[Room], people: list[User]) -> Iterator[Message]:
    chance = Random(1)
    for number in range(MESSAGES):
        room = number % ROOMS
        words = [COMMON, *(f"w{chance.randrange(3_000)}" for _ in range(8)), chance.choice(["丙丁", "丈三", "且"])]
        if room < ROOMS - 3 and number % 3 == 0:
            words = [word for word in words if word.isascii()] + [ELSEWHERE]
        if number == 40:
            words.append(f"{RARE} oi 東京 привет")
        yield Message(
            room=rooms[room],
            position=number // ROOMS + 1,
            revision=number // ROOMS + 1,
            author=people[chance.randrange(len(people))],
            key=uuid.uuid4(),
            digest=b"",
            body=" ".join(words),
            created=BEGINNING + number * timedelta(minutes=1),
        )


@pytest.fixture
def plans(archive: list[int], db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Plan]]:
    """How each question about entries is answered, written down as it is asked, under the same settings."""
    monkeypatch.setattr(conf, "SEARCH_NEAR", 500)
    with noted_plans(about="chat_search") as noted:
        yield noted


def uses_trigrams(plan: str) -> bool:
    return (
        "search_by_trigram" if connection.vendor == "postgresql" else "chat_searchindex VIRTUAL TABLE INDEX"
    ) in plan


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_question_reads_all_entries(archive: list[int], plans: list[Plan], query: str, scope: range) -> None:
    find(Wanted([archive[number] for number in scope], parse(query).patterns))
    assert len(plans) >= 2
    assert [plan for _sql, plan in plans if reads_everything(plan, TABLE)] == []


@pytest.mark.parametrize("query", [query for kind, query in QUERIES.items() if "common" not in kind])
def test_what_is_not_common_is_found_by_trigrams(archive: list[int], plans: list[Plan], query: str) -> None:
    find(Wanted(archive, parse(query).patterns))
    assert any(uses_trigrams(plan) for _sql, plan in plans), plans


def test_what_is_common_is_found_without_them(archive: list[int], plans: list[Plan]) -> None:
    assert len(find(Wanted(archive, [COMMON])).messages) == conf.SEARCH_HITS
    assert [sql for sql, plan in plans if uses_trigrams(plan)] == []


def test_the_newest_are_counted_from_each_rooms_own_index(archive: list[int], plans: list[Plan]) -> None:
    find(Wanted(archive, [RARE]))
    counting = plans[0][1]
    assert counting.count("search_by_room") == ROOMS
    if connection.vendor == "postgresql":
        assert "Merge Append" in counting
        assert "Sort  " not in counting
    else:
        assert "USE TEMP B-TREE" not in counting


@pytest.mark.parametrize("query", [ELSEWHERE, "丙丁"])
def test_in_a_few_rooms_the_rooms_take_part_in_finding(archive: list[int], plans: list[Plan], query: str) -> None:
    """A word that is common elsewhere must not be looked up there."""
    find(Wanted(archive[-3:], parse(query).patterns))
    for sql, plan in plans:
        if connection.vendor == "postgresql":
            assert "search_by_room" in plan, plan
        elif "MATCH" in sql:
            assert uses_trigrams(plan)


def test_what_one_person_wrote_is_found_by_an_index(archive: list[int], plans: list[Plan]) -> None:
    author = Message.objects.values_list("author", flat=True)[0]
    assert author is not None
    assert find(Wanted(archive, people=[author])).messages
    assert find(Wanted(archive, [RARE], people=[author])) is not None
    assert [plan for _sql, plan in plans if reads_everything(plan, TABLE)] == []


def test_a_question_that_reads_all_is_noticed(archive: list[int], plans: list[Plan]) -> None:
    list(SearchEntry.objects.filter(words__contains="e"))
    assert reads_everything(plans[0][1], TABLE)
