import json
import re
from typing import Any

import pytest
from django.test import Client

from chat.actions.commit import commit
from chat.actions.memberships import remove_members
from chat.actions.rooms import create_room
from chat.models import Membership, Room, Session
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse


def island(page: bytes, name: str) -> Any:
    """A block of JSON in a page."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.decode(), re.DOTALL)
    assert found, f"no {name} in the page"
    return json.loads(found[1])


def test_the_first_page_leads_to_the_first_room(cast: Cast, browse: Browse) -> None:
    assert browse(cast.ana).get("/")["Location"] == f"/rooms/{cast.general.pk}/"


def test_the_first_page_leads_to_the_room_opened_last_on_this_device(cast: Cast, browse: Browse) -> None:
    commit([cast.ana.open(cast.garden)])
    assert browse(cast.ana).get("/")["Location"] == f"/rooms/{cast.garden.pk}/"
    assert browse(cast.bia).get("/")["Location"] == f"/rooms/{cast.general.pk}/"


def test_a_room_that_one_has_left_is_not_returned_to(cast: Cast, browse: Browse) -> None:
    commit([cast.ana.open(cast.garden)])
    remove_members(room=cast.garden, users=[cast.ana.user])
    assert browse(cast.ana).get("/")["Location"] == f"/rooms/{cast.general.pk}/"


def test_without_any_room_the_first_page_says_so(cast: Cast, browse: Browse) -> None:
    Membership.objects.update(active=False)
    response = browse(cast.ana).get("/")
    assert response.status_code == 200
    assert island(response.content, "boot")["room"] is None
    assert b"No room yet" in response.content


@pytest.mark.parametrize("path", ["/", "/rooms/1/", "/account/sessions/", "/account/password/"])
def test_whoever_is_signed_out_is_asked_to_sign_in(db: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/login/?next={path}")


def test_a_room_comes_with_all_that_the_page_needs(cast: Cast, browse: Browse) -> None:
    commit([cast.bia.post(cast.garden, "good *morning*")])
    page = browse(cast.ana).get(f"/rooms/{cast.garden.pk}/")
    boot, timeline = island(page.content, "boot"), island(page.content, "timeline-page")
    assert boot["user"]["username"] == "ana"
    assert boot["room"] == cast.garden.pk
    assert [room["id"] for room in boot["rooms"]] == [cast.general.pk, cast.garden.pk]
    assert timeline == browse(cast.ana).get(f"/rooms/{cast.garden.pk}/messages/").json()
    assert "no-store" in page["Cache-Control"]


def test_a_closed_room_and_one_that_does_not_exist_look_the_same(cast: Cast, browse: Browse) -> None:
    outsider = browse(cast.caio)
    closed, absent = outsider.get(f"/rooms/{cast.garden.pk}/"), outsider.get("/rooms/987654321/")
    assert closed.status_code == absent.status_code == 404
    assert closed.content == absent.content
    closed, absent = outsider.get(f"/rooms/{cast.garden.pk}/messages/"), outsider.get("/rooms/987654321/messages/")
    assert closed.status_code == absent.status_code == 404
    assert closed.content == absent.content


def test_a_link_to_an_open_room_describes_it_to_those_who_may_join_it(cast: Cast, browse: Browse) -> None:
    room = create_room(name="square", topic="talk", members=[cast.bia.user])
    commit([cast.bia.post(room, "for members only")])
    page = browse(cast.caio).get(f"/rooms/{room.pk}/")
    boot = island(page.content, "boot")
    assert (page.status_code, boot["room"]) == (404, None)
    assert (boot["about"]["name"], boot["about"]["topic"], boot["about"]["may"]) == ("square", "talk", ["join"])
    assert island(page.content, "timeline-page") is None
    assert b"for members only" not in page.content
    Room.objects.filter(pk=room.pk).update(archived=True)
    assert b"square" not in browse(cast.caio).get(f"/rooms/{room.pk}/").content


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 5000, "-1", "0", "x", "١"])
def test_a_number_that_no_room_can_have_is_not_found(cast: Cast, browse: Browse, number: str) -> None:
    assert browse(cast.ana).get(f"/rooms/{number}/").status_code == 404
    assert browse(cast.ana).get(f"/rooms/{number}/messages/").status_code == 404


def test_an_archived_room_is_gone(cast: Cast, browse: Browse) -> None:
    Room.objects.filter(pk=cast.garden.pk).update(archived=True)
    assert browse(cast.ana).get(f"/rooms/{cast.garden.pk}/").status_code == 404


def test_markup_in_a_name_or_a_message_is_inert(cast: Cast, browse: Browse) -> None:
    attack = "</script><img src=x onerror=alert(1)>"
    cast.ana.user.full_name = attack
    cast.ana.user.save()
    Room.objects.filter(pk=cast.garden.pk).update(name=attack)
    commit([cast.ana.post(cast.garden, attack)])
    client = browse(cast.ana)
    for path in (f"/rooms/{cast.garden.pk}/", "/account/password/", "/account/sessions/"):
        assert b"<img src=x" not in client.get(path).content
    assert island(client.get(f"/rooms/{cast.garden.pk}/").content, "boot")["user"]["name"] == attack


def test_looking_at_a_room_changes_nothing(cast: Cast, browse: Browse) -> None:
    before = Session.objects.values().get(device=cast.ana.session.device)
    browse(cast.ana).get(f"/rooms/{cast.garden.pk}/")
    assert Session.objects.values().get(device=cast.ana.session.device) == before
