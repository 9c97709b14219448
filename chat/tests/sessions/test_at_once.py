"""One session, written from its socket and by pages at once, a thousand times: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from chat.actions.commit import commit
from chat.models import Session
from chat.sessions.devices import mark_seen
from chat.sessions.engine import SessionStore
from chat.tests.cast import Cast, committed

TIMES = 1_000
THREADS = 4
Together = Callable[..., None]


@pytest.fixture
def together() -> Iterator[Together]:
    """Runs functions at the same time, each in a thread with a connection of its own, and waits for all."""
    threads = ThreadPoolExecutor(THREADS)

    def run(*functions: Callable[[], Any]) -> None:
        for done in [threads.submit(function) for function in functions]:
            done.result()

    yield run
    run(*[connections.close_all] * THREADS)
    threads.shutdown()


def request(key: str | None) -> SessionStore:
    """A page's request that has come in and read its session."""
    session = SessionStore(key)
    assert "_auth_user_id" in session
    return session


def test_a_socket_and_two_pages_lose_nothing_of_each_other(cast: Cast, together: Together) -> None:
    """Both requests have read the session before anybody writes it; every tenth time the cookie is new besides."""
    device, key = cast.ana.session.device, cast.ana.session.session_key
    rows, written = Session.objects.filter(device=device), dict[str, int]()
    for number in range(TIMES):
        room = (cast.general, cast.garden)[number % 2]
        rows.update(last_seen=timezone.now() - timedelta(days=1))
        first = request(key)
        if number % 10 == 0:
            first.cycle_key()
        second = request(first.session_key)
        for session, name in ((first, f"first {number % 5}"), (second, f"second {number % 5}")):
            session[name] = written[name] = number

        together(
            first.save,
            second.save,
            lambda: committed(commit([cast.ana.open(room)])),  # noqa: B023  # it is done before the next round
            lambda: mark_seen([device]),
        )

        row, key = rows.get(), str(first.session_key)
        assert (row.last_room, row.session_key) == (room, key)
        assert row.last_seen > timezone.now() - timedelta(hours=1)
        assert written.items() <= dict(request(key).items()).items()
