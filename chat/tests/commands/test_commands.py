"""The commands that administrators type."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from chat.models import Room, Session, User
from chat.tests.cast import Cast, make_cast, sign_in

PASSWORD = "a good long password"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What stands on the command's standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    return monkeypatch


def test_a_user_is_made_and_is_where_everyone_is(db: None, given: None) -> None:
    run("create_user", "dora", "--password-stdin", "--full-name", "Dora Dias", "--staff")
    user = User.objects.get(username="dora")
    assert user.check_password(PASSWORD)
    assert (user.name, user.is_active, user.is_staff, user.is_superuser) == ("Dora Dias", True, True, False)
    assert list(user.rooms) == list(Room.objects.filter(everyone=True))


def test_a_user_is_no_staff_unless_told(db: None, given: None) -> None:
    run("create_user", "dora", "--password-stdin")
    assert not User.objects.get(username="dora").is_staff


@pytest.mark.parametrize("name", ["ana", "two words", "", "x" * 151, "all"])
def test_a_name_that_will_not_do_is_refused_in_one_line(cast: Cast, given: None, name: str) -> None:
    with pytest.raises(CommandError) as refused:
        run("create_user", name, "--password-stdin")
    assert "\n" not in str(refused.value)
    assert User.objects.count() == 3


def test_a_weak_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    with pytest.raises(CommandError, match="too short"):
        run("create_user", "dora", "--password-stdin")
    assert not User.objects.exists()


def test_a_room_is_made_and_its_id_stands_alone_on_the_last_line(cast: Cast) -> None:
    output = run("create_room", "kitchen", "--kind", "closed", "--member", "ana", "--member", "bia")
    room = Room.objects.get(pk=int(output.splitlines()[-1]))
    assert (room.name, room.kind) == ("kitchen", "closed")
    members = room.memberships.filter(active=True)
    assert {one.user.username for one in members} == {"ana", "bia"}


def test_a_room_is_open_unless_told(cast: Cast) -> None:
    assert Room.objects.get(pk=int(run("create_room", "kitchen"))).kind == Room.Kind.OPEN


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kitchen", "--member", "nobody"), "nobody"),
        (("",), "name"),
        (("x" * 81,), "name"),
        (("kitchen", "--kind", "direct"), "^A room is open or closed"),
    ],
)
def test_a_room_that_will_not_do_is_refused(cast: Cast, arguments: tuple[str, ...], said: str) -> None:
    before = Room.objects.count()
    with pytest.raises(CommandError, match=said):
        run("create_room", *arguments)
    assert Room.objects.count() == before


def test_revoking_signs_out_everywhere_and_nobody_else(cast: Cast) -> None:
    sign_in(cast.ana.user)
    assert "2 signed out" in run("revoke_sessions", "--user", "ana")
    assert not Session.objects.filter(user=cast.ana.user).exists()
    assert Session.objects.filter(user=cast.bia.user).exists()


def test_revoking_somebody_who_does_not_exist_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="nobody"):
        run("revoke_sessions", "--user", "nobody")
