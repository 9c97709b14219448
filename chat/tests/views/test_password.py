from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.test import Client

from chat.admin.users import PasswordForm as PasswordByAdministrator
from chat.forms import PasswordForm
from chat.models import Session, User
from chat.tests.actions.meanwhile import locked_elsewhere
from chat.tests.cast import Cast, Person, sign_in
from chat.tests.views.conftest import Browse

NEW = "battery staple ocean"


def change(client: Client, **fields: str) -> Any:
    data = {"old_password": "correct horse", "new_password1": NEW, "new_password2": NEW, **fields}
    return client.post("/account/password/", data)


def test_this_browser_stays_and_every_other_is_signed_out(cast: Cast, browse: Browse) -> None:
    here, elsewhere = browse(cast.ana), browse(Person(cast.ana.user, sign_in(cast.ana.user)))
    assert change(here).status_code == 302
    assert here.get("/session/").status_code == 200
    assert elsewhere.get("/session/").status_code == 401
    assert browse(cast.bia).get("/session/").status_code == 200


def test_the_device_keeps_its_name_and_gets_a_new_key(cast: Cast, browse: Browse) -> None:
    here = browse(cast.ana)
    change(here)
    row = Session.objects.get(device=cast.ana.session.device)
    assert row.session_key != cast.ana.session.session_key
    assert here.cookies["sessionid"].value == row.session_key


def change_in_the_admin(client: Client, user: User) -> Any:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    data = {"usable_password": "true", "password1": NEW, "password2": NEW}
    return client.post(f"/admin/chat/user/{user.pk}/password/", data)


WAYS = pytest.mark.parametrize(
    "way", [lambda client, _user: change(client), change_in_the_admin], ids=["page", "admin"]
)


@WAYS
def test_whoever_looks_after_the_commit_finds_a_session_that_lives(
    transactional_db: None,
    cast: Cast,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Client, User], Any],
) -> None:
    seen: list[bool] = []

    def look() -> None:
        seen.append(cast.ana.session.device in Session.objects.living([cast.ana.session.device]))

    monkeypatch.setattr("chat.sessions.signals.publish_to_people", lambda _ring: transaction.on_commit(look))
    assert way(browse(cast.ana), cast.ana.user).status_code == 302
    assert seen == [True]


@WAYS
def test_nothing_refused_after_the_commit_signs_this_browser_out(
    transactional_db: None,
    cast: Cast,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Client, User], Any],
) -> None:
    """The session has its new key by then: an answer without it would leave the browser with a cookie that is gone."""
    here = browse(cast.ana)
    with ExitStack() as until_answered:

        def lock() -> None:
            until_answered.enter_context(locked_elsewhere(cast.ana.session))

        def refuse(**_fields: Any) -> None:
            raise OperationalError

        monkeypatch.setattr("chat.sessions.signals.publish_to_people", lambda _ring: transaction.on_commit(lock))
        monkeypatch.setattr("chat.actions.signals.join_rooms_of_everyone", refuse)
        assert way(here, cast.ana.user).status_code == 302
        with pytest.raises(OperationalError):
            Session.objects.filter(pk=cast.ana.session.pk).update(user_agent="")
    assert here.get("/session/").status_code == 200


def test_a_password_set_by_an_administrator_makes_nobody_active_again(cast: Cast) -> None:
    form = PasswordByAdministrator(cast.ana.user, {"usable_password": "true", "password1": NEW, "password2": NEW})
    User.objects.filter(pk=cast.ana.user.pk).update(is_active=False)
    assert form.is_valid()
    form.save()
    stored = User.objects.get(pk=cast.ana.user.pk)
    assert stored.check_password(NEW)
    assert not stored.is_active


@pytest.mark.parametrize(
    "fields",
    [
        {"old_password": "wrong"},
        {"new_password2": "another one"},
        {"new_password1": "short", "new_password2": "short"},
        {"new_password1": "", "new_password2": ""},
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(cast: Cast, browse: Browse, fields: dict[str, str]) -> None:
    response = change(browse(cast.ana), **fields)
    assert response.status_code == 200
    assert b"field__error" in response.content
    assert User.objects.get(pk=cast.ana.user.pk).check_password("correct horse")


def test_the_password_of_somebody_who_is_signed_out_stays(cast: Cast, client: Client) -> None:
    assert change(client)["Location"].startswith("/login/")


def test_the_admins_own_way_leads_to_the_same_page(cast: Cast, browse: Browse) -> None:
    assert browse(cast.ana).get("/admin/password_change/")["Location"] == "/account/password/"


MEANWHILE: dict[str, Callable[[Cast], Any]] = {
    "disabled": lambda cast: User.objects.filter(pk=cast.ana.user.pk).update(is_active=False),
    "given another password": lambda cast: User.objects.filter(pk=cast.ana.user.pk).update(password="argon2$another"),
    "signed out": lambda cast: Session.objects.filter(pk=cast.ana.session.pk).delete(),
}


@pytest.mark.parametrize("end", MEANWHILE.values(), ids=MEANWHILE)
def test_whose_sign_in_ends_while_the_new_password_is_hashed_does_not_undo_that(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, end: Callable[[Cast], Any]
) -> None:
    hash_it, accounts = PasswordForm.save, User.objects.filter(pk=cast.ana.user.pk).values("password", "is_active")
    ended = []

    def end_after_it(form: PasswordForm, commit: bool = True) -> Any:
        user = hash_it(form, commit=commit)
        end(cast)
        ended.append(accounts.get())
        return user

    monkeypatch.setattr(PasswordForm, "save", end_after_it)
    here = browse(cast.ana)
    answer = change(here)
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert [accounts.get()] == ended
    assert here.get("/session/").status_code == 401
