"""Rows are locked in one order, so that no two wait for each other."""

from chat.actions.accounts import anonymise
from chat.actions.commit import commit
from chat.actions.memberships import remove_members
from chat.models import Membership, Session, User
from chat.tests.actions.meanwhile import on_postgres, waiting_for
from chat.tests.cast import Cast, committed


@on_postgres
def test_what_was_read_is_locked_in_the_order_of_rows_whatever_order_it_came_in(cast: Cast) -> None:
    committed(commit([cast.bia.post(cast.general), cast.bia.post(cast.garden)]))
    first, second = Membership.objects.filter(user=cast.ana.user).order_by("pk")
    reads = [cast.ana.read(second.room, 1), cast.ana.read(first.room, 1)]
    with waiting_for(first, lambda: commit(reads)) as outcomes:
        Membership.objects.select_for_update(nowait=True).get(pk=second.pk)
    committed(outcomes.result())
    assert set(Membership.objects.filter(read=1, user=cast.ana.user)) == {first, second}


@on_postgres
def test_rooms_opened_are_locked_in_the_order_of_devices(cast: Cast) -> None:
    first, second = sorted([cast.ana, cast.bia], key=lambda person: person.session.device)
    opens = [second.open(cast.garden), first.open(cast.garden)]
    with waiting_for(first.session, lambda: commit(opens)) as outcomes:
        Session.objects.select_for_update(nowait=True).get(pk=second.session.pk)
    committed(outcomes.result())
    assert set(Session.objects.filter(last_room=cast.garden)) == {first.session, second.session}


@on_postgres
def test_who_is_removed_is_locked_in_the_order_of_rows(cast: Cast) -> None:
    first, second = Membership.objects.filter(room=cast.garden).order_by("pk")
    Membership.objects.filter(pk=first.pk).update(notify="all")  # a new version of the row, behind the other's
    with waiting_for(first, lambda: remove_members(room=cast.garden, users=[second.user, first.user])):
        Membership.objects.select_for_update(nowait=True).get(pk=second.pk)
    assert not Membership.objects.filter(room=cast.garden, active=True).exists()


@on_postgres
def test_ending_an_account_waits_for_a_room_without_the_persons_row(cast: Cast) -> None:
    """Whoever posts has the room, and then asks for the author's row."""
    with waiting_for(cast.garden, lambda: anonymise(user=cast.ana.user)):
        assert not User.objects.select_for_update(nowait=True).get(pk=cast.ana.user.pk).is_active
    assert not Membership.objects.filter(room=cast.garden, user=cast.ana.user, active=True).exists()


@on_postgres
def test_becoming_active_again_waits_for_a_room_without_the_persons_row(cast: Cast) -> None:
    Membership.objects.filter(room=cast.general, user=cast.ana.user).delete()
    with waiting_for(cast.general, cast.ana.user.save):
        User.objects.select_for_update(nowait=True).get(pk=cast.ana.user.pk)
    assert cast.general in cast.ana.user.rooms
