"""The page on which messages are searched: what it finds, what it shows, and what it never tells."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from chat import conf
from chat.actions.commit import commit
from chat.actions.direct import direct_room
from chat.actions.memberships import remove_members
from chat.models import Membership, Message, Room, User
from chat.tests.cast import Cast, Person, committed
from chat.tests.views.conftest import Browse
from chat.views import rates

ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def at_any_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test's people begin with a full bucket: numbers of people come again."""
    monkeypatch.setattr(rates.may_search, "_buckets", {})


def said(person: Person, room: Room, *bodies: str) -> None:
    committed(commit([person.post(room, body) for body in bodies]))


def page_of(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def texts(page: str) -> list[str]:
    """What stands in the hits."""
    found = re.findall(r'<p class="hit__text" dir="auto">(.*?)</p>', page, re.DOTALL)
    return [unescape(re.sub(r"</?mark>", "", text)) for text in found]


def notices(page: str) -> list[str]:
    """What cannot be searched for, in words."""
    block = re.search(r'<div class="notice notice--error" role="alert">(.*?)</div>', page, re.DOTALL)
    return [unescape(one.strip()) for one in re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL)] if block else []


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


# -- whom and where ------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["from:bia", "from:@bia", "FROM:BIA", "from:Bia", 'from:"bia souza"', "from:@BIA"])
def test_people_are_called_by_any_of_their_names(cast: Cast, browse: Browse, query: str) -> None:
    said(cast.bia, cast.general, "from bia")
    said(cast.ana, cast.general, "from ana")
    assert texts(page_of(browse(cast.ana), query)) == ["from bia"]


def test_several_people_with_that_name_are_all_meant(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.general, "from bia")
    said(cast.ana, cast.general, "from ana")
    assert texts(page_of(browse(cast.ana), "from:souza")) == ["from ana", "from bia"]
    assert texts(page_of(browse(cast.ana), "from:ana from:bia")) == ["from ana", "from bia"]


def test_a_username_is_meant_before_a_part_of_a_name(cast: Cast, browse: Browse) -> None:
    User.objects.filter(pk=cast.caio.user.pk).update(full_name="Bia Reis", folded=" bia reis caio")
    said(cast.caio, cast.general, "from caio")
    said(cast.bia, cast.general, "from bia")
    assert texts(page_of(browse(cast.ana), "from:bia")) == ["from bia"]
    assert texts(page_of(browse(cast.ana), "from:reis")) == ["from caio"]


def test_oneself_is_me(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.general, "from bia")
    said(cast.ana, cast.general, "from ana")
    assert texts(page_of(browse(cast.ana), "from:me")) == ["from ana"]


def test_who_has_left_a_room_is_still_found_in_it(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.garden, "before I left")
    Membership.objects.filter(user=cast.bia.user, room=cast.general).delete()
    remove_members(room=cast.garden, users=[cast.bia.user])
    assert texts(page_of(browse(cast.ana), "from:bia")) == ["before I left"]


@pytest.mark.parametrize("query", ["tea in:garden", "tea in:#garden", "tea IN:Gárden", "tea in:gard"])
def test_rooms_are_called_by_their_names(cast: Cast, browse: Browse, query: str) -> None:
    said(cast.bia, cast.garden, "tea in the garden")
    said(cast.bia, cast.general, "tea elsewhere")
    assert texts(page_of(browse(cast.ana), query)) == ["tea in the garden"]


def test_a_room_of_that_very_name_is_meant_before_others(cast: Cast, browse: Browse) -> None:
    Room.objects.filter(pk=cast.general.pk).update(name="garden party", folded=" garden party")
    said(cast.bia, cast.general, "tea at the party")
    said(cast.bia, cast.garden, "tea in the garden")
    assert texts(page_of(browse(cast.ana), "tea in:garden")) == ["tea in the garden"]
    assert texts(page_of(browse(cast.ana), "tea in:part")) == ["tea at the party"]


def test_a_direct_room_is_called_by_the_others_names(cast: Cast, browse: Browse) -> None:
    room = direct_room(by=cast.ana.user, user_ids=[cast.bia.user.pk])
    said(cast.bia, room, "between us")
    page = page_of(browse(cast.ana), "between in:bia")
    assert texts(page) == ["between us"]
    assert "in Bia Souza" in page


def test_days(cast: Cast, browse: Browse) -> None:
    said(cast.ana, cast.general, "tea")
    client, today = browse(cast.ana), timezone.now().date()
    tomorrow = today + timedelta(days=1)
    assert texts(page_of(client, f"tea after:{today}")) == ["tea"]
    assert texts(page_of(client, f"tea before:{tomorrow}")) == ["tea"]
    assert texts(page_of(client, f"before:{tomorrow} after:{today}")) == ["tea"]
    assert texts(page_of(client, f"tea after:{tomorrow}")) == []
    assert texts(page_of(client, f"tea before:{today}")) == []
    assert texts(page_of(client, "tea before:0001")) == []
    assert texts(page_of(client, "tea after:9999")) == []


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("tea from:nobody", "There is nobody called “nobody” in your rooms."),
        ("from:@an", "There is nobody called “@an” in your rooms."),
        ("from:!", "There is nobody called “!” in your rooms."),
        ("tea in:nowhere", "You are not in a room called “nowhere”."),
        ("in:#", "Something is missing after “in:#”. Write it without a space, as in from:ana."),
        ("in:\u0301", "You are not in a room called “\u0301”."),
        ("tea before:soon", "“soon” is not a day. Write one as in 2026-11-25."),
        ("tea from:", "Something is missing after “from:”. Write it without a space, as in from:ana."),
        ("...", "There is no letter and no digit in this to search for."),
        ("a " * 11, "These are too many words: up to 10 are possible."),
        ("a" * 201, "This is too long to search for: up to 200 characters are possible."),
        (f"in:{ATTACK}", f"You are not in a room called “{ATTACK.split()[0]}”."),
    ],
)
def test_what_cannot_be_understood_is_told_in_words(cast: Cast, browse: Browse, query: str, notice: str) -> None:
    said(cast.ana, cast.general, "tea")
    page = page_of(browse(cast.ana), query)
    assert notices(page) == [notice]
    assert texts(page) == []
    assert "<img" not in page


def test_it_is_told_in_the_readers_language(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    page = client.get("/search/", {"q": "before:soon"}, headers={"accept-language": "pt-BR"}).content.decode()
    assert notices(page) == ["“soon” não é um dia. Escreva como em 2026-11-25."]


# -- what it never tells -------------------------------------------------------------------------


def test_what_is_said_in_other_rooms_is_not_found(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.garden, "secret tea")
    said(cast.bia, cast.general, "public tea")
    outsider = browse(cast.caio)
    assert texts(page_of(outsider, "tea")) == ["public tea"]
    assert texts(page_of(outsider, "secret")) == []
    assert texts(page_of(outsider, "from:bia")) == ["public tea"]
    assert texts(page_of(outsider, "from:bia after:2020")) == ["public tea"]


def test_a_room_that_one_is_not_in_and_one_that_does_not_exist_are_the_same(cast: Cast, browse: Browse) -> None:
    said(cast.bia, cast.garden, "secret tea")
    outsider = browse(cast.caio)
    closed, absent = page_of(outsider, "tea in:garden"), page_of(outsider, "tea in:absent")
    assert closed.replace("garden", "absent") == absent.replace("garden", "absent")
    assert texts(page_of(outsider, f"tea in:{cast.garden.pk}")) == []


def test_people_whom_one_shares_no_room_with_are_unknown(cast: Cast, browse: Browse) -> None:
    Membership.objects.filter(user=cast.caio.user).delete()
    assert notices(page_of(browse(cast.ana), "from:caio")) == ["There is nobody called “caio” in your rooms."]


@pytest.mark.parametrize("ending", ["removed", "archived", "in no room"])
def test_a_room_that_one_is_in_no_more_is_not_searched(cast: Cast, browse: Browse, ending: str) -> None:
    said(cast.ana, cast.garden, "tea")
    client = browse(cast.ana)
    assert texts(page_of(client, "tea")) == ["tea"]
    if ending == "archived":
        Room.objects.filter(pk=cast.garden.pk).update(archived=True)
    elif ending == "removed":
        remove_members(room=cast.garden, users=[cast.ana.user])
    else:
        Membership.objects.all().delete()
    assert texts(page_of(client, "tea")) == []
    assert texts(page_of(client, "from:me")) == []


def test_what_is_deleted_is_not_found_and_what_is_edited_as_it_is_now(cast: Cast, browse: Browse) -> None:
    said(cast.ana, cast.general, "first tea", "second tea")
    committed(commit([cast.ana.delete(cast.general, 1), cast.ana.edit(cast.general, 2, "now coffee")]))
    client = browse(cast.ana)
    assert texts(page_of(client, "tea")) == []
    assert texts(page_of(client, "coffee")) == ["now coffee"]


def test_markup_is_inert_wherever_it_stands(cast: Cast, browse: Browse) -> None:
    cast.bia.user.full_name = f"Bia {ATTACK}"
    cast.bia.user.save()
    Room.objects.filter(pk=cast.garden.pk).update(name=f"garden {ATTACK}")
    said(cast.bia, cast.garden, f"tea {ATTACK}", "`<b>tea</b>`", "</mark><script>tea</script>")
    for query in ("tea", "img", "script", f"tea {ATTACK}", f'"{ATTACK}', f"from:{ATTACK}"):
        page = page_of(browse(cast.ana), query)
        assert "<img" not in page
        assert "<b>" not in page
        assert page.count("<script") == 1, "the page's own"
    assert "&lt;<mark>img</mark> src=x" in page_of(browse(cast.ana), "img")


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
