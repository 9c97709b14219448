from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Session
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse


def test_it_names_the_person_and_the_end_of_the_session(cast: Cast, browse: Browse) -> None:
    response = browse(cast.ana).get("/session/")
    user = cast.ana.user
    assert response.json()["user"] == {"id": user.pk, "username": user.username, "name": user.name}
    assert response.json()["expires"].endswith("Z")
    assert datetime.fromisoformat(response.json()["expires"]) == cast.ana.session.expire_date


def test_nothing_keeps_a_copy_of_it(cast: Cast, browse: Browse, client: Client) -> None:
    assert browse(cast.ana).get("/session/")["Cache-Control"] == "no-store"
    assert client.get("/session/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cookie", ["", "x" * 32, "a\0b" * 12, "é" * 40, "x" * 5000])
def test_a_missing_or_forged_cookie_is_signed_out(cast: Cast, client: Client, cookie: str) -> None:
    client.cookies["sessionid"] = cookie
    response = client.get("/session/")
    assert response.status_code == 401
    assert response.json() == {"error": {"code": "signed_out", "detail": "You are signed out."}}


def test_an_expired_session_is_signed_out(cast: Cast, browse: Browse) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browse(cast.ana).get("/session/").status_code == 401


def test_a_disabled_person_is_signed_out(cast: Cast, browse: Browse) -> None:
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert browse(cast.ana).get("/session/").status_code == 401


def test_a_post_from_anywhere_is_refused_in_json(cast: Cast) -> None:
    response = Client(enforce_csrf_checks=True).post("/session/")
    assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")


def test_it_can_only_be_read(cast: Cast, browse: Browse) -> None:
    response = browse(cast.ana).post("/session/")
    assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")
