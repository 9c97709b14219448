"""The list that the page offers emoji from."""

import pytest
from django.conf import settings
from django.test import Client


def names(client: Client, language: str) -> dict[str, list[str]]:
    return {emoji: names for emoji, *names in client.get("/emoji.json", {"lang": language}).json()["emoji"]}


def test_each_language_of_the_pages_has_its_own_names(client: Client) -> None:
    english, portuguese = (names(client, language) for language, _name in settings.LANGUAGES)
    assert english["🎉"] == ["party_popper", "tada"]
    assert portuguese["🎉"] == ["cone_de_festa", "tada"]
    assert len(english) > 1900 < len(portuguese)


@pytest.mark.parametrize("language", ["pt-BR", "pt"])
def test_a_language_may_be_written_as_browsers_do(client: Client, language: str) -> None:
    assert names(client, language)["👍"][0] == "polegar_para_cima"


@pytest.mark.parametrize(
    "query", [{}, {"lang": ""}, {"lang": "tlh"}, {"lang": "../en"}, {"lang": "e\0n"}, {"lang": "x" * 600}]
)
def test_a_language_that_the_pages_do_not_have_is_refused(client: Client, query: dict[str, str]) -> None:
    response = client.get("/emoji.json", query)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_query")
    assert response["Cache-Control"] == "no-store"


def test_whoever_asked_need_not_ask_again_soon(client: Client) -> None:
    response = client.get("/emoji.json", {"lang": "en"})
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=86400"}
    assert "Cookie" not in response.get("Vary", "")
    assert "Set-Cookie" not in response.headers


def test_it_travels_packed(client: Client) -> None:
    plain = client.get("/emoji.json", {"lang": "pt-br"})
    packed = client.get("/emoji.json", {"lang": "pt-br"}, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


def test_it_can_only_be_read(client: Client) -> None:
    assert client.post("/emoji.json", {"lang": "en"}).status_code == 405
