"""What is searched follows what is said, in the same commit, whichever way it is stored."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import NotSupportedError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat import conf
from chat.actions.accounts import anonymise
from chat.actions.commit import commit
from chat.actions.moderation import moderate
from chat.models import Message, SearchEntry
from chat.models.search_entry import moment
from chat.search.words import spelled
from chat.tests.cast import Cast, committed

filling = import_module("chat.migrations.0013_search_what_is_there")


def indexed(trigram: str) -> list[int]:
    """The positions of the messages that the index itself knows with this trigram, whatever their entries say."""
    by_trigram = "message_id IN (SELECT rowid FROM chat_searchindex WHERE chat_searchindex MATCH %s)"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            by_trigram = "spelled LIKE '%%' || %s || '%%'"
        cursor.execute(
            f"SELECT position FROM chat_searchentry JOIN chat_message ON id = message_id WHERE {by_trigram} ORDER BY position",
            [spelled(trigram)],
        )
        return [position for (position,) in cursor.fetchall()]


def post(cast: Cast, *bodies: str) -> None:
    committed(commit([cast.ana.post(cast.garden, body) for body in bodies]))


def test_a_message_is_indexed_when_it_is_posted(cast: Cast) -> None:
    post(cast, "Olá, Zoë")
    entry = SearchEntry.objects.get()
    message = Message.objects.get()
    assert (entry.words, entry.room_id, entry.author_id) == ("  ola  zoe  ", cast.garden.pk, cast.ana.user.pk)
    assert entry.moment == moment(message.created, message.pk)
    assert indexed("ola") == indexed("zoe") == [1]


def test_an_edit_is_followed(cast: Cast) -> None:
    post(cast, "coffee", "coffee")
    committed(commit([cast.ana.edit(cast.garden, 1, "tea")]))
    assert (indexed("cof"), indexed("tea")) == ([2], [1])


def test_a_deletion_is_followed(cast: Cast) -> None:
    post(cast, "coffee", "coffee")
    committed(commit([cast.ana.delete(cast.garden, 1)]))
    assert indexed("cof") == [2]
    assert SearchEntry.objects.count() == 1


def test_what_is_posted_edited_and_deleted_in_one_batch_leaves_nothing(cast: Cast) -> None:
    changes = [
        cast.ana.post(cast.garden, "coffee"),
        cast.ana.edit(cast.garden, 1, "tea"),
        cast.ana.delete(cast.garden, 1),
    ]
    committed(commit(changes))
    assert SearchEntry.objects.count() == 0
    assert indexed("cof") == indexed("tea") == []


def test_moderation_is_followed(cast: Cast) -> None:
    post(cast, "coffee", "coffee", "coffee")
    moderate(messages=Message.objects.filter(position__lt=3))
    assert indexed("cof") == [3]


def test_rows_that_are_updated_at_once_are_followed(cast: Cast) -> None:
    post(cast, "coffee", "coffee")
    Message.objects.filter(position=1).update(body="tea")
    assert (indexed("cof"), indexed("tea")) == ([2], [1])
    messages = list(Message.objects.all())
    for message in messages:
        message.body = "milk"
    Message.objects.bulk_update(messages, ["body"])
    assert (indexed("cof"), indexed("tea"), indexed("mil")) == ([], [], [1, 2])
    Message.objects.update(deleted=True)
    assert indexed("mil") == []


def test_a_row_that_is_saved_is_followed(cast: Cast) -> None:
    post(cast, "coffee")
    message = Message.objects.get()
    message.body, message.created = "tea", timezone.now()
    message.save(update_fields=["created"])  # the new body is not stored
    assert SearchEntry.objects.get().moment == moment(message.created, message.pk)
    assert (indexed("cof"), indexed("tea")) == ([1], [])
    message.save()
    assert (indexed("cof"), indexed("tea")) == ([], [1])


def test_what_is_rolled_back_was_never_there(cast: Cast) -> None:
    post(cast, "coffee")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Message.objects.update(body="tea")
        raise ZeroDivisionError
    assert (indexed("cof"), indexed("tea")) == ([1], [])


def test_what_does_not_change_the_words_leaves_the_index_alone(cast: Cast) -> None:
    """A reaction changes the message's row, and an edit may change its punctuation."""
    post(cast, "coffee")
    with CaptureQueriesContext(connection) as queries:
        Message.objects.update(revision=9, body="Coffee!")
    written = [one["sql"] for one in queries if "searchentry" in one["sql"] and not one["sql"].startswith("SELECT")]
    assert written == []


def test_files_are_found_by_their_names(cast: Cast) -> None:
    post(cast, "look", "look")
    Message.objects.filter(position=2).update(attachments=[{"name": "Relatório final.pdf"}, {"name": "b.png"}])
    assert indexed("rel") == indexed("pdf") == indexed("png") == [2]
    assert indexed("loo") == [1, 2]


def test_the_messages_of_a_closed_account_stay(cast: Cast) -> None:
    post(cast, "coffee")
    anonymise(user=cast.ana.user)
    assert indexed("cof") == [1]


def test_the_messages_of_a_deleted_account_stay(cast: Cast) -> None:
    post(cast, "coffee")
    cast.ana.user.delete()
    assert SearchEntry.objects.get().author_id is None
    assert indexed("cof") == [1]


def test_a_message_without_words_has_an_entry_too(cast: Cast) -> None:
    post(cast, "!?")
    assert SearchEntry.objects.get().words == "  "


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_the_migration_indexes_what_is_there(cast: Cast, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    post(cast, "coffee", "tea", "milk", "water")
    committed(commit([cast.ana.delete(cast.garden, 4)]))
    before = list(SearchEntry.objects.order_by("pk").values())
    monkeypatch.setattr(filling, "ROWS", rows)
    SearchEntry.objects.filter(words__contains="tea").delete()  # it had been cut short
    filling.add_entries(apps, None)
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    SearchEntry.objects.all().delete()
    filling.add_entries(apps, None)
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    assert [indexed(word) for word in ("cof", "tea", "mil", "wat")] == [[1], [2], [3], []]


@pytest.mark.parametrize("rows", [1, 2, 500])
def test_what_was_written_past_the_index_can_be_brought_in_line(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    """As by a server of an older release, while the release is changed."""
    post(cast, "coffee", "tea", "milk")
    monkeypatch.setattr(conf, "JOB_ROWS", rows)
    monkeypatch.setattr(conf, "JOB_PAUSE_SECONDS", 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chat_message SET body = 'water' WHERE position = 1")
        cursor.execute("UPDATE chat_message SET deleted = true WHERE position = 2")
    SearchEntry.objects.filter(words__contains="milk").delete()
    output = io.StringIO()
    call_command("index_messages", stdout=output)
    assert output.getvalue() == "3 messages looked at.\n"
    assert [indexed(word) for word in ("cof", "tea", "wat", "mil")] == [[], [], [1], [3]]


def test_an_sqlite_that_is_too_old_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    preparing = import_module("chat.migrations.0012_search_entry")
    monkeypatch.setattr(preparing.sqlite3, "sqlite_version_info", (3, 34, 1))
    editor = SimpleNamespace(connection=SimpleNamespace(vendor="sqlite"))
    with pytest.raises(NotSupportedError, match="too old to be searched"):
        preparing.prepare_index(apps, editor)


def test_moments_are_in_the_order_of_time_and_each_is_given_once() -> None:
    now = timezone.now()
    later = now + timedelta(milliseconds=1)
    assert moment(now) < moment(now, 1) < moment(now, 2) < moment(now, 2**21 - 1) < moment(later) < moment(later, 1)


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_every_moment_fits_into_a_column(year: int) -> None:
    assert -(2**63) <= moment(datetime(year, 1, 1, tzinfo=UTC), 2**63 - 1) < 2**63
