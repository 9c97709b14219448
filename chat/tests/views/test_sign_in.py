import pytest
from django.db import OperationalError
from django.test import Client

from chat.actions.rooms import create_room
from chat.models import Room, Session
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse

PASSWORD = "correct horse"


def sign_in(client: Client, password: str = PASSWORD, **fields: str) -> tuple[int, str]:
    response = client.post("/login/", {"username": "ana", "password": password, **fields})
    return response.status_code, response.headers.get("Location", "")


def test_signing_in_leads_to_the_chat_and_notes_the_device(cast: Cast, client: Client) -> None:
    client.defaults["HTTP_USER_AGENT"] = "Firefox/150"
    assert sign_in(client) == (302, "/")
    row = Session.objects.get(session_key=client.session.session_key)
    assert (row.user, row.user_agent, row.ip) == (cast.ana.user, "Firefox/150", "127.0.0.1")


def test_a_wrong_password_is_answered_with_a_plain_error(cast: Cast, client: Client) -> None:
    response = client.post("/login/", {"username": "ana", "password": "wrong"})
    assert response.status_code == 200
    assert b'role="alert"' in response.content
    assert "sessionid" not in client.cookies


def test_a_disabled_person_cannot_sign_in(cast: Cast, client: Client) -> None:
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert sign_in(client) == (200, "")


@pytest.mark.parametrize("next_page", ["/rooms/{general}/", "/account/sessions/"])
def test_next_is_followed_on_this_site(cast: Cast, client: Client, next_page: str) -> None:
    wanted = next_page.format(general=cast.general.pk)
    assert sign_in(client, next=wanted) == (302, wanted)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_next_never_leads_to_another_site(cast: Cast, client: Client, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere) == (302, "/")


@pytest.mark.parametrize("room", ["hidden", "none"])
def test_next_never_leads_to_a_room_that_one_is_not_in(cast: Cast, client: Client, room: str) -> None:
    path = f"/rooms/{create_room(name='hidden', kind=Room.Kind.CLOSED).pk if room == 'hidden' else 10**20}/"
    assert sign_in(client, next=path) == (302, "/")


@pytest.mark.parametrize("next_page", ["/login/", "/login/?next=/login/"])
def test_next_never_leads_round_in_a_circle(cast: Cast, browse: Browse, next_page: str) -> None:
    response = browse(cast.bia).get("/login/", {"next": next_page})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_who_is_signed_in_is_led_on(cast: Cast, browse: Browse) -> None:
    response = browse(cast.bia).get("/login/", {"next": "/account/sessions/"})
    assert (response.status_code, response["Location"]) == (302, "/account/sessions/")


def test_somebody_else_signs_in_without_a_sign_out(cast: Cast, browse: Browse) -> None:
    client = browse(cast.bia)
    assert sign_in(client) == (302, "/")
    assert client.get("/session/").json()["user"]["username"] == "ana"
    assert not Session.objects.filter(device=cast.bia.session.device).exists()


@pytest.mark.parametrize("who", ["ana", "bia"])
def test_a_sign_in_that_is_not_stored_leaves_the_browser_as_it_was(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Whose answer is an error brings no new cookie: neither may the old one be gone, nor a sign-in be left behind."""
    client = browse(cast.bia)
    client.raise_request_exception = False

    def fail(*_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr("chat.views.sessions.SignIn.get_success_url", fail)
    devices = set(Session.objects.values_list("device", flat=True))
    assert client.post("/login/", {"username": who, "password": PASSWORD}).status_code == 503
    assert client.get("/session/").json()["user"]["username"] == "bia"
    assert set(Session.objects.values_list("device", flat=True)) == devices


def test_a_wrong_password_signs_nobody_out(cast: Cast, browse: Browse) -> None:
    client = browse(cast.bia)
    assert sign_in(client, "wrong")[0] == 200
    assert client.get("/session/").json()["user"]["username"] == "bia"


def test_a_name_with_a_nul_is_refused_and_nothing_breaks(cast: Cast, client: Client) -> None:
    assert client.post("/login/", {"username": "an\0a", "password": PASSWORD}).status_code == 200


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/login/", {"username": "ana", "password": PASSWORD})
    assert response.status_code == 403
    assert b"once more" in response.content


def test_signing_out_ends_the_session_and_leads_to_sign_in(cast: Cast, browse: Browse) -> None:
    response = browse(cast.ana).post("/logout/")
    assert (response.status_code, response["Location"]) == (302, "/login/")
    assert not Session.objects.filter(device=cast.ana.session.device).exists()
    assert Session.objects.filter(device=cast.bia.session.device).exists()


def test_signing_out_takes_a_post_with_its_token(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    assert client.get("/logout/").status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post("/logout/").status_code == 403
    assert Session.objects.filter(device=cast.ana.session.device).exists()
