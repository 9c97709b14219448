"""What calls a person and has not been read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from chat.actions.commit import commit
from chat.actions.memberships import add_members, remove_members
from chat.models import Membership, Mention, Room, User
from chat.tests.cast import Cast, Person, committed


def unread(person: Person) -> list[tuple[int, int]]:
    found = Mention.objects.unread_by(person.user)
    return [(room, position) for room, positions in found.items() for position in positions]


@pytest.fixture
def called(cast: Cast) -> Cast:
    """Ana calls Bia in the garden, and everybody in general."""
    committed(
        commit([cast.ana.post(cast.garden, "@bia"), cast.ana.post(cast.garden), cast.ana.post(cast.general, "@all")])
    )
    return cast


def test_those_who_are_called_have_it_unread(called: Cast) -> None:
    assert unread(called.bia) == sorted([(called.garden.pk, 1), (called.general.pk, 1)])
    assert unread(called.caio) == [(called.general.pk, 1)]
    assert unread(called.ana) == []


def test_what_is_read_counts_no_more(called: Cast) -> None:
    committed(commit([called.bia.read(called.garden, 1)]))
    assert unread(called.bia) == [(called.general.pk, 1)]
    committed(commit([called.bia.read(called.general, 1)]))
    assert unread(called.bia) == []


def test_a_room_that_may_not_call_does_not(called: Cast) -> None:
    Membership.objects.filter(room=called.general, user=called.bia.user).update(notify="none")
    Membership.objects.filter(room=called.garden, user=called.bia.user).update(notify="all")
    assert unread(called.bia) == [(called.garden.pk, 1)]
    assert unread(called.caio) == [(called.general.pk, 1)]


def test_an_archived_room_does_not_call(called: Cast) -> None:
    Room.objects.filter(pk=called.garden.pk).update(archived=True)
    assert unread(called.bia) == [(called.general.pk, 1)]


def test_who_has_left_is_not_called_and_who_comes_later_neither(called: Cast) -> None:
    remove_members(room=called.garden, users=[called.bia.user])
    assert unread(called.bia) == [(called.general.pk, 1)]
    add_members(room=called.garden, users=[called.bia.user, called.caio.user])
    assert unread(called.bia) == unread(called.caio) == [(called.general.pk, 1)]


def test_what_a_former_account_called_stays(called: Cast) -> None:
    Mention.objects.update(author=None)
    assert (called.general.pk, 1) in unread(called.bia)


def test_those_who_were_there_before_can_be_called(cast: Cast) -> None:
    User.objects.update(handle="")
    import_module("chat.migrations.0011_fold_usernames").fold_usernames(apps, connection.schema_editor())
    committed(commit([cast.ana.post(cast.garden, "@bia")]))
    assert unread(cast.bia) == [(cast.garden.pk, 1)]
