"""Who is in a room."""

from typing import Any

import pytest
from django.test import Client

from chat.actions.memberships import remove_members
from chat.models import Room, User
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse, Submit


def ask(client: Client, room: Room, query: str = "") -> Any:
    response = client.get(f"/rooms/{room.pk}/members/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def names(page: Any) -> list[str]:
    return [one["username"] for one in page["members"]]


def test_members_are_listed_with_who_made_the_room_and_who_is_staff(cast: Cast, browse: Browse) -> None:
    User.objects.filter(pk=cast.bia.user.pk).update(is_staff=True)
    Room.objects.filter(pk=cast.garden.pk).update(creator=cast.ana.user)
    ana, bia = ask(browse(cast.ana), cast.garden)["members"]
    assert ana == {"id": cast.ana.user.pk, "username": "ana", "name": "Ana Souza", "staff": False, "creator": True}
    assert (bia["username"], bia["staff"], bia["creator"]) == ("bia", True, False)


def test_who_left_is_not_listed_nor_who_has_no_account_any_more(cast: Cast, browse: Browse) -> None:
    remove_members(room=cast.garden, users=[cast.bia.user])
    assert names(ask(browse(cast.ana), cast.garden)) == ["ana"]
    User.objects.filter(username="bia").update(is_active=False)
    assert names(ask(browse(cast.ana), cast.general)) == ["ana", "caio"]


def test_members_are_sought_by_name_and_come_in_parts(cast: Cast, browse: Browse) -> None:
    assert names(ask(browse(cast.ana), cast.general, "q=BÍA")) == ["bia"]
    page = ask(browse(cast.ana), cast.general, "limit=2")
    assert (names(page), page["more"]) == (["ana", "bia"], True)
    page = ask(browse(cast.ana), cast.general, "limit=2&offset=2")
    assert (names(page), page["more"]) == (["caio"], False)


def test_an_open_room_is_no_secret(cast: Cast, browse: Browse) -> None:
    room = Room.objects.create(name="kitchen")
    assert names(ask(browse(cast.caio), room)) == []


@pytest.mark.parametrize("kind", ["closed", "direct"])
def test_a_room_that_one_may_not_see_is_as_one_that_is_not_there(cast: Cast, browse: Browse, kind: str) -> None:
    Room.objects.filter(pk=cast.garden.pk).update(kind=kind)
    hidden = browse(cast.caio).get(f"/rooms/{cast.garden.pk}/members/")
    absent = browse(cast.caio).get("/rooms/987654321/members/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_who_left_a_closed_room_learns_no_more_of_it(cast: Cast, browse: Browse) -> None:
    remove_members(room=cast.garden, users=[cast.ana.user])
    assert browse(cast.ana).get(f"/rooms/{cast.garden.pk}/members/").status_code == 404


def test_strangers_learn_nothing(cast: Cast, client: Client) -> None:
    response = client.get(f"/rooms/{cast.general.pk}/members/")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed_out")


# -- who comes and goes ----------------------------------------------------------------------------


def test_joining_and_leaving_an_open_room(cast: Cast, submit: Submit) -> None:
    room = Room.objects.create(name="square")
    assert submit(cast.caio, f"/rooms/{room.pk}/join/").json() == {"room": room.pk}
    assert room in cast.caio.user.rooms
    assert submit(cast.caio, f"/rooms/{room.pk}/leave/").json() == {"room": room.pk}
    assert room not in cast.caio.user.rooms


def test_a_room_that_everyone_is_in_is_not_left(cast: Cast, submit: Submit) -> None:
    response = submit(cast.caio, f"/rooms/{cast.general.pk}/leave/")
    assert (response.status_code, response.json()["error"]["code"]) == (403, "forbidden")
    assert cast.general in cast.caio.user.rooms


def test_members_bring_others_into_a_closed_room(cast: Cast, submit: Submit) -> None:
    response = submit(cast.bia, f"/rooms/{cast.garden.pk}/members/", users=[cast.caio.user.pk])
    assert response.json() == {"room": cast.garden.pk}
    assert cast.garden in cast.caio.user.rooms


def test_only_whoever_made_the_room_takes_others_out(cast: Cast, submit: Submit) -> None:
    Room.objects.filter(pk=cast.garden.pk).update(creator=cast.ana.user)
    url = f"/rooms/{cast.garden.pk}/members/remove/"
    refused = submit(cast.bia, url, user=cast.ana.user.pk)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")
    assert cast.garden in cast.ana.user.rooms
    assert submit(cast.ana, url, user=cast.bia.user.pk).json() == {"room": cast.garden.pk}
    assert cast.garden not in cast.bia.user.rooms


@pytest.mark.parametrize("users", [None, ["1"], [-1], [1] * 101])
def test_who_cannot_be_chosen_is_refused(cast: Cast, submit: Submit, users: Any) -> None:
    assert submit(cast.ana, f"/rooms/{cast.garden.pk}/members/", users=users).status_code == 400
