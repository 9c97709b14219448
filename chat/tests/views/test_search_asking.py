"""Whom, where and when one asks about in a search."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.actions.direct import direct_room
from chat.actions.memberships import remove_members
from chat.models import Membership, Room, User
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse
from chat.tests.views.searching import ATTACK, notices, page_of, said, said_at, texts

pytestmark = pytest.mark.usefixtures("at_any_rate")


@pytest.mark.parametrize("query", ["from:bia", "from:@bia", "FROM:BIA", "from:Bia", 'from:"bia souza"', "from:@BIA"])
def test_people_are_called_by_any_of_their_names(cast: Cast, browse: Browse, query: str) -> None:
    said(cast.bia, cast.general, "from bia")
    said(cast.ana, cast.general, "from ana")
    assert texts(page_of(browse(cast.ana), query)) == ["from bia"]


@pytest.mark.parametrize("query", ["tea from:ana\0", "tea from:@ana\0", 'tea in:"\0general"', "\0tea"])
def test_what_no_text_may_hold_counts_as_a_space(cast: Cast, browse: Browse, query: str) -> None:
    said(cast.ana, cast.general, "tea")
    assert texts(page_of(browse(cast.ana), query)) == ["tea"]


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
    ("zone", "sent"),
    [
        ("", "2026-03-01T23:30:00+00:00"),
        ("Asia/Tokyo", "2026-03-01T23:30:00+09:00"),
        ("America/Sao_Paulo", "2026-03-01T23:30:00-03:00"),
        ("../../etc/passwd", "2026-03-01T23:30:00+00:00"),
        ("Mars/Phobos\0", "2026-03-01T23:30:00+00:00"),
    ],
)
def test_days_begin_where_the_asker_is(cast: Cast, browse: Browse, zone: str, sent: str) -> None:
    said_at(sent, cast.ana, cast.general, "tea")
    client = browse(cast.ana)
    assert texts(page_of(client, "tea after:2026-03-01 before:2026-03-02", zone=zone)) == ["tea"]
    assert texts(page_of(client, "tea after:2026-03-02", zone=zone)) == []
    assert texts(page_of(client, "tea before:2026-03-01", zone=zone)) == []


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_and_the_last_days_there_are_have_a_beginning_everywhere(
    cast: Cast, browse: Browse, zone: str
) -> None:
    said(cast.ana, cast.general, "tea")
    assert texts(page_of(browse(cast.ana), "tea after:0001 before:9999-12-31", zone=zone)) == ["tea"]


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
