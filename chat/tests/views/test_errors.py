from typing import Any

import pytest
from django.conf import settings
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
