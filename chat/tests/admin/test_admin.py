"""What administrators do goes through the same actions as what everybody does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from chat.actions.portraits import set_portrait
from chat.models import Message, Portrait, Session, User
from chat.tests.admin.conftest import CONFIRMED, act
from chat.tests.cast import Cast, fresh
from chat.tests.pictures.samples import halves


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


@pytest.mark.parametrize("page", ["change", "add"])
def test_nobody_gets_the_name_that_calls_everybody(cast: Cast, office: Client, page: str) -> None:
    passwords = {"usable_password": "true", "password1": "a good long one", "password2": "a good long one"}
    joined = {"date_joined_0": "2026-11-25", "date_joined_1": "12:00:00"}
    address, fields = {"change": (f"{cast.ana.user.pk}/change/", joined), "add": ("add/", passwords)}[page]
    for username in ("all", "ALL."):
        response = office.post(f"/admin/chat/user/{address}", {**fields, "username": username})
        assert "calls everybody" in response.content.decode()
        assert not User.objects.filter(username=username).exists()
    assert office.post(f"/admin/chat/user/{address}", {**fields, "username": "_all"}).status_code == 302
    assert User.objects.filter(username="_all").exists()


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


def test_pictures_are_removed_for_those_who_show_what_they_should_not(
    cast: Cast, office: Client, tmp_path: Path
) -> None:
    halves().save(tmp_path / "picture", "PNG")
    for person in (cast.ana, cast.bia):
        set_portrait(user=person.user, source=tmp_path / "picture")
    act(office, "user", "remove_pictures", cast.ana.user, cast.caio.user)
    assert list(Portrait.objects.values_list("user", flat=True)) == [cast.bia.user.pk]
    assert User.objects.get(pk=cast.ana.user.pk).picture == ""


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


def test_the_page_that_sets_a_password_speaks_the_readers_language(cast: Cast, office: Client) -> None:
    path = f"/admin/chat/user/{cast.ana.user.pk}/password/"
    page = office.get(path, headers={"accept-language": "pt-br"}).content.decode()
    assert "Se este usuário conseguirá autenticar" in page
    assert '<li class="warning">Se for desabilitada, a senha atual deste usuário se perde.</li>' in page
    assert "If disabled" not in page


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


def test_the_names_of_a_messages_files_are_shown(office: Client) -> None:
    message = Message.objects.latest("pk")
    message.body, message.attachments = "", [{"name": "plan & <b>costs</b>.pdf"}]
    message.save()
    for page in ("", f"{message.pk}/change/"):
        assert b"plan &amp; &lt;b&gt;costs&lt;/b&gt;.pdf" in office.get(f"/admin/chat/message/{page}").content
