"""Reactions: one's own only, each once, through the room's next revision."""

from typing import Any

import pytest

from chat import conf
from chat.actions.commit import commit
from chat.actions.moderation import moderate
from chat.errors import BadFrame, Forbidden, NotAMember, NotFound
from chat.markup.emoji import known_emoji
from chat.models import Message
from chat.tests.cast import Cast, commit_one, committed, fresh

MANY = [chr(code) for code in range(0x1F400, 0x1F400 + conf.REACTIONS)]  # animals


def reactions() -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = Message.objects.get().reactions
    return held


def test_reactions_stand_in_the_order_in_which_they_came(cast: Cast) -> None:
    ana, bia = cast.ana.user.pk, cast.bia.user.pk
    committed(commit([cast.ana.post(cast.garden)]))
    changes = [
        cast.bia.react(cast.garden, 1, "🎉"),
        cast.ana.react(cast.garden, 1),
        cast.ana.react(cast.garden, 1, "🎉"),
    ]
    done = committed(commit(changes))
    assert reactions() == [{"emoji": "🎉", "users": [bia, ana]}, {"emoji": "👍", "users": [ana]}]
    assert [one.position for one in done] == [1, 1, 1]
    assert Message.objects.get().revision == done[-1].revision == fresh(cast.garden).last_revision


def test_a_reaction_to_a_message_of_the_same_batch_is_stored(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.bia.react(cast.garden, 1)]))
    assert reactions() == [{"emoji": "👍", "users": [cast.bia.user.pk]}]


def test_taking_back_the_last_reaction_takes_the_emoji_away(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.ana.react(cast.garden, 1), cast.bia.react(cast.garden, 1)]))
    committed(commit([cast.ana.react(cast.garden, 1, on=False)]))
    assert reactions() == [{"emoji": "👍", "users": [cast.bia.user.pk]}]
    committed(commit([cast.bia.react(cast.garden, 1, on=False)]))
    assert reactions() == []


def test_what_is_so_already_takes_no_revision(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.ana.react(cast.garden, 1)]))
    before = fresh(cast.garden).last_revision
    again = [cast.ana.react(cast.garden, 1), cast.bia.react(cast.garden, 1, on=False)]
    assert [one.revision for one in committed(commit(again))] == [before, before]
    assert fresh(cast.garden).last_revision == before


def test_both_forms_of_an_emoji_are_one(cast: Cast) -> None:
    committed(
        commit([cast.ana.post(cast.garden), cast.ana.react(cast.garden, 1, "❤"), cast.bia.react(cast.garden, 1, "❤️")])
    )
    assert reactions() == [{"emoji": "❤️", "users": [cast.ana.user.pk, cast.bia.user.pk]}]


@pytest.mark.parametrize("text", ["", "a", "thumbsup", ":+1:", "👍👍", "👍 ", "\0", "🏻", "<b>"])
def test_what_is_no_emoji_is_refused(cast: Cast, text: str) -> None:
    committed(commit([cast.ana.post(cast.garden)]))
    assert known_emoji(text) is None
    assert isinstance(commit_one(cast.bia.react(cast.garden, 1, text)), BadFrame)
    assert reactions() == []


def test_a_message_has_a_bounded_number_of_different_reactions(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), *(cast.ana.react(cast.garden, 1, emoji) for emoji in MANY)]))
    assert isinstance(commit_one(cast.bia.react(cast.garden, 1, "🎉")), Forbidden)
    committed(commit([cast.bia.react(cast.garden, 1, MANY[0]), cast.ana.react(cast.garden, 1, MANY[1], on=False)]))
    committed(commit([cast.bia.react(cast.garden, 1, "🎉")]))
    assert len(reactions()) == conf.REACTIONS


def test_an_outsider_cannot_react_nor_learn_whether_a_message_exists(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden)]))
    outcomes = commit([cast.caio.react(cast.garden, 1), cast.caio.react(cast.garden, 99)])
    assert [type(outcome) for outcome in outcomes] == [NotAMember, NotAMember]
    assert reactions() == []


def test_neither_a_tombstone_nor_a_position_that_is_not_there_takes_reactions(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.ana.delete(cast.garden, 1)]))
    outcomes = commit([cast.bia.react(cast.garden, 1), cast.bia.react(cast.garden, 2)])
    assert [type(outcome) for outcome in outcomes] == [NotFound, NotFound]


def test_a_deleted_message_keeps_no_reactions(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.bia.react(cast.garden, 1), cast.ana.delete(cast.garden, 1)]))
    assert reactions() == []


def test_a_moderated_message_keeps_no_reactions(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.bia.react(cast.garden, 1)]))
    moderate(messages=Message.objects.all())
    assert reactions() == []


def test_an_edit_leaves_the_reactions(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden), cast.bia.react(cast.garden, 1), cast.ana.edit(cast.garden, 1)]))
    assert reactions() == [{"emoji": "👍", "users": [cast.bia.user.pk]}]
