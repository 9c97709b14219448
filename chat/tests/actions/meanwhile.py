"""What another process does at the same time: in a thread, with a connection of its own."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction
from django.db.models import Model

T = TypeVar("T")

on_postgres = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for the whole database")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows")


@contextmanager
def waiting_for(row: Model, function: Callable[[], T]) -> Iterator[Future[T]]:
    """The block runs while the function waits for this row. After the block it gets it, and ends."""
    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        type(row)._default_manager.select_for_update().get(pk=row.pk)
        future = thread.submit(elsewhere, function)
        _until_somebody_waits()
        yield future


@contextmanager
def locked_elsewhere(row: Model) -> Iterator[None]:
    """Somebody else has this row, in SQLite the whole database, while the block runs."""
    taken, enough = Event(), Event()

    @transaction.atomic()
    def hold() -> None:
        type(row)._default_manager.select_for_update().get(pk=row.pk)
        taken.set()
        enough.wait()

    with ThreadPoolExecutor(1) as thread:
        held = thread.submit(elsewhere, hold)
        try:
            assert taken.wait(5)
            yield
        finally:
            enough.set()
        held.result()


def elsewhere(function: Callable[[], T]) -> T:
    """To be called in a thread: its connection ends with it."""
    try:
        return function()
    finally:
        connections.close_all()


def _until_somebody_waits() -> None:
    deadline = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise TimeoutError("nobody waits")
