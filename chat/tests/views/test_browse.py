"""The rooms there are, and a new one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from chat import conf
from chat.actions.direct import direct_room
from chat.actions.keeping import found_room
from chat.models import Room, User
from chat.tests.cast import Cast, Person
from chat.tests.views.conftest import Browse, Submit
from chat.views.rates import may_change


@pytest.fixture
def rooms(cast: Cast) -> Cast:
    """Beside `general` and the closed garden: the open kitchen and cellar, made by Ana; and a direct room."""
    found_room(by=cast.ana.user, name="Kitchen", kind="open", topic="soup", members=[cast.bia.user.pk])
    found_room(by=cast.ana.user, name="Cellar", kind="open", topic="", members=[])
    direct_room(by=cast.ana.user, user_ids=[cast.bia.user.pk])
    return cast


def ask(client: Client, query: str = "") -> Any:
    response = client.get(f"/rooms/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def names(page: Any) -> list[str]:
    return [room["name"] for room in page["rooms"]]


def archive(name: str) -> None:
    Room.objects.filter(name=name).update(archived=True)


def test_open_rooms_and_ones_own_closed_ones_are_there_and_no_direct_ones(rooms: Cast, browse: Browse) -> None:
    assert names(ask(browse(rooms.ana))) == ["Cellar", "garden", "general", "Kitchen"]
    assert names(ask(browse(rooms.caio))) == ["Cellar", "general", "Kitchen"]


def test_each_tells_its_topic_its_members_and_whether_one_is_in_it(rooms: Cast, browse: Browse) -> None:
    kitchen = ask(browse(rooms.caio), "q=kitchen")["rooms"][0]
    expected = {"kind": "open", "name": "Kitchen", "topic": "soup", "members": 2, "joined": False, "archived": False}
    assert kitchen == {"id": Room.objects.get(name="Kitchen").pk, **expected}
    assert ask(browse(rooms.bia), "q=kitchen")["rooms"][0]["joined"] is True
    User.objects.filter(pk=rooms.bia.user.pk).update(is_active=False)
    assert ask(browse(rooms.caio), "q=kitchen")["rooms"][0]["members"] == 1


def test_rooms_are_sought_by_a_part_of_the_name(rooms: Cast, browse: Browse) -> None:
    assert names(ask(browse(rooms.ana), "q=ÉLL")) == ["Cellar"]
    assert names(ask(browse(rooms.ana), "q=ge")) == ["general"]
    assert names(ask(browse(rooms.caio), "q=garden")) == []


def test_a_long_list_comes_in_parts(rooms: Cast, browse: Browse) -> None:
    first = ask(browse(rooms.ana), "limit=3")
    second = ask(browse(rooms.ana), "limit=3&offset=3")
    assert (names(first), first["more"]) == (["Cellar", "garden", "general"], True)
    assert (names(second), second["more"]) == (["Kitchen"], False)


def test_archived_rooms_are_shown_to_those_alone_who_may_bring_them_back(rooms: Cast, browse: Browse) -> None:
    archive("Kitchen")
    archive("garden")
    assert names(ask(browse(rooms.bia))) == ["Cellar", "general"]
    assert names(ask(browse(rooms.bia), "archived=1")) == []
    assert names(ask(browse(rooms.ana), "archived=1")) == ["Kitchen"]
    User.objects.filter(pk=rooms.bia.user.pk).update(is_staff=True)
    assert names(ask(browse(rooms.bia), "archived=1")) == ["garden", "Kitchen"]
    User.objects.filter(pk=rooms.caio.user.pk).update(is_staff=True)
    assert names(ask(browse(rooms.caio), "archived=1")) == ["Kitchen"]


def test_the_number_of_queries_does_not_grow_with_the_rooms(
    rooms: Cast, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    client = browse(rooms.ana)
    with django_assert_max_num_queries(5):  # the session, the person, the rooms, the members, one's own
        ask(client)


@pytest.mark.parametrize("query", ["archived=2", "archived=x", "limit=0"])
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, browse: Browse, query: str) -> None:
    response = browse(cast.ana).get(f"/rooms/?{query}")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_query")
    assert query.split("=")[0] in response.json()["error"]["detail"]


# -- a new room ------------------------------------------------------------------------------------


def test_a_room_is_made_and_told_as_it_is(cast: Cast, submit: Submit) -> None:
    made = submit(cast.ana, "/rooms/", name="larder", kind="closed", topic="jam", members=[cast.bia.user.pk])
    assert made.status_code == 200, made.content
    room = Room.objects.get(name="larder")
    assert made.json() == {
        "id": room.pk,
        "kind": "closed",
        "name": "larder",
        "topic": "jam",
        "members": 2,
        "joined": True,
        "archived": False,
        "everyone": False,
        "creator": {"id": cast.ana.user.pk, "name": "Ana Souza"},
        "revision": 2,
        "may": ["leave", "invite", "remove", "describe", "rename", "archive"],
    }
    assert room in cast.bia.user.rooms


def test_a_room_that_could_not_be_told_was_not_made(
    cast: Cast, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr("chat.views.browse.about", fail)
    assert submit(cast.ana, "/rooms/", name="larder", kind="closed").status_code == 503
    assert not Room.objects.filter(name="larder").exists()


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"kind": "open"}, 400, "bad_query"),
        ({"name": "x"}, 400, "bad_query"),
        ({"name": 5, "kind": "open"}, 400, "bad_query"),
        ({"name": "x", "kind": "direct"}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "creator": 1}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "members": ["1"]}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "members": [2**63]}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "members": [0]}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "members": [1] * 101}, 400, "bad_query"),
        ({"name": "x", "kind": "open", "members": [987654321]}, 404, "not_found"),
        ({"name": " ", "kind": "open"}, 400, "bad_query"),
        ({"name": "nul\0", "kind": "open"}, 400, "bad_query"),
        ({"name": "GENERAL", "kind": "open"}, 409, "name_taken"),
    ],
)
def test_what_makes_no_room_is_refused(
    cast: Cast, submit: Submit, fields: dict[str, Any], status: int, code: str
) -> None:
    before = Room.objects.count()
    response = submit(cast.ana, "/rooms/", **fields)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert Room.objects.count() == before


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"\xff", b'{"name": "\\ud800", "kind": "open"}', b"[" * 9999]
)
def test_what_is_no_json_object_is_refused(cast: Cast, browse: Browse, body: bytes) -> None:
    response = browse(cast.ana).post("/rooms/", body, content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_query")


# -- who may ask at all ----------------------------------------------------------------------------


PATHS = [
    "/rooms/",
    "/rooms/direct/",
    "/rooms/1/about/",
    "/rooms/1/notify/",
    "/rooms/1/join/",
    "/rooms/1/leave/",
    "/rooms/1/members/",
    "/rooms/1/members/remove/",
]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_changed_for_those_who_are_signed_out(cast: Cast, client: Client, path: str) -> None:
    response = client.post(path, "{}", content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed_out")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_changed_by_another_site(cast: Cast, browse: Browse, path: str) -> None:
    client = browse(cast.ana)
    client.handler.enforce_csrf_checks = True
    response = client.post(path, '{"name": "x", "kind": "open"}', content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (403, "forbidden")
    assert not Room.objects.filter(name="x").exists()


def test_a_page_of_this_site_proves_itself_with_the_cookie_it_was_given(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    client.handler.enforce_csrf_checks = True
    client.get(f"/rooms/{cast.garden.pk}/")
    token = client.cookies["csrftoken"].value
    response = client.post(
        "/rooms/", '{"name": "x", "kind": "open"}', content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert response.status_code == 200, response.content


@pytest.mark.parametrize("path", sorted(set(PATHS) - {"/rooms/", "/rooms/1/about/", "/rooms/1/members/"}))
def test_what_is_a_change_cannot_be_read(cast: Cast, browse: Browse, path: str) -> None:
    response = browse(cast.ana).get(path)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.usefixtures("two_changes")
def test_who_changes_without_end_is_told_to_wait_and_others_are_not(cast: Cast, submit: Submit) -> None:
    def make(person: Person, name: str) -> int:
        status: int = submit(person, "/rooms/", name=name, kind="open").status_code
        return status

    assert [make(cast.ana, name) for name in "abc"] == [200, 200, 429]
    assert make(cast.bia, "d") == 200


@pytest.fixture
def two_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_BURST", 2)
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_PER_SECOND", 0.01)
    monkeypatch.setattr(may_change, "_buckets", {})
