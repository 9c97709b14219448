"""Finding gives what looking at every message would give, whichever of its ways it goes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from random import Random

import pytest
from django.db import OperationalError, connection, transaction

from chat import conf
from chat.actions.commit import commit
from chat.actions.memberships import add_members
from chat.actions.rooms import create_room
from chat.models import Message, Room, SearchEntry
from chat.models.finding import Found, Wanted, find
from chat.models.search_index import from_index
from chat.search.query import parse
from chat.search.words import searchable
from chat.tests.actions.meanwhile import elsewhere, on_postgres
from chat.tests.cast import Cast, committed

WORDS = [
    "tea",
    "Tee",
    "steam",
    "the",
    "an",
    "oi",
    "coisa",
    "São",
    "sao",
    "東京",
    "京都",
    "東",
    "привет",
    "при",
    "👍",
    "x-ray",
]
QUERIES = [
    *WORDS,
    "te",
    "t",
    "zz",
    "京東",
    '"tea"',
    '"tea the"',
    "tea the",
    "tea 東",
    "a o",
    "ray",
    "eam",
    "тест",
    "пр",
]
# How many messages are looked at first, taken from the index, and looked at after that; and rooms asked about at once.
WAYS: dict[str, dict[str, int]] = {
    "as it is": {},
    "by looking": {"SEARCH_NEAR": 1_000},
    "by the index": {"SEARCH_NEAR": 1},
    "by the index alone where it has few": {"SEARCH_NEAR": 3, "SEARCH_MATCHES": 4, "SEARCH_FAR": 5},
    "by looking further": {"SEARCH_NEAR": 2, "SEARCH_MATCHES": 0, "SEARCH_FAR": 3},
    "room by room": {"SEARCH_NEAR": 2, "SEARCH_MATCHES": 6, "SEARCH_FAR": 4, "SEARCH_ROOMS": 1},
}


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "SEARCH_HITS", 3)
    for name, value in request.param.items():
        monkeypatch.setattr(conf, name, value)


@pytest.fixture
def rooms(cast: Cast) -> list[Room]:
    """Three rooms in which Ana and Bia talk at random, and one of Bia's alone."""
    people = [cast.ana.user, cast.bia.user]
    return [
        cast.general,
        cast.garden,
        create_room(name="attic", members=people),
        create_room(name="study", members=people[1:]),
    ]


@pytest.fixture
def talk(cast: Cast, rooms: list[Room]) -> list[Message]:
    """All that was said, newest first."""
    chance = Random(1)
    changes = []
    for _ in range(60):
        room = chance.choice(rooms)
        speaker = cast.bia if room == rooms[-1] else chance.choice([cast.ana, cast.bia])
        changes.append(speaker.post(room, " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))))
    committed(commit([*changes, cast.bia.post(rooms[-1], "the the the")]))
    deleted = Message.objects.filter(author=cast.ana.user).first()
    assert deleted is not None
    committed(commit([cast.ana.delete(deleted.room, deleted.position)]))
    return list(Message.objects.filter(deleted=False).order_by("-created", "-pk"))


def pages(wanted: Wanted) -> Iterator[Found]:
    """One after the other, to the end."""
    before: int | None = wanted.before
    while before is not None:
        page = find(replace(wanted, before=before))
        assert page.older is None or page.older < before, "no page may come twice"
        assert len(page.messages) == conf.SEARCH_HITS or page.older is None or page.is_short
        yield page
        before = page.older


def found(wanted: Wanted) -> list[int]:
    return [message for page in pages(wanted) for message in page.messages]


def by_hand(talk: list[Message], wanted: Wanted) -> list[int]:
    return [
        message.pk
        for message in talk
        if message.room_id in wanted.rooms
        and (wanted.people is None or message.author_id in wanted.people)
        and all(pattern in searchable(message.body) for pattern in wanted.patterns)
    ]


@pytest.mark.usefixtures("way")
def test_every_way_finds_the_same_in_the_same_order(cast: Cast, rooms: list[Room], talk: list[Message]) -> None:
    own = [room.pk for room in rooms[:-1]]
    everybody = [cast.ana.user.pk, cast.bia.user.pk]
    scopes = cycle([(own, None), (own[:1], None), (own, everybody[:1]), (own[1:], everybody)])
    hits = 0
    for query, (scope, people) in zip(QUERIES * 2, scopes, strict=False):
        wanted = Wanted(scope, parse(query).patterns, people)
        assert found(wanted) == by_hand(talk, wanted), wanted
        hits += len(by_hand(talk, wanted))
    assert hits > 100, "the test is worth nothing if nothing is found"


@pytest.mark.usefixtures("way")
def test_without_words_all_that_a_person_wrote_is_found(cast: Cast, rooms: list[Room], talk: list[Message]) -> None:
    wanted = Wanted([room.pk for room in rooms[:-1]], people=[cast.ana.user.pk])
    assert found(wanted) == by_hand(talk, wanted) != []


@pytest.mark.usefixtures("way")
def test_days_are_kept_to(cast: Cast, rooms: list[Room], talk: list[Message]) -> None:
    moments = dict(SearchEntry.objects.values_list("message", "moment"))
    everywhere = [room.pk for room in rooms]
    for query in ("the", "東", "привет", "zzz"):
        patterns = parse(query).patterns
        after, before = moments[talk[-10].pk], moments[talk[10].pk]
        expected = [pk for pk in by_hand(talk, Wanted(everywhere, patterns)) if after <= moments[pk] < before]
        assert found(Wanted(everywhere, patterns, after=after, before=before)) == expected


@pytest.mark.usefixtures("way")
def test_pages_stay_as_they_are_while_messages_arrive(cast: Cast, rooms: list[Room], talk: list[Message]) -> None:
    wanted = Wanted([rooms[0].pk, rooms[1].pk], parse("the").patterns)
    expected = by_hand(talk, wanted)
    seen = []
    for page in pages(wanted):
        seen += page.messages
        committed(commit([cast.ana.post(rooms[0], "the newest")]))
    assert seen == expected


@pytest.mark.usefixtures("way")
def test_in_no_room_nothing_is_found(talk: list[Message]) -> None:
    assert find(Wanted([], parse("the").patterns)) == Found([])


def test_a_page_is_full_and_knows_where_to_go_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "SEARCH_HITS", 2)
    committed(commit([cast.ana.post(cast.general, "tea") for _ in range(4)]))
    newest = list(Message.objects.order_by("-pk").values_list("pk", flat=True))
    wanted = Wanted([cast.general.pk], ["tea"])
    first = find(wanted)
    assert (first.messages, first.is_short) == (newest[:2], False)
    assert first.older is not None
    assert find(replace(wanted, before=first.older)) == Found(newest[2:])


def test_what_was_looked_for_in_vain_for_long_says_how_far(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SEARCH_NEAR": 2, "SEARCH_MATCHES": 1, "SEARCH_FAR": 3}.items():
        monkeypatch.setattr(conf, name, value)
    committed(commit([cast.ana.post(cast.general, "tea"), cast.ana.post(cast.general, "tea")]))
    committed(commit([cast.ana.post(cast.general, "coffee") for _ in range(8)]))
    wanted = Wanted([cast.general.pk], ["tea"])
    first = find(wanted)
    assert (first.messages, first.is_short) == ([], True)
    assert [len(page.messages) for page in pages(wanted)] == [0, 2]


def test_a_message_of_long_ago_that_comes_late_has_its_place_among_the_old(cast: Cast) -> None:
    """As when an archive is brought in: what counts is when it was sent."""
    committed(commit([cast.ana.post(cast.general, "tea"), cast.ana.post(cast.general, "tea of old")]))
    newer, older = Message.objects.order_by("pk")
    older.created = newer.created.replace(year=2019, day=1)
    older.save()
    assert find(Wanted([cast.general.pk], ["tea"])).messages == [newer.pk, older.pk]


def test_a_room_or_a_person_of_a_high_number_is_told_from_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite both are written into the index with characters of a limited number."""
    monkeypatch.setattr(conf, "SEARCH_NEAR", 1)
    numbers = [6_399, 6_400, 40_959_999, 40_960_000, 4_225_000_001]
    for number in numbers:
        room = Room.objects.create(pk=number, name=f"room {number}")
        add_members(room=room, users=[cast.ana.user])
        committed(commit([cast.ana.post(room, "tea"), cast.ana.post(room, "more tea")]))
    for number in numbers:
        assert len(find(Wanted([number], ["tea"], [cast.ana.user.pk])).messages) == 2
        assert find(Wanted([number], ["tea"], [cast.ana.user.pk + 65_000])).messages == []


@on_postgres
@pytest.mark.parametrize("seconds", [0.05, 30])
def test_an_index_that_does_not_answer_is_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """After its own time; a failure of another kind, as to wait for a lock for too long, is none of its business."""
    monkeypatch.setattr(conf, "SEARCH_SECONDS", seconds)
    wanted = Wanted([cast.general.pk], ["tea"])
    with ThreadPoolExecutor(1) as thread, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE chat_searchentry")
        asked = thread.submit(elsewhere, lambda: from_index(wanted.hits, wanted.patterns, wanted.rooms, None))
        if seconds < 1:
            assert asked.result() is None
        else:
            with pytest.raises(OperationalError, match="lock timeout"):
                asked.result()
