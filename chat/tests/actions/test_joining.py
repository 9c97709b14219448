"""People come and go by themselves, and bring others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chat.actions.commit import commit
from chat.actions.joining import invite, join_room, leave_room, take_out
from chat.actions.rooms import create_room
from chat.errors import BadQuery, ChatError, Forbidden, NotAMember, NotFound
from chat.models import Membership, Room, User
from chat.tests.actions.meanwhile import on_postgres, waiting_for
from chat.tests.cast import Cast, commit_one, committed, fresh


@pytest.fixture
def square(cast: Cast) -> Room:
    return create_room(name="square", creator=cast.ana.user, members=[cast.ana.user, cast.bia.user])


def test_joining_and_leaving_each_take_a_revision(cast: Cast, square: Room) -> None:
    before = fresh(square).last_revision
    join_room(by=cast.caio.user, room_id=square.pk)
    committed(commit([cast.caio.post(square)]))
    leave_room(by=cast.caio.user, room_id=square.pk)
    assert fresh(square).last_revision == before + 3
    assert isinstance(commit_one(cast.caio.post(square)), NotAMember)


def test_joining_twice_is_joining_once(cast: Cast, square: Room) -> None:
    join_room(by=cast.caio.user, room_id=square.pk)
    before = fresh(square).last_revision
    join_room(by=cast.caio.user, room_id=square.pk)
    assert fresh(square).last_revision == before


def test_leaving_twice_is_refused(cast: Cast, square: Room) -> None:
    leave_room(by=cast.bia.user, room_id=square.pk)
    with pytest.raises(Forbidden):
        leave_room(by=cast.bia.user, room_id=square.pk)


def test_who_comes_back_has_read_what_was_said_meanwhile_and_keeps_the_level(cast: Cast, square: Room) -> None:
    Membership.objects.filter(room=square, user=cast.bia.user).update(notify="none")
    leave_room(by=cast.bia.user, room_id=square.pk)
    committed(commit([cast.ana.post(square)]))
    join_room(by=cast.bia.user, room_id=square.pk)
    place = Membership.objects.get(room=square, user=cast.bia.user)
    assert (place.active, place.read, place.notify) == (True, 1, "none")


def test_a_member_of_a_closed_room_brings_others_in(cast: Cast) -> None:
    invite(by=cast.bia.user, room_id=cast.garden.pk, user_ids=[cast.caio.user.pk, cast.ana.user.pk])
    committed(commit([cast.caio.post(cast.garden)]))


def test_nobody_is_brought_in_with_somebody_who_is_not_there(cast: Cast) -> None:
    gone = User.objects.create(username="gone", is_active=False)
    for missing in (gone.pk, 987654321):
        with pytest.raises(NotFound):
            invite(by=cast.ana.user, room_id=cast.garden.pk, user_ids=[cast.caio.user.pk, missing])
    assert cast.garden not in cast.caio.user.rooms


def test_too_many_are_not_brought_in(cast: Cast) -> None:
    with pytest.raises(BadQuery):
        invite(by=cast.ana.user, room_id=cast.garden.pk, user_ids=list(range(1, 200)))


def test_whoever_made_the_room_takes_others_out(cast: Cast, square: Room) -> None:
    take_out(by=cast.ana.user, room_id=square.pk, user_id=cast.bia.user.pk)
    take_out(by=cast.ana.user, room_id=square.pk, user_id=cast.bia.user.pk)
    assert isinstance(commit_one(cast.bia.post(square)), NotAMember)


@on_postgres
def test_who_is_taken_out_of_a_closed_room_meanwhile_brings_nobody_in(cast: Cast) -> None:
    """What counts is looked up when the room is locked: what was true while one waited for it is not enough."""
    ana, garden = cast.ana.user, cast.garden
    with waiting_for(
        garden, lambda: refused(lambda: invite(by=ana, room_id=garden.pk, user_ids=[cast.caio.user.pk]))
    ) as outcome:
        Membership.objects.filter(room=garden, user=ana).update(active=False)
    assert outcome.result() is NotAMember
    assert garden not in cast.caio.user.rooms


@on_postgres
def test_a_room_that_is_closed_meanwhile_is_not_joined(cast: Cast, square: Room) -> None:
    with waiting_for(square, lambda: refused(lambda: join_room(by=cast.caio.user, room_id=square.pk))) as outcome:
        Room.objects.filter(pk=square.pk).update(kind="closed")
    assert outcome.result() is NotAMember
    assert square not in cast.caio.user.rooms


def refused(attempt: Callable[[], None]) -> type[ChatError] | None:
    try:
        attempt()
    except ChatError as error:
        return type(error)
    return None
