from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory

from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse
from chat.views.errors import bad_request


def test_a_page_that_is_not_there_says_so_kindly(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content
    assert settings.SITE_NAME.encode() in response.content


def test_a_fault_of_ours_is_owned_up_to(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("chat.views.rooms.room_states", fail)
    client = browse(cast.ana)
    client.raise_request_exception = False
    response = client.get(f"/rooms/{cast.garden.pk}/")
    assert response.status_code == 500
    assert b"The fault is ours" in response.content
    assert b"secret" not in response.content


def test_a_request_that_cannot_be_understood_gets_a_page(rf: RequestFactory) -> None:
    response = bad_request(rf.get("/"), Exception())
    assert response.status_code == 400
    assert settings.SITE_NAME.encode() in response.content


@pytest.mark.parametrize(
    ("page", "status", "said"),
    [("/admin/login/", 403, "Your account may not open this page"), ("/nowhere/", 404, "There is nothing here")],
)
def test_a_refusal_has_the_look_of_the_site_and_leads_back(
    cast: Cast, browse: Browse, page: str, status: int, said: str
) -> None:
    response = browse(cast.ana).get(page)
    assert response.status_code == status
    assert said in response.content.decode()
    assert 'class="wordmark" href="/"' in response.content.decode()


@pytest.mark.parametrize("fields", [{str(number): "" for number in range(1001)}], ids=["too many fields"])
def test_what_no_form_sends_is_refused_without_a_word_in_the_log(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture, fields: dict[str, str]
) -> None:
    response = client.post("/login/", fields)
    assert response.status_code == 400
    assert "could not be understood" in response.content.decode()
    assert [record for record in caplog.records if record.name.startswith("django")] == []


@pytest.fixture
def without_database(cast: Cast) -> Iterator[None]:
    """Every query fails from now on, as it does while the server is away."""

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError('connection failed: "prosa"\nDETAIL: more of it')

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
        yield


def quietly(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/", "/rooms/1/", "/login/", "/account/sessions/", "/admin/", "/setup/guessed/"])
def test_a_page_says_kindly_that_the_database_is_away(
    cast: Cast, browse: Browse, without_database: None, path: str
) -> None:
    response = quietly(browse(cast.ana)).get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "cannot reach its database" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_it_is_said_in_the_readers_language(cast: Cast, browse: Browse, without_database: None) -> None:
    response = quietly(browse(cast.ana)).get("/", headers={"Accept-Language": "pt-br"})
    assert '<html lang="pt-br">' in response.content.decode()
    assert "não consegue" in response.content.decode()


def test_a_sign_in_that_cannot_be_checked_is_told_so(cast: Cast, client: Client, without_database: None) -> None:
    response = quietly(client).post("/login/", {"username": "ana", "password": "correct horse"})
    assert response.status_code == 503
    assert "sessionid" not in client.cookies


def test_a_path_read_as_json_says_it_in_json(cast: Cast, browse: Browse, without_database: None) -> None:
    for path in ("/session/", "/rooms/1/messages/"):
        response = quietly(browse(cast.ana)).get(path)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")


def test_a_session_that_cannot_be_saved_is_the_database_away(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("chat.sessions.engine.SessionStore._update", fail)
    assert quietly(client).post("/login/", {"username": "bia", "password": "correct horse"}).status_code == 503


def test_the_log_has_one_line_for_it_and_no_one_time_link(
    cast: Cast, client: Client, without_database: None, caplog: pytest.LogCaptureFixture
) -> None:
    quietly(client).get("/setup/a-secret-token/")
    (record,) = [record for record in caplog.records if record.name.startswith("django")]
    assert record.getMessage() == "Service Unavailable: /setup/***/"
    assert vars(record)["error"] == 'connection failed: "prosa"'
    assert record.exc_info is None


@pytest.mark.parametrize("path", ["/login/", "/nowhere/"])
def test_pages_carry_the_strict_policy(db: None, client: Client, path: str) -> None:
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_the_browsers_language_is_spoken(db: None, client: Client) -> None:
    page = client.get("/login/", headers={"Accept-Language": "pt-BR,pt;q=0.9"}).content.decode()
    assert '<html lang="pt-br">' in page
    assert "Entrar" in page
    assert "Sign in" not in page
