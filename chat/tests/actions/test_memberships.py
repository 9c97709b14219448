"""Joining and leaving."""

import pytest

from chat.actions.accounts import anonymise
from chat.actions.commit import commit
from chat.actions.memberships import add_members, remove_members
from chat.actions.rooms import create_room, save_room
from chat.errors import Forbidden, NotAMember
from chat.models import Membership, Message, Session, User
from chat.tests.cast import Cast, commit_one, committed, fresh


def test_joining_and_leaving_take_revisions(cast: Cast) -> None:
    before = fresh(cast.garden).last_revision
    add_members(room=cast.garden, users=[cast.caio.user])
    remove_members(room=cast.garden, users=[cast.caio.user])
    place = Membership.objects.get(room=cast.garden, user=cast.caio.user)
    assert (place.active, place.revision) == (False, before + 2)
    assert fresh(cast.garden).last_revision == before + 2


def test_adding_somebody_who_is_in_already_changes_nothing(cast: Cast) -> None:
    before = fresh(cast.garden).last_revision
    add_members(room=cast.garden, users=[cast.ana.user])
    assert fresh(cast.garden).last_revision == before


def test_what_was_said_before_one_joined_is_not_unread(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.ana.post(cast.garden)]))
    add_members(room=cast.garden, users=[cast.caio.user])
    assert Membership.objects.get(room=cast.garden, user=cast.caio.user).read == 2


def test_who_was_removed_can_change_nothing(cast: Cast) -> None:
    committed(commit([cast.bia.post(cast.garden)]))
    remove_members(room=cast.garden, users=[cast.bia.user])
    outcomes = commit([cast.bia.post(cast.garden), cast.bia.edit(cast.garden, 1), cast.bia.read(cast.garden, 1)])
    assert [type(outcome) for outcome in outcomes] == [NotAMember] * 3


def test_nobody_leaves_a_room_that_everyone_is_in(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        remove_members(room=cast.general, users=[cast.ana.user])
    committed(commit([cast.ana.post(cast.general)]))


def test_whoever_is_made_a_user_is_in_the_rooms_that_everyone_is_in(cast: Cast) -> None:
    new = User.objects.create(username="davi")
    assert list(new.rooms) == [cast.general]


@pytest.mark.parametrize("fields", [None, ["is_active"]])
def test_who_becomes_active_again_is_in_the_rooms_given_to_everyone_meanwhile(
    cast: Cast, fields: list[str] | None
) -> None:
    caio = cast.caio.user
    caio.is_active = False
    caio.save()
    cast.garden.everyone = True
    save_room(room=cast.garden)
    assert cast.garden not in caio.rooms
    caio.is_active = True
    caio.save(update_fields=fields)
    assert cast.garden in caio.rooms


def test_an_archived_room_takes_nothing_more(cast: Cast) -> None:
    type(cast.garden).objects.filter(pk=cast.garden.pk).update(archived=True)
    assert isinstance(commit_one(cast.ana.post(cast.garden)), NotAMember)


def test_a_new_room_has_its_members(cast: Cast) -> None:
    room = create_room(name="kitchen", kind="closed", members=[cast.caio.user])
    assert list(cast.caio.user.rooms) == [cast.general, room]
    assert room not in cast.ana.user.rooms


def test_an_anonymised_account_leaves_its_messages_and_nothing_else(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden, "stays")]))
    anonymise(user=cast.ana.user)
    user = User.objects.get(pk=cast.ana.user.pk)
    assert "ana" not in f"{user.username}{user.full_name}{user.email}".lower()
    assert not user.is_active
    assert not Session.objects.filter(user=user).exists()
    assert Message.objects.get().author == user
    assert cast.garden not in user.rooms


def test_an_anonymised_account_leaves_archived_rooms_too(cast: Cast) -> None:
    cast.garden.archived = True
    save_room(room=cast.garden)
    anonymise(user=cast.ana.user)
    cast.garden.archived = False
    save_room(room=cast.garden)
    assert cast.garden not in cast.ana.user.rooms


def test_deleting_an_account_by_the_orm_keeps_its_messages(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden, "stays")]))
    cast.ana.user.delete()
    assert Message.objects.get().author is None
