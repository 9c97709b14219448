"""What a search never tells."""

from __future__ import annotations

import pytest

from chat.actions.commit import commit
from chat.actions.memberships import remove_members
from chat.models import Membership, Room
from chat.tests.cast import Cast, committed
from chat.tests.views.conftest import Browse
from chat.tests.views.searching import ATTACK, notices, page_of, said, texts

pytestmark = pytest.mark.usefixtures("at_any_rate")


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
