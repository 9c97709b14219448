"""The administration's door is the one of the pages, and who was shut out there can be let in here."""

from typing import Any

import pytest
from django.test import Client

from chat import conf
from chat.models import FailedSignIn, User
from chat.tests.cast import Cast, make_cast, sign_in

PASSWORD = "correct horse"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def office(cast: Cast) -> Client:
    """The browser of an administrator."""
    client = Client()
    client.cookies["sessionid"] = sign_in(User.objects.create_superuser("root", password=PASSWORD)).session_key
    return client


def attempt(password: str) -> Any:
    return Client().post("/login/", {"username": "ana", "password": password})


@pytest.fixture
def shut_out(cast: Cast) -> FailedSignIn:
    for _ in range(conf.SIGN_IN_FREE_FAILURES):
        attempt("wrong")
    assert attempt(PASSWORD).status_code == 429
    return FailedSignIn.objects.get()


def test_who_is_signed_out_signs_in_on_the_page_and_comes_back(cast: Cast, client: Client) -> None:
    assert client.get("/admin/chat/user/", follow=True).redirect_chain == [
        ("/admin/login/?next=/admin/chat/user/", 302),
        ("/login/?next=/admin/chat/user/", 302),
    ]
    assert client.get("/admin/login/")["Location"] == "/login/?next=/admin/"


def test_no_password_is_tried_at_the_administrations_own_address(cast: Cast) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    client = Client()
    response = client.post("/admin/login/", {"username": "root", "password": PASSWORD, "next": "/admin/"})
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/admin/")
    assert client.get("/session/").status_code == 401


def test_who_is_no_administrator_is_told_so_and_led_round_in_no_circle(cast: Cast) -> None:
    client = Client()
    client.cookies["sessionid"] = cast.ana.session.session_key
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "An administrator can change that" in response.content.decode()


def test_an_administrator_who_is_signed_in_goes_straight_on(office: Client) -> None:
    assert office.get("/admin/login/")["Location"] == "/admin/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_next_never_leads_to_another_site(cast: Cast, elsewhere: str) -> None:
    client = Client()
    page = client.get("/admin/login/", {"next": elsewhere})["Location"]
    response = client.post(page, {"username": "ana", "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def test_who_has_to_wait_is_shown(office: Client, shut_out: FailedSignIn) -> None:
    for address in ("/admin/chat/failedsignin/?q=ana", f"/admin/chat/failedsignin/{shut_out.pk}/change/"):
        page = office.get(address).content.decode()
        assert "127.0.0.1" in page
        assert "ana" in page


def test_a_known_browser_is_shown_as_one(office: Client, cast: Cast) -> None:
    FailedSignIn.objects.create(username="ana", ip_address="0.0.0.0", user_agent="c0ffee", failures_since_start=1)
    assert "a known browser" in office.get("/admin/chat/failedsignin/").content.decode()


def test_deleting_the_row_ends_the_wait(office: Client, shut_out: FailedSignIn) -> None:
    assert office.post(f"/admin/chat/failedsignin/{shut_out.pk}/delete/", {"post": "yes"}).status_code == 302
    assert attempt(PASSWORD).status_code == 302


def test_failures_are_neither_made_up_nor_rewritten(office: Client, shut_out: FailedSignIn) -> None:
    assert office.get("/admin/chat/failedsignin/add/").status_code == 403
    response = office.post(f"/admin/chat/failedsignin/{shut_out.pk}/change/", {"username": "bia"})
    assert response.status_code == 403


def test_the_tables_of_axes_are_shown_nowhere_else(office: Client, cast: Cast) -> None:
    assert "/admin/axes/" not in office.get("/admin/").content.decode()
