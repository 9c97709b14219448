"""Who is called: members of the room, when a message is posted or edited, and as long as it says so."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import conf
from chat.actions import bodies
from chat.actions.commit import commit
from chat.actions.memberships import add_members, remove_members
from chat.actions.mentions import Names
from chat.actions.moderation import moderate
from chat.models import Mention, Message, User
from chat.tests.cast import Cast, commit_one, committed, fresh


def message() -> Message:
    return Message.objects.get()


def called() -> list[tuple[int, int | None]]:
    """The positions, and who is called there; None: everybody."""
    return list(Mention.objects.order_by("position", "user").values_list("position", "user"))


def test_a_member_is_called(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden, "look, @bia")]))
    bia = cast.bia.user
    assert message().mentions == [bia.pk]
    assert message().html == f'<p>look, <span class="mention" data-user="{bia.pk}">@Bia Souza</span></p>'
    assert called() == [(1, bia.pk)]


@pytest.mark.parametrize("name", ["@BIA", "@Bia", "(@bia)", "@bia."])
def test_letters_and_punctuation_do_not_matter(cast: Cast, name: str) -> None:
    committed(commit([cast.ana.post(cast.garden, name)]))
    assert message().mentions == [cast.bia.user.pk]


@pytest.mark.parametrize("body", ["@caio", "@nobody", "caio@example.org", "`@bia`", "@bianca"])
def test_who_is_no_member_is_not_called(cast: Cast, body: str) -> None:
    committed(commit([cast.ana.post(cast.garden, body)]))
    assert (message().mentions, called()) == ([], [])
    assert "mention" not in message().html


def test_who_has_left_is_not_called(cast: Cast) -> None:
    remove_members(room=cast.garden, users=[cast.bia.user])
    committed(commit([cast.ana.post(cast.garden, "@bia @all")]))
    assert message().mentions == []
    assert "@bia" in message().html


def test_a_disabled_account_is_not_called(cast: Cast) -> None:
    User.objects.filter(pk=cast.bia.user.pk).update(is_active=False)
    committed(commit([cast.ana.post(cast.garden, "@bia @all")]))
    assert message().mentions == []


def test_of_two_names_that_differ_in_case_the_one_that_was_written_is_called(cast: Cast) -> None:
    other = User.objects.create_user("Bia")
    add_members(room=cast.garden, users=[other])
    committed(
        commit(
            [cast.ana.post(cast.garden, "@Bia"), cast.ana.post(cast.garden, "@bia"), cast.ana.post(cast.garden, "@BIA")]
        )
    )
    found = list(Message.objects.order_by("position").values_list("mentions", flat=True))
    assert found == [[other.pk], [cast.bia.user.pk], [cast.bia.user.pk]]


def test_a_name_with_every_sign_that_it_may_have(cast: Cast) -> None:
    other = User.objects.create_user("josé.da+silva-x_y@example.org")
    add_members(room=cast.garden, users=[other])
    committed(commit([cast.ana.post(cast.garden, "oi @JOSÉ.da+silva-x_y@example.org!")]))
    assert message().mentions == [other.pk]


def test_a_new_name_counts_and_the_former_does_not(cast: Cast) -> None:
    user = cast.bia.user
    user.username = "beatriz"
    user.save(update_fields=["username"])
    committed(commit([cast.ana.post(cast.garden, "@bia @beatriz")]))
    assert (message().mentions, message().html.count("<span")) == ([user.pk], 1)


def test_everybody_but_the_author_is_called_at_once(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@all")]))
    assert message().mentions == [cast.bia.user.pk, cast.caio.user.pk]
    assert message().html == '<p><span class="mention" data-user="all">@all</span></p>'
    assert called() == [(1, None)]


def test_everybody_in_a_large_room_is_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "EVERYONE_PEOPLE", 2)
    committed(commit([cast.ana.post(cast.general, "@all and @bia")]))
    assert message().mentions == [cast.bia.user.pk]
    assert message().html.startswith("<p>@all and <span")


def test_whoever_is_called_by_name_as_well_comes_once(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@caio @all @caio")]))
    assert message().mentions == [cast.caio.user.pk, cast.bia.user.pk]
    assert sorted(called(), key=str) == [(1, cast.caio.user.pk), (1, None)]


def test_nobody_is_told_of_calling_oneself(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden, "note to @ana")]))
    assert (message().mentions, called()) == ([cast.ana.user.pk], [(1, cast.ana.user.pk)])
    assert Mention.objects.unread_by(cast.ana.user) == {}


def test_an_edit_calls_anew(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@bia")]))
    committed(commit([cast.ana.edit(cast.general, 1, "@caio")]))
    assert (message().mentions, called()) == ([cast.caio.user.pk], [(1, cast.caio.user.pk)])
    committed(commit([cast.ana.edit(cast.general, 1, "never mind")]))
    assert (message().mentions, called()) == ([], [])


def test_what_is_edited_in_the_batch_that_posts_it_calls_as_it_says_in_the_end(cast: Cast) -> None:
    committed(
        commit(
            [
                cast.ana.post(cast.general, "@bia"),
                cast.ana.edit(cast.general, 1, "@caio"),
                cast.ana.post(cast.general, "@bia"),
            ]
        )
    )
    assert called() == [(1, cast.caio.user.pk), (2, cast.bia.user.pk)]


def test_a_deleted_message_calls_nobody(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@bia"), cast.ana.post(cast.general, "@all")]))
    committed(commit([cast.ana.delete(cast.general, 1)]))
    assert called() == [(2, None)]
    moderate(messages=[Message.objects.get(position=2)])
    assert called() == []
    assert list(Message.objects.values_list("mentions", flat=True)) == [[], []]


def test_a_reaction_leaves_it_as_it_is(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@bia"), cast.bia.react(cast.general, 1)]))
    committed(commit([cast.bia.react(cast.general, 1, "🎉")]))
    assert (message().mentions, called()) == ([cast.bia.user.pk], [(1, cast.bia.user.pk)])


def test_what_is_sent_again_calls_once(cast: Cast) -> None:
    change = cast.ana.post(cast.general, "@bia @all")
    committed(commit([change, change]))
    committed(commit([change]))
    assert sorted(called(), key=str) == [(1, cast.bia.user.pk), (1, None)]
    assert Mention.objects.unread_by(cast.bia.user) == {cast.general.pk: [1]}


def test_what_is_refused_calls_nobody(cast: Cast) -> None:
    commit_one(cast.caio.post(cast.garden, "@bia"))
    assert (Message.objects.count(), called()) == (0, [])


def test_who_leaves_before_the_message_is_stored_is_not_called(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Names] = []

    def look(asked: Any) -> Names:
        """The first time, Bia leaves right after it."""
        looked.append(Names(asked))
        if len(looked) == 1:
            remove_members(room=cast.garden, users=[cast.bia.user])
        return looked[-1]

    monkeypatch.setattr(bodies, "Names", look)
    committed(commit([cast.ana.post(cast.garden, "@bia @ana @all")]))
    assert len(looked) == 2
    assert message().mentions == [cast.ana.user.pk]
    assert "<p>@bia <span" in message().html


def test_a_batch_asks_for_all_names_at_once(cast: Cast) -> None:
    def queries(changes: list[Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            committed(commit(changes))
        return len(captured)

    one = queries([cast.ana.post(cast.general, "@bia")])
    assert queries([cast.ana.post(cast.general, "@bia @caio"), cast.bia.post(cast.general, "@ana")]) == one
    assert queries([cast.ana.post(cast.general, "nobody")]) < one


def asked_of_mentions(changes: list[Any]) -> list[str]:
    """What a batch asks of the table in which it is noted who is called."""
    with CaptureQueriesContext(connection) as captured:
        committed(commit(changes))
    return [query["sql"].split()[0] for query in captured if Mention._meta.db_table in query["sql"]]


def test_what_is_new_has_nothing_to_forget(cast: Cast) -> None:
    assert asked_of_mentions([cast.ana.post(cast.general, "nobody"), cast.bia.post(cast.garden, "nobody")]) == []
    assert asked_of_mentions([cast.ana.post(cast.general, "@bia"), cast.bia.post(cast.garden, "nobody")]) == ["INSERT"]
    position = fresh(cast.general).last_position + 1
    both = [cast.ana.post(cast.general, "@bia"), cast.ana.edit(cast.general, position, "@caio")]
    assert asked_of_mentions(both) == ["INSERT"]


def test_only_what_is_edited_or_deleted_is_forgotten(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "@bia"), cast.ana.post(cast.general, "@bia")]))
    new = cast.bia.post(cast.general, "@ana")
    assert asked_of_mentions([new, cast.ana.edit(cast.general, 1, "@caio")]) == ["DELETE", "INSERT"]
    assert asked_of_mentions([cast.bia.react(cast.general, 1)]) == []
    assert asked_of_mentions([cast.ana.delete(cast.general, 1)]) == ["DELETE"]
    assert called() == [(2, cast.bia.user.pk), (3, cast.ana.user.pk)]
