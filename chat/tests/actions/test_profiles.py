"""What people change of their own account."""

from typing import Any

import pytest

from chat.actions.profiles import save_profile
from chat.errors import BadQuery
from chat.models import Message, User
from chat.tests.cast import Cast, commit_one


def profile(**fields: str) -> dict[str, Any]:
    return {"full_name": "Ana Lima", "language": "pt-br", "theme": "dark", **fields}


def stored(cast: Cast) -> User:
    return User.objects.get(pk=cast.ana.user.pk)


def test_a_profile_is_stored_and_nothing_beside_it(cast: Cast) -> None:
    save_profile(user=cast.ana.user, **profile(full_name="  Ana   Lima "))
    user = stored(cast)
    assert (user.full_name, user.language, user.theme) == ("Ana Lima", "pt-br", "dark")
    assert (user.username, user.is_staff, user.check_password("correct horse")) == ("ana", False, True)


def test_who_has_no_full_name_goes_by_the_username(cast: Cast) -> None:
    save_profile(user=cast.ana.user, **profile(full_name="", language="", theme=""))
    assert stored(cast).name == "ana"


def test_old_messages_carry_the_new_name(cast: Cast) -> None:
    commit_one(cast.ana.post(cast.garden))
    save_profile(user=cast.ana.user, **profile())
    message = Message.objects.select_related("author").get()
    assert message.author is not None
    assert message.author.name == "Ana Lima"


def test_a_person_is_found_by_the_new_name(cast: Cast) -> None:
    save_profile(user=cast.ana.user, **profile(full_name="João Strauß"))
    assert "joao" in stored(cast).folded


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": "x" * 151},
        {"full_name": "Ana\nBia"},
        {"full_name": "Ana\u202eaiB"},
        {"full_name": "Ana\0"},
        {"full_name": "\u200b\u200b"},
        {"language": "tlh"},
        {"language": "pt-br' --"},
        {"theme": "pink"},
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_stored(cast: Cast, wrong: dict[str, str]) -> None:
    (field,) = wrong
    with pytest.raises(BadQuery, match=field):
        save_profile(user=cast.ana.user, **profile(**wrong))
    user = stored(cast)
    assert (user.full_name, user.language, user.theme) == ("Ana Souza", "", "")
