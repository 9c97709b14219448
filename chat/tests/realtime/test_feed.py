"""Whatever the channel layer loses, doubles or turns round: every socket gets each change once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import uuid4

import msgspec
import pytest
from asgiref.sync import sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat import conf
from chat.actions.commit import commit
from chat.actions.memberships import add_members, remove_members
from chat.realtime import feed as feed_module
from chat.realtime.feed import Feed
from chat.realtime.reads import Changes, changes
from chat.realtime.socket import Socket
from chat.relay.rings import Event
from chat.tests.cast import Cast, committed
from chat.threads import in_watcher


def nobody(_one: object) -> None:
    """Where a test expects no call to matter."""


def heard(socket: Socket) -> list[int]:
    frames = [msgspec.json.decode(frame.text) for frame in socket.outbox._waiting]
    return [frame["revision"] for frame in frames if "revision" in frame]


def socket_of(person: int) -> Socket:
    return Socket(person, uuid4())


@pytest.fixture
async def stored(cast: Cast) -> tuple[int, list[Event]]:
    """The revision before and the events of twelve changes that are in the database."""
    start = cast.garden.last_revision
    posts = [cast.ana.post(cast.garden, f"{number}") for number in range(12)]
    await sync_to_async(lambda: committed(commit(posts)))()
    found = await sync_to_async(changes)(cast.garden.pk, start)
    assert found is not None
    assert len(found.events) == 12
    return start, found.events


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.conf.REORDER_SECONDS", 0)


async def settle(feed: Feed) -> None:
    while feed._repairing is not None and not feed._repairing.done():
        await feed._repairing


def follow(room: int, start: int) -> tuple[Feed, Socket]:
    feed, socket = Feed(room, asyncio.Lock(), nobody, nobody), socket_of(1)
    feed.attach(socket, start)
    return feed, socket


async def test_events_in_order_need_no_query(
    cast: Cast, stored: tuple[int, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, events = stored
    feed, socket = follow(cast.garden.pk, start)
    monkeypatch.setattr(feed_module, "changes", None)
    feed.receive(events)
    assert heard(socket) == [event.revision for event in events]
    assert feed._repairing is None


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_lost_doubled_and_turned_round_events_arrive_once_and_in_order(data: st.DataObject) -> None:
    """The pure part, many orders over: a plan of what arrives, against a repair that reads what is stored."""
    revisions = list(range(11, 31))
    arriving = data.draw(st.lists(st.sampled_from(revisions), max_size=40))
    asyncio.run(play(revisions, arriving))


async def play(revisions: Sequence[int], arriving: Sequence[int]) -> None:
    events = {revision: Event(revision, f'{{"revision":{revision}}}') for revision in revisions}

    async def repaired(_function: object, _room: int, after: int) -> object:
        await asyncio.sleep(0)
        missing = [event for revision, event in events.items() if revision > after]
        return Changes(missing[:7], missing[:7][-1].revision if missing else after)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chat.conf.REORDER_SECONDS", 0)
        patch.setattr(feed_module, "in_watcher", repaired)
        feed, socket = follow(1, 10)
        for number, revision in enumerate(arriving):
            feed.receive([events[revision]])
            if number % 3 == 0:
                await asyncio.sleep(0)
        feed.expect(revisions[-1])
        await settle(feed)
        assert heard(socket) == list(revisions)


async def test_a_gap_is_read_from_the_database(cast: Cast, stored: tuple[int, list[Event]]) -> None:
    start, events = stored
    feed, socket = follow(cast.garden.pk, start)
    feed.receive(events[6:8])
    assert heard(socket) == []
    await settle(feed)
    assert heard(socket) == [event.revision for event in events]


@pytest.mark.parametrize(("limit", "value"), [("EVENTS_HELD", 3), ("EVENTS_HELD_BYTES", 1000)])
async def test_what_waits_is_bounded_and_read_from_the_database_instead(
    cast: Cast, stored: tuple[int, list[Event]], monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    start, events = stored
    feed, socket = follow(cast.garden.pk, start)
    monkeypatch.setattr(conf, limit, value)
    feed.receive(events[1:])
    held = [event for revision in range(start, start + 20) if (event := feed._held.take(revision)) is not None]
    assert len(held) <= conf.EVENTS_HELD
    assert sum(event.size for event in held) <= conf.EVENTS_HELD_BYTES
    assert len(held) < len(events) - 1
    await settle(feed)
    assert heard(socket) == [event.revision for event in events]


async def test_a_lost_last_event_is_found_by_comparing(cast: Cast, stored: tuple[int, list[Event]]) -> None:
    start, events = stored
    feed, socket = follow(cast.garden.pk, start)
    feed.receive(events[:-1])
    feed.expect(events[-1].revision)
    await settle(feed)
    assert heard(socket) == [event.revision for event in events]


async def test_a_socket_that_comes_with_an_older_floor_gets_what_it_lacks_and_the_others_nothing_twice(
    cast: Cast, stored: tuple[int, list[Event]]
) -> None:
    start, events = stored
    feed, first = follow(cast.garden.pk, start)
    feed.receive(events)
    late = socket_of(2)
    feed.attach(late, events[8].revision)
    await settle(feed)
    assert heard(first) == [event.revision for event in events]
    assert heard(late) == [event.revision for event in events[9:]]


async def test_a_socket_that_comes_during_a_repair_misses_nothing(
    cast: Cast, stored: tuple[int, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, events = stored
    feed, first = follow(cast.garden.pk, events[5].revision)
    late = socket_of(2)

    async def attach_meanwhile(function: Callable[..., object], *arguments: object) -> object:
        found = await in_watcher(function, *arguments)
        if late not in feed.sockets:
            feed.attach(late, start)
        return found

    monkeypatch.setattr(feed_module, "in_watcher", attach_meanwhile)
    feed.expect(events[-1].revision)
    await settle(feed)
    assert heard(first) == [event.revision for event in events[6:]]
    assert heard(late) == [event.revision for event in events]


async def test_who_left_gets_nothing_after_it_though_the_leave_itself_was_lost(cast: Cast) -> None:
    start = cast.garden.last_revision
    feed = Feed(cast.garden.pk, asyncio.Lock(), nobody, nobody)
    ana, bia = socket_of(cast.ana.user.pk), socket_of(cast.bia.user.pk)
    feed.attach(ana, start)
    feed.attach(bia, start)

    def happen() -> None:
        commit([cast.ana.post(cast.garden, "before")])
        remove_members(room=cast.garden, users=[cast.bia.user])
        commit([cast.ana.post(cast.garden, "after")])

    await sync_to_async(happen)()
    feed.receive([Event(start + 3, '{"type":"message","revision":0}')])
    await settle(feed)
    assert heard(bia) == [start + 1]
    assert '"left"' in bia.outbox._waiting[-1].text
    assert heard(ana) == [start + 1, start + 2, start + 3]


async def test_joins_are_caught_up_with_as_messages_are(cast: Cast) -> None:
    start = cast.garden.last_revision
    joined: list[Event] = []
    feed = Feed(cast.garden.pk, asyncio.Lock(), joined.append, nobody)
    ana = socket_of(cast.ana.user.pk)
    feed.attach(ana, start)
    await sync_to_async(add_members)(room=cast.garden, users=[cast.caio.user])
    feed.expect(start + 1)
    await settle(feed)
    assert heard(ana) == [start + 1]
    assert [event.joined for event in joined] == [cast.caio.user.pk]


async def test_a_room_far_behind_is_repaired_page_by_page(cast: Cast) -> None:
    start = cast.garden.last_revision
    for _ in range(3):
        await sync_to_async(commit)([cast.ana.post(cast.garden) for _ in range(150)])
    feed, socket = follow(cast.garden.pk, start)
    feed.expect(start + 450)
    await settle(feed)
    assert heard(socket) == list(range(start + 1, start + 451))


async def test_a_room_that_is_gone_is_told(cast: Cast) -> None:
    gone: list[int] = []
    feed = Feed(10**9, asyncio.Lock(), nobody, gone.append)
    feed.attach(socket_of(1), 1)
    feed.expect(2)
    await settle(feed)
    assert gone == [10**9]


async def test_one_room_at_a_time_is_repaired(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Redis comes back all rooms may lack something, and the threads that read it check sessions too."""
    at_once = [0]

    async def counted(_function: object, _room: int, after: int) -> Changes:
        at_once.append(at_once[-1] + 1)
        await asyncio.sleep(0)
        at_once.append(at_once[-1] - 1)
        return Changes([Event(after + 1, "{}")], after + 1)

    monkeypatch.setattr(feed_module, "in_watcher", counted)
    turn = asyncio.Lock()
    feeds = [Feed(room, turn, nobody, nobody) for room in range(5)]
    for feed in feeds:
        feed.attach(socket_of(1), 1)
        feed.expect(3)
    for feed in feeds:
        await settle(feed)
    assert [feed.sent for feed in feeds] == [3] * 5
    assert max(at_once) == 1
