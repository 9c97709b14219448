"""Hundreds who come back at once ask for the same page: it is read once, and never when it is another by then."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import conf
from chat.actions.commit import commit
from chat.actions.memberships import remove_members
from chat.errors import NotAMember
from chat.models import Message
from chat.protocol.codec import encode
from chat.protocol.commands import CatchUp
from chat.realtime.reads import _page, catch_up
from chat.tests.cast import Cast, Person, committed, make_cast


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    committed(commit([cast.ana.post(cast.garden, f"number {number}") for number in range(3)]))
    return cast


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nor does a page get too old while a test runs."""
    monkeypatch.setattr(conf, "PAGE_SHARED_SECONDS", 1e9)
    _page.cache_clear()
    yield
    _page.cache_clear()


def ask(person: Person, cast: Cast, ref: str = "c", after: int = 0) -> str:
    return encode(catch_up(person.actor, CatchUp(ref=ref, room=cast.garden.pk, revision=after)))


def test_the_same_page_is_read_once(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        first, second = ask(cast.ana, cast, "a"), ask(cast.bia, cast, "b")
    assert first == second.replace('"ref":"b"', '"ref":"a"')
    reading = [query for query in queries if Message._meta.db_table in query["sql"]]
    assert len(reading) == 1


def test_a_change_makes_it_another_page(cast: Cast) -> None:
    assert "number 1" in ask(cast.ana, cast)
    committed(commit([cast.ana.delete(cast.garden, 2), cast.ana.edit(cast.garden, 3, "another word")]))
    later = ask(cast.bia, cast)
    assert "number 1" not in later
    assert "another word" in later


def test_who_asks_from_elsewhere_gets_another_page(cast: Cast) -> None:
    ask(cast.ana, cast)
    behind = cast.garden.last_revision + 2
    assert "number 1" not in ask(cast.bia, cast, after=behind)
    assert "number 2" in ask(cast.bia, cast, after=behind)


def test_who_was_removed_gets_no_page_though_others_have_it(cast: Cast) -> None:
    remove_members(room=cast.garden, users=[cast.bia.user])
    ask(cast.ana, cast)
    with pytest.raises(NotAMember):
        ask(cast.bia, cast)


def test_a_page_is_not_shared_for_long_as_people_change_their_names(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PAGE_SHARED_SECONDS", 1e-9)
    ask(cast.ana, cast)
    cast.ana.user.full_name = "Ana Lima"
    cast.ana.user.save()
    assert "Ana Lima" in ask(cast.bia, cast)
