"""What was read, and the room opened last."""

from chat.actions.commit import commit
from chat.errors import NotAMember, NotFound
from chat.models import Membership, Session
from chat.tests.cast import Cast, commit_one, committed, fresh


def position_read(cast: Cast) -> int:
    return Membership.objects.get(room=cast.general, user=cast.bia.user).read


def test_reading_never_moves_backwards(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general) for _ in range(3)]))
    committed(commit([cast.bia.read(cast.general, 3), cast.bia.read(cast.general, 1), cast.bia.read(cast.general, 3)]))
    assert position_read(cast) == 3


def test_reading_beyond_the_newest_message_is_refused(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general)]))
    assert isinstance(commit_one(cast.bia.read(cast.general, 2)), NotFound)
    assert isinstance(commit_one(cast.bia.read(cast.general, -1)), NotFound)
    assert position_read(cast) == 0


def test_reading_takes_no_revision(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general)]))
    before = fresh(cast.general).last_revision
    committed(commit([cast.bia.read(cast.general, 1)]))
    assert fresh(cast.general).last_revision == before


def test_the_room_opened_is_remembered_in_the_session(cast: Cast) -> None:
    committed(commit([cast.ana.open(cast.garden)]))
    assert Session.objects.get(device=cast.ana.session.device).last_room == cast.garden


def test_a_room_one_is_not_in_cannot_be_opened_or_read(cast: Cast) -> None:
    outcomes = commit([cast.caio.open(cast.garden), cast.caio.read(cast.garden, 0)])
    assert [type(outcome) for outcome in outcomes] == [NotAMember, NotAMember]
    assert Session.objects.get(device=cast.caio.session.device).last_room is None


def test_of_several_rooms_opened_the_last_is_remembered(cast: Cast) -> None:
    committed(commit([cast.ana.open(cast.garden), cast.ana.open(cast.general), cast.bia.open(cast.garden)]))
    rooms = [Session.objects.get(device=one.session.device).last_room for one in (cast.ana, cast.bia)]
    assert rooms == [cast.general, cast.garden]
