"""What administrators do goes through the same actions as what everybody does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from chat.actions.commit import commit
from chat.models import Membership, Message, Room, Session, User
from chat.tests.cast import Cast, fresh, make_cast, sign_in

CONFIRMED = {"confirmed": "yes"}


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    commit([cast.bia.post(cast.garden, "<b>plainly</b>"), cast.ana.post(cast.garden, "second")])
    return cast


@pytest.fixture
def root(cast: Cast) -> User:
    return User.objects.create_superuser("root", password="correct horse")


@pytest.fixture
def office(root: User) -> Client:
    """The browser of an administrator."""
    client = Client()
    client.cookies["sessionid"] = sign_in(root).session_key
    return client


def act(office: Client, model: str, action: str, *rows: Any, **fields: str) -> Any:
    data = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return office.post(f"/admin/chat/{model}/", data)


@pytest.mark.parametrize("model", ["user", "room", "message", "membership", "session"])
def test_every_list_is_shown(office: Client, model: str) -> None:
    assert office.get(f"/admin/chat/{model}/").status_code == 200
    assert office.get(f"/admin/chat/{model}/", {"q": "ana"}).status_code == 200


@pytest.mark.parametrize("model", ["user", "room", "message", "session"])
def test_every_row_is_shown(cast: Cast, office: Client, model: str) -> None:
    row: Any = {
        "user": cast.ana.user,
        "room": cast.garden,
        "message": Message.objects.first(),
        "session": cast.ana.session,
    }
    assert office.get(f"/admin/chat/{model}/{row[model].pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("model", "status"), [("user", 200), ("room", 200), ("membership", 200), ("message", 403), ("session", 403)]
)
def test_only_what_may_be_made_here_can_be_added(office: Client, model: str, status: int) -> None:
    assert office.get(f"/admin/chat/{model}/add/").status_code == status


@pytest.mark.parametrize("model", ["user", "room", "message"])
def test_nothing_that_others_hold_on_to_is_deleted(cast: Cast, office: Client, model: str) -> None:
    row: Any = {"user": cast.ana.user, "room": cast.garden, "message": Message.objects.first()}
    assert office.post(f"/admin/chat/{model}/{row[model].pk}/delete/", {"post": "yes"}).status_code == 403
    act(office, model, "delete_selected", row[model], post="yes")
    assert type(row[model]).objects.filter(pk=row[model].pk).exists()


def test_the_admin_is_for_staff(cast: Cast) -> None:
    client = Client()
    client.cookies["sessionid"] = cast.ana.session.session_key
    assert client.get("/admin/chat/message/").status_code == 302


def test_no_key_of_a_session_is_shown(cast: Cast, office: Client) -> None:
    device = cast.ana.session.device
    for page in ("", f"{device}/change/", f"{device}/delete/"):
        assert cast.ana.session.session_key not in office.get(f"/admin/chat/session/{page}").content.decode()


def test_deleting_a_session_signs_the_device_out(cast: Cast, office: Client) -> None:
    office.post(f"/admin/chat/session/{cast.ana.session.device}/delete/", {"post": "yes"})
    act(office, "session", "delete_selected", cast.bia.session, post="yes")
    assert list(Session.objects.filter(user__in=[cast.ana.user, cast.bia.user])) == []
    assert Session.objects.filter(user=cast.caio.user).exists()


def test_a_user_made_here_is_where_everyone_is(office: Client) -> None:
    password = {"usable_password": "true", "password1": "a good long one", "password2": "a good long one"}
    response = office.post("/admin/chat/user/add/", {"username": "dora", "full_name": "Dora Dias", **password})
    assert response.status_code == 302
    dora = User.objects.get(username="dora")
    assert dora.name == "Dora Dias"
    assert dora.rooms.filter(everyone=True).exists()


def test_an_account_is_closed_only_after_a_yes(cast: Cast, office: Client) -> None:
    response = act(office, "user", "close_account", cast.ana.user)
    assert b"Close these accounts?" in response.content
    assert User.objects.get(pk=cast.ana.user.pk).is_active
    act(office, "user", "close_account", cast.ana.user, **CONFIRMED)
    ana = User.objects.get(pk=cast.ana.user.pk)
    assert (ana.is_active, ana.full_name) == (False, "Deleted account")
    assert not ana.sessions.exists()
    assert Message.objects.filter(author=ana).count() == 1


def test_nobody_closes_their_own_account_by_mistake(root: User, office: Client) -> None:
    act(office, "user", "close_account", root, **CONFIRMED)
    assert User.objects.get(pk=root.pk).is_active


def test_closing_accounts_takes_a_permission(cast: Cast) -> None:
    cast.caio.user.is_staff = True
    cast.caio.user.save()
    client = Client()
    client.cookies["sessionid"] = cast.caio.session.session_key
    act(client, "user", "close_account", cast.ana.user, **CONFIRMED)
    assert User.objects.get(pk=cast.ana.user.pk).is_active


def test_changing_ones_own_password_keeps_this_browser_signed_in(root: User, office: Client) -> None:
    new = {"usable_password": "true", "password1": "a good long one", "password2": "a good long one"}
    assert office.post(f"/admin/chat/user/{root.pk}/password/", new).status_code == 302
    assert User.objects.get(pk=root.pk).check_password("a good long one")
    assert office.get("/session/").status_code == 200


def test_a_password_set_for_somebody_signs_them_out(cast: Cast, office: Client) -> None:
    new = {"usable_password": "true", "password1": "a good long one", "password2": "a good long one"}
    office.post(f"/admin/chat/user/{cast.ana.user.pk}/password/", new)
    assert cast.ana.session.device not in Session.objects.living([cast.ana.session.device])
    assert office.get("/session/").status_code == 200


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


def test_a_member_is_not_added_twice_nor_to_a_direct_conversation(cast: Cast, office: Client) -> None:
    direct = Room.objects.create(kind="direct")
    for room in (cast.garden, direct):
        response = office.post("/admin/chat/membership/add/", {"room": room.pk, "user": cast.ana.user.pk})
        assert response.status_code == 200
    assert not direct.memberships.exists()


def test_a_message_is_taken_out_only_after_a_yes(cast: Cast, office: Client) -> None:
    message, other = Message.objects.order_by("position")
    before = fresh(cast.garden).last_revision
    assert b"Delete these messages" in act(office, "message", "take_out", message).content
    assert not Message.objects.filter(deleted=True).exists()
    act(office, "message", "take_out", message, **CONFIRMED)
    message.refresh_from_db()
    assert (message.deleted, message.body, message.html, message.revision) == (True, "", "", before + 1)
    assert fresh(cast.garden).last_revision == before + 1
    assert not Message.objects.get(pk=other.pk).deleted


def test_taking_out_a_tombstone_changes_nothing(cast: Cast, office: Client) -> None:
    message = Message.objects.order_by("position")[0]
    act(office, "message", "take_out", message, **CONFIRMED)
    before = fresh(cast.garden).last_revision
    act(office, "message", "take_out", message, **CONFIRMED)
    assert fresh(cast.garden).last_revision == before


def test_a_message_cannot_be_rewritten(cast: Cast, office: Client) -> None:
    message = Message.objects.order_by("position")[0]
    office.post(f"/admin/chat/message/{message.pk}/change/", {"body": "something else"})
    message.refresh_from_db()
    assert message.body == "<b>plainly</b>"


def test_what_people_wrote_is_inert(cast: Cast, office: Client) -> None:
    assert b"<b>plainly" not in office.get("/admin/chat/message/").content
