"""`@all` calls everybody or nobody, whatever people are called."""

import pytest

from chat import conf
from chat.actions.commit import commit
from chat.actions.memberships import add_members
from chat.models import Mention, Message, User
from chat.tests.cast import Cast, committed

TAKEN = ["all", "ALL", "All", "all.", "all_", "@all", "ａｌｌ"]  # accounts from before names were looked at


def message() -> Message:
    return Message.objects.get()


def join(cast: Cast, *usernames: str) -> list[User]:
    people = [User.objects.create(username=username, full_name="Alla Ivanova") for username in usernames]
    add_members(room=cast.garden, users=people)
    return people


@pytest.mark.parametrize("username", TAKEN)
def test_no_person_is_called_by_it_in_a_room_that_is_too_large(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    join(cast, username)
    monkeypatch.setattr(conf, "EVERYONE_PEOPLE", 2)
    body = f"@{username.lstrip('@')} @all @ALL"
    committed(commit([cast.ana.post(cast.garden, body)]))
    assert (message().mentions, message().html) == ([], f"<p>{body}</p>")
    assert not Mention.objects.exists()


@pytest.mark.parametrize("username", TAKEN)
def test_it_calls_everybody_however_a_member_is_called(cast: Cast, username: str) -> None:
    [alla] = join(cast, username)
    committed(commit([cast.ana.post(cast.garden, f"@{username.lstrip('@')}")]))
    assert message().mentions == [cast.bia.user.pk, alla.pk]
    assert message().html.startswith('<p><span class="mention" data-user="all">@all</span>')
    assert list(Mention.objects.values_list("user", flat=True)) == [None]


@pytest.mark.parametrize("username", ["allan", "all.hands", "all-hands", "áll", "all1"])
def test_names_that_only_begin_so_are_names(cast: Cast, username: str) -> None:
    _alla, other = join(cast, "all", username)
    committed(commit([cast.ana.post(cast.garden, f"@{username}")]))
    assert message().mentions == [other.pk]
