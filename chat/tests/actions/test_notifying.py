"""Of what one wants to hear."""

import pytest

from chat.actions.memberships import remove_members
from chat.actions.notifying import set_notify
from chat.actions.room_states import room_states
from chat.errors import NotAMember
from chat.models import Membership, Room
from chat.tests.cast import Cast, fresh


@pytest.mark.parametrize("level", ["all", "mentions", "none"])
def test_the_level_is_ones_own_and_takes_no_revision(cast: Cast, level: str) -> None:
    before = fresh(cast.garden).last_revision
    set_notify(by=cast.ana.user, room_id=cast.garden.pk, level=level)
    (state,) = [one for one in room_states([cast.ana.user.pk])[cast.ana.user.pk] if one.id == cast.garden.pk]
    assert state.notify == level
    assert Membership.objects.get(room=cast.garden, user=cast.bia.user).notify == "mentions"
    assert fresh(cast.garden).last_revision == before


def test_only_members_have_one(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        set_notify(by=cast.caio.user, room_id=cast.garden.pk, level="all")
    remove_members(room=cast.garden, users=[cast.ana.user])
    with pytest.raises(NotAMember):
        set_notify(by=cast.ana.user, room_id=cast.garden.pk, level="all")
    Room.objects.filter(pk=cast.garden.pk).update(archived=True)
    with pytest.raises(NotAMember):
        set_notify(by=cast.bia.user, room_id=cast.garden.pk, level="all")
    assert set(Membership.objects.filter(room=cast.garden).values_list("notify", flat=True)) == {"mentions"}
