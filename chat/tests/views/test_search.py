"""The page on which messages are searched: what it finds, and what it shows."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from chat import conf
from chat.models import Message
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse
from chat.tests.views.searching import notices, page_of, said, texts

pytestmark = pytest.mark.usefixtures("at_any_rate")


def test_whoever_is_signed_out_is_asked_to_sign_in(db: None, client: Client) -> None:
    response = client.get("/search/?q=tea")
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/search/%3Fq%3Dtea")


def test_the_page_can_only_be_read(cast: Cast, browse: Browse) -> None:
    assert browse(cast.ana).post("/search/", {"q": "tea"}).status_code == 405


def test_without_a_query_the_page_explains_itself(cast: Cast, browse: Browse) -> None:
    page = page_of(browse(cast.ana), "")
    assert "from:ana" in page
    assert "<details" in page
    assert texts(page) == notices(page) == []
    assert browse(cast.ana).get("/search/").status_code == 200


def test_a_hit_tells_who_where_and_when_and_leads_there(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.garden, "good morning", "**Olá**, João & Zoë")
    page = page_of(browse(cast.ana), "joao")
    message = Message.objects.get(position=2)
    assert f'href="/rooms/{cast.garden.pk}/#2"' in page
    assert "Bia Souza" in page
    assert "in garden" in page
    assert f'datetime="{message.created.isoformat()}"' in page
    assert "Olá, <mark>João</mark> &amp; Zoë" in page
    assert texts(page) == ["Olá, João & Zoë"]
    assert 'value="joao"' in page


def test_the_newest_comes_first_from_all_of_ones_rooms(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.garden, "tea one")
    said(cast.ana, cast.general, "tea two")
    said(cast.bia, cast.garden, "tea three", "coffee")
    assert texts(page_of(browse(cast.ana), "TEA")) == ["tea three", "tea two", "tea one"]


def test_pages_follow_one_another_and_stay_while_messages_arrive(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "SEARCH_HITS", 2)
    said(cast.ana, cast.general, *(f"tea {number}" for number in range(1, 6)))
    client = browse(cast.ana)
    page, seen = page_of(client, "tea"), []
    while True:
        seen.append(texts(page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if not following:
            break
        said(cast.bia, cast.general, "newer tea")
        page = client.get(f"/search/{unescape(following[1])}").content.decode()
    assert seen == [["tea 5", "tea 4"], ["tea 3", "tea 2"], ["tea 1"]]
    assert "Back to the newest" in page


def test_a_page_that_was_given_up_says_so_and_leads_on(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"SEARCH_NEAR": 1, "SEARCH_MATCHES": 0, "SEARCH_FAR": 1}.items():
        monkeypatch.setattr(conf, name, value)
    said(cast.ana, cast.general, "tea", *["coffee"] * 5)
    page = page_of(browse(cast.ana), "tea")
    assert texts(page) == []
    assert "Nothing so far" in page
    assert "Look further back" in page


@pytest.mark.parametrize("older", ["x", "-1", "1.5", "9" * 30])
def test_a_page_that_cannot_be_is_refused(cast: Cast, browse: Browse, older: str) -> None:
    assert browse(cast.ana).get("/search/", {"q": "tea", "older": older}).status_code == 400


def test_nothing_found_is_said_kindly(cast: Cast, browse: Browse) -> None:
    assert "Nothing found" in page_of(browse(cast.ana), "zzz")


def test_what_stands_behind_a_link_is_shown_as_it_was_written(cast: Cast, browse: Browse) -> None:
    said(cast.ana, cast.general, "[the plans](https://example.org/summer)")
    assert texts(page_of(browse(cast.ana), "summer")) == ["[the plans](https://example.org/summer)"]
    assert texts(page_of(browse(cast.ana), "plans")) == ["the plans"]


def test_a_file_is_found_by_its_name(cast: Cast, browse: Browse) -> None:
    said(cast.ana, cast.general, "the *plans*")
    Message.objects.update(attachments=[{"name": "Relatório <b>final</b>.pdf"}])
    page = page_of(browse(cast.bia), "relatorio")
    assert texts(page) == ["the plans\nRelatório <b>final</b>.pdf"]
    assert "<mark>Relatório</mark> &lt;b&gt;" in page
    assert texts(page_of(browse(cast.bia), "plans")) == ["the plans\nRelatório <b>final</b>.pdf"]


def test_the_author_of_an_account_that_is_gone_is_a_former_member(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.general, "tea")
    cast.bia.user.delete()
    assert "Former member" in page_of(browse(cast.ana), "tea")


def test_whoever_searches_too_often_has_to_wait(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "SEARCHES_BURST", 2)
    client = browse(cast.ana)
    for _ in range(2):
        page_of(client, "tea")
    response = client.get("/search/", {"q": "tea"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) >= 1
    assert b"You have searched a lot just now." in response.content
    assert client.get("/search/", {"q": ""}).status_code == 200, "to look at the page costs nothing"
    page_of(browse(cast.bia), "tea")
