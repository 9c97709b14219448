"""Rooms, and who is in them."""

from __future__ import annotations

import pytest
from django.test import Client

from chat.actions.direct import direct_room
from chat.models import Membership, Room, User
from chat.tests.admin.conftest import act
from chat.tests.cast import Cast, fresh


def room_form(**fields: str) -> dict[str, str]:
    return {"name": "attic", "kind": "closed", "topic": "dust", **fields}


def test_a_room_is_made(office: Client) -> None:
    office.post("/admin/chat/room/add/", room_form())
    room = Room.objects.get(name="attic")
    assert (room.kind, room.topic, room.last_revision) == ("closed", "dust", 0)


@pytest.mark.django_db(transaction=True)
def test_a_room_for_everyone_takes_everyone_in(cast: Cast, root: User, office: Client) -> None:
    office.post("/admin/chat/room/add/", room_form(everyone="on"))
    room = Room.objects.get(name="attic")
    assert room.memberships.filter(active=True).count() == User.objects.count()
    assert room.last_revision == User.objects.count()


def test_saving_a_room_leaves_its_numbers_alone(cast: Cast, office: Client) -> None:
    office.post(f"/admin/chat/room/{cast.garden.pk}/change/", room_form(last_position="0", last_revision="0"))
    after = Room.objects.get(pk=cast.garden.pk)
    assert after.name == "attic"
    assert (after.last_position, after.last_revision) == (2, fresh(cast.garden).last_revision)
    assert after.last_revision == 4


@pytest.mark.parametrize("fields", [{"name": ""}, {"kind": "direct"}, {"name": "x" * 81}])
def test_a_room_that_will_not_do_is_refused(office: Client, fields: dict[str, str]) -> None:
    before = Room.objects.count()
    assert office.post("/admin/chat/room/add/", room_form(**fields)).status_code == 200
    assert Room.objects.count() == before


def test_a_direct_conversation_stays_one(office: Client) -> None:
    room = Room.objects.create(kind="direct")
    office.post(f"/admin/chat/room/{room.pk}/change/", room_form(name="", kind="open"))
    assert Room.objects.get(pk=room.pk).kind == "direct"
    office.post(f"/admin/chat/room/{room.pk}/change/", room_form(name="", everyone="on"))
    assert not Room.objects.get(pk=room.pk).everyone
    office.post(f"/admin/chat/room/{room.pk}/change/", room_form(name="", archived="on"))
    assert not Room.objects.get(pk=room.pk).archived


def test_adding_a_member_is_joining(cast: Cast, office: Client) -> None:
    before = fresh(cast.garden).last_revision
    office.post("/admin/chat/membership/add/", {"room": cast.garden.pk, "user": cast.caio.user.pk})
    assert cast.garden in cast.caio.user.rooms
    assert fresh(cast.garden).last_revision == before + 1


def test_removing_a_member_is_leaving_and_they_can_return(cast: Cast, office: Client) -> None:
    place = Membership.objects.get(room=cast.garden, user=cast.ana.user)
    office.post(f"/admin/chat/membership/{place.pk}/delete/", {"post": "yes"})
    assert cast.garden not in cast.ana.user.rooms
    assert Membership.objects.filter(pk=place.pk).exists()
    office.post("/admin/chat/membership/add/", {"room": cast.garden.pk, "user": cast.ana.user.pk})
    assert cast.garden in cast.ana.user.rooms


def test_several_members_are_removed_at_once(cast: Cast, office: Client) -> None:
    places = Membership.objects.filter(room=cast.garden)
    act(office, "membership", "delete_selected", *places, post="yes")
    assert not places.filter(active=True).exists()


def test_nobody_is_removed_from_a_room_that_everyone_is_in(cast: Cast, office: Client) -> None:
    place = Membership.objects.get(room=cast.general, user=cast.ana.user)
    assert office.post(f"/admin/chat/membership/{place.pk}/delete/", {"post": "yes"}).status_code == 403
    act(office, "membership", "delete_selected", place, post="yes")
    assert cast.general in cast.ana.user.rooms


def test_nobody_is_removed_from_a_direct_conversation(cast: Cast, office: Client) -> None:
    room = direct_room(by=cast.ana.user, user_ids=[cast.bia.user.pk])
    place = Membership.objects.get(room=room, user=cast.ana.user)
    assert office.post(f"/admin/chat/membership/{place.pk}/delete/", {"post": "yes"}).status_code == 403
    act(office, "membership", "delete_selected", place, post="yes")
    assert room in cast.ana.user.rooms


def test_a_member_is_not_added_twice_nor_to_a_direct_conversation(cast: Cast, office: Client) -> None:
    direct = Room.objects.create(kind="direct")
    for room in (cast.garden, direct):
        response = office.post("/admin/chat/membership/add/", {"room": room.pk, "user": cast.ana.user.pk})
        assert response.status_code == 200
    assert not direct.memberships.exists()
