"""Direct rooms: one for each set of people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chat import conf
from chat.actions.accounts import anonymise
from chat.actions.commit import commit
from chat.actions.direct import direct_room
from chat.actions.room_states import room_states
from chat.errors import BadQuery, NotFound
from chat.models import Membership, Room, User
from chat.tests.actions.meanwhile import elsewhere
from chat.tests.cast import Cast, Person, committed

AT_ONCE = 12


def direct(by: Person, *others: Person) -> Room:
    return direct_room(by=by.user, user_ids=[other.user.pk for other in others])


def name_for(person: Person, room: Room) -> str:
    return next(state.name for state in room_states([person.user.pk])[person.user.pk] if state.id == room.pk)


def test_the_same_people_have_one_room_whoever_asks_and_in_whatever_order(cast: Cast) -> None:
    room = direct(cast.ana, cast.bia, cast.caio)
    assert direct(cast.bia, cast.caio, cast.ana) == room
    assert direct(cast.caio, cast.ana, cast.bia, cast.ana, cast.caio) == room
    assert direct(cast.ana, cast.bia) != room


def test_everyone_in_it_hears_everything_and_can_write(cast: Cast) -> None:
    room = direct(cast.ana, cast.bia)
    assert set(Membership.objects.filter(room=room).values_list("active", "notify")) == {(True, "all")}
    committed(commit([cast.ana.post(room), cast.bia.post(room)]))
    assert room not in cast.caio.user.rooms


def test_each_sees_the_others_names(cast: Cast) -> None:
    pair, three = direct(cast.ana, cast.bia), direct(cast.ana, cast.bia, cast.caio)
    assert (name_for(cast.ana, pair), name_for(cast.bia, pair)) == ("Bia Souza", "Ana Souza")
    assert name_for(cast.ana, three) == "Bia Souza, Caio Souza"


def test_alone_one_has_a_room_for_notes_under_ones_own_name(cast: Cast) -> None:
    room = direct(cast.ana)
    assert direct(cast.ana, cast.ana) == room
    assert name_for(cast.ana, room) == "Ana Souza"
    assert list(room.memberships.values_list("user", flat=True)) == [cast.ana.user.pk]


def test_who_closed_the_account_is_still_the_one_that_was_written_to(cast: Cast) -> None:
    room = direct(cast.ana, cast.bia)
    anonymise(user=cast.bia.user)
    assert name_for(cast.ana, room) == "Deleted account"
    with pytest.raises(NotFound):
        direct(cast.ana, cast.bia)


def test_with_nobody_who_is_not_there(cast: Cast) -> None:
    gone = User.objects.create(username="gone", is_active=False)
    for missing in (gone.pk, 987654321):
        with pytest.raises(NotFound):
            direct_room(by=cast.ana.user, user_ids=[cast.bia.user.pk, missing])
    assert not Room.objects.filter(kind="direct").exists()


def test_a_crowd_is_no_direct_room(cast: Cast) -> None:
    people = [User.objects.create(username=f"p{number}") for number in range(conf.DIRECT_PEOPLE)]
    direct_room(by=cast.ana.user, user_ids=[user.pk for user in people[:-1]])
    with pytest.raises(BadQuery):
        direct_room(by=cast.ana.user, user_ids=[user.pk for user in people])


def test_the_largest_numbers_fit_into_the_key() -> None:
    longest = Room._meta.get_field("direct_key").max_length
    assert longest is not None
    assert len(",".join([str(2**63 - 1)] * conf.DIRECT_PEOPLE)) <= longest


def test_of_many_who_ask_at_once_all_get_the_same_room_and_nobody_an_error(cast: Cast) -> None:
    trio = [cast.ana, cast.bia, cast.caio]

    def ask(number: int) -> int:
        first, *others = trio[number % 3 :] + trio[: number % 3]
        return elsewhere(lambda: direct(first, *others).pk)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        rooms = list(threads.map(ask, range(AT_ONCE)))
    assert len(set(rooms)) == 1
    assert Room.objects.filter(kind="direct").count() == 1
    places = Membership.objects.filter(room=rooms[0])
    assert sorted(places.values_list("user", "active")) == sorted((one.user.pk, True) for one in trio)
    assert sorted(places.values_list("revision", flat=True)) == [1, 2, 3]
