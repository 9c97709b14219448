"""A batch that the database does not take as a whole is stored in parts, and given up where nothing answers."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from chat import conf
from chat.actions import commit as commit_module
from chat.actions.changes import Change, Committed
from chat.actions.commit import Outcome, commit
from chat.actions.rooms import create_room
from chat.errors import Unavailable
from chat.models import Message, Room
from chat.protocol.commands import Post
from chat.tests.actions.meanwhile import on_postgres, on_sqlite
from chat.tests.cast import Cast, committed

Store = Callable[[Sequence[Change]], list[Outcome]]


@pytest.fixture
def rooms(cast: Cast) -> list[Room]:
    return [create_room(name=f"room {number}", members=[cast.ana.user]) for number in range(5)]


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many changes each transaction was to store."""
    sizes: list[int] = []
    store: Store = commit_module._store

    def counted(changes: Sequence[Change]) -> list[Outcome]:
        sizes.append(len(changes))
        return store(changes)

    monkeypatch.setattr(commit_module, "_store", counted)
    return sizes


@contextmanager
def locked(*rooms: Room) -> Iterator[None]:
    """Somebody else has these rooms' rows."""
    parameters = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}
    with ExitStack() as stack, closing(psycopg.connect(**parameters)) as other:
        stack.enter_context(other.transaction(force_rollback=True))
        other.execute("SELECT 1 FROM chat_room WHERE id = ANY(%s) FOR UPDATE", ([room.pk for room in rooms],))
        yield


def kinds(outcomes: Sequence[Outcome]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


@on_postgres
def test_a_locked_room_leaves_the_others_alone(cast: Cast, rooms: list[Room]) -> None:
    with locked(rooms[1]):
        outcomes = commit([cast.ana.post(room) for room in rooms])
    assert kinds(outcomes) == [Committed, Unavailable, Committed, Committed, Committed]


@on_postgres
def test_for_no_more_than_a_few_locked_rooms_is_waited(cast: Cast, rooms: list[Room], attempts: list[int]) -> None:
    with locked(*rooms[1:]):
        outcomes = commit([cast.ana.post(room) for room in rooms])
    assert kinds(outcomes) == [Committed, *[Unavailable] * 4]
    assert attempts == [5, 1, *[1] * conf.LOCKED_PARTS]


@on_sqlite
def test_a_database_locked_as_a_whole_is_asked_twice(cast: Cast, rooms: list[Room], attempts: list[int]) -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        outcomes = commit([cast.ana.post(room) for room in rooms])
    assert kinds(outcomes) == [Unavailable] * 5
    assert attempts == [5, 1]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """The server ends the connection of the next so many transactions while they post."""

    def prepare(times: int) -> None:
        verb = commit_module._WRITING[Post]
        left = [True] * times

        def cutting(*arguments: Any) -> Committed:
            if left:
                left.pop()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return verb(*arguments)

        monkeypatch.setattr(commit_module, "_WRITING", {**commit_module._WRITING, Post: cutting})

    return prepare


@on_postgres
def test_a_database_that_went_away_is_asked_twice(
    cast: Cast, rooms: list[Room], attempts: list[int], cut: Callable[[int], None]
) -> None:
    cut(5)
    assert kinds(commit([cast.ana.post(room) for room in rooms])) == [Unavailable] * 5
    assert attempts == [5, 1]


@on_postgres
def test_a_connection_that_broke_once_loses_nothing(cast: Cast, rooms: list[Room], cut: Callable[[int], None]) -> None:
    cut(1)
    committed(commit([cast.ana.post(room) for room in rooms]))
    assert Message.objects.count() == 5
