"""Whoever's account has ended is not called any more, and no message that called them names them."""

from typing import Any

import pytest

from chat.actions import bodies
from chat.actions.accounts import anonymise
from chat.actions.commit import commit
from chat.actions.memberships import remove_members
from chat.actions.mentions import Names
from chat.actions.profiles import save_profile
from chat.actions.rooms import save_room
from chat.models import Mention, Message, Room, User
from chat.tests.actions.meanwhile import on_postgres, waiting_for
from chat.tests.cast import Cast, committed, fresh

CALL = '<span class="mention" data-user="{}">@{}</span>'


def shown(room: Room) -> list[str]:
    return list(Message.objects.filter(room=room).order_by("position").values_list("html", flat=True))


def said(cast: Cast, room: Room, *texts: str) -> None:
    committed(commit([cast.bia.post(room, text) for text in texts]))


def test_the_name_goes_and_the_others_stay(cast: Cast) -> None:
    said(cast, cast.general, "@ana, @caio and **@ana**")
    anonymise(user=cast.ana.user)
    caio = cast.caio.user.pk
    there = CALL.format(caio, "Caio Souza")
    assert shown(cast.general) == [f"<p>@Deleted account, {there} and <strong>@Deleted account</strong></p>"]
    assert Message.objects.get().mentions == [caio]
    assert list(Mention.objects.values_list("user", flat=True)) == [caio]


def test_it_goes_wherever_it_stood(cast: Cast) -> None:
    """Also where everybody was called as well, in what the person wrote, and in rooms that they have left."""
    said(cast, cast.general, "@all, above all @ana")
    committed(commit([cast.ana.post(cast.general, "note to @ana")]))
    said(cast, cast.garden, "@ana")
    remove_members(room=cast.garden, users=[cast.ana.user])
    anonymise(user=cast.ana.user)
    everybody = CALL.format("all", "all")
    assert shown(cast.general) == [f"<p>{everybody}, above all @Deleted account</p>", "<p>note to @Deleted account</p>"]
    assert shown(cast.garden) == ["<p>@Deleted account</p>"]
    assert "Ana" not in "".join(Message.objects.values_list("html", flat=True))


def test_it_goes_from_archived_rooms_and_from_edited_messages(cast: Cast) -> None:
    said(cast, cast.garden, "@ana", "hello")
    committed(commit([cast.bia.edit(cast.garden, 1, "no more"), cast.bia.edit(cast.garden, 2, "hello @ana")]))
    cast.garden.archived = True
    save_room(room=cast.garden)
    anonymise(user=cast.ana.user)
    assert shown(cast.garden) == ["<p>no more</p>", "<p>hello @Deleted account</p>"]


def test_a_name_that_the_person_had_once_goes_too(cast: Cast) -> None:
    said(cast, cast.garden, "@ana")
    save_profile(user=cast.ana.user, full_name="Ana Lima", language="", theme="")
    said(cast, cast.garden, "@ana")
    anonymise(user=User.objects.get(pk=cast.ana.user.pk))
    assert shown(cast.garden) == ["<p>@Deleted account</p>"] * 2


def test_what_was_written_stays_as_it_was(cast: Cast) -> None:
    said(cast, cast.garden, "ask @ana")
    anonymise(user=cast.ana.user)
    message = Message.objects.get()
    assert (message.body, message.edited) == ("ask @ana", None)


def test_those_who_see_the_room_catch_up_with_it(cast: Cast) -> None:
    said(cast, cast.general, "@ana", "nobody", "@all", "@ana @bia")
    before = fresh(cast.general).last_revision
    anonymise(user=cast.ana.user)
    assert fresh(cast.general).last_revision == before + 2
    changed = cast.general.messages.changed(after=before, up_to=before + 2)
    assert [(one.position, one.revision) for one in changed] == [(1, before + 1), (4, before + 2)]


def test_done_again_it_changes_nothing(cast: Cast) -> None:
    said(cast, cast.general, "@ana")
    anonymise(user=cast.ana.user)
    before = fresh(cast.general).last_revision, shown(cast.general)
    anonymise(user=cast.ana.user)
    assert (fresh(cast.general).last_revision, shown(cast.general)) == before


def test_whose_account_ends_before_the_message_is_stored_is_not_called(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a room that nobody can leave."""
    looked: list[Names] = []

    def look(asked: Any) -> Names:
        """The first time, Ana's account ends right after it."""
        looked.append(Names(asked))
        if len(looked) == 1:
            anonymise(user=cast.ana.user)
        return looked[-1]

    monkeypatch.setattr(bodies, "Names", look)
    said(cast, cast.general, "@ana and @caio")
    assert len(looked) == 2
    assert shown(cast.general) == [f"<p>@ana and {CALL.format(cast.caio.user.pk, 'Caio Souza')}</p>"]
    assert Message.objects.get().mentions == [cast.caio.user.pk]


@on_postgres
def test_a_message_that_is_being_stored_is_waited_for(cast: Cast) -> None:
    """Whoever stores it has the room, and has looked at the names before the account ended."""
    with waiting_for(cast.general, lambda: anonymise(user=cast.ana.user)):
        assert not User.objects.get(pk=cast.ana.user.pk).is_active
        said(cast, cast.general, "hello")
        html = CALL.format(cast.ana.user.pk, "Ana Souza")
        Message.objects.filter(position=1).update(html=html, mentions=[cast.ana.user.pk])
        Mention.objects.create(room=cast.general, position=1, author=cast.bia.user, user=cast.ana.user)
    assert shown(cast.general) == ["@Deleted account"]
    assert not Mention.objects.exists()
