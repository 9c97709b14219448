"""Who is on-line, as far as processes vouch for people."""

from math import inf

import pytest

from chat import conf
from chat.relay.roster import Roster

ANA, BIA = 3, 5


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def roster(clock: Clock) -> Roster:
    return Roster(clock)


def test_who_comes_is_on_line_at_once(roster: Roster) -> None:
    roster.vouch("one", [ANA])
    assert ANA in roster
    assert BIA not in roster
    assert roster.changes() == {ANA}
    assert roster.changes() == set()


def test_who_leaves_is_on_line_for_a_moment_longer(roster: Roster, clock: Clock) -> None:
    roster.vouch("one", [ANA])
    roster.changes()
    roster.dismiss("one", [ANA])
    clock.now += conf.PRESENCE_GRACE_SECONDS - 0.01
    assert roster.changes() == set()
    assert ANA in roster
    clock.now += 0.01
    assert roster.changes() == {ANA}
    assert ANA not in roster


def test_who_comes_back_in_time_was_never_away(roster: Roster, clock: Clock) -> None:
    roster.vouch("one", [ANA])
    roster.changes()
    roster.dismiss("one", [ANA])
    clock.now += conf.PRESENCE_GRACE_SECONDS - 0.01
    roster.vouch("two", [ANA])
    clock.now += 100
    assert roster.changes() == set()
    assert ANA in roster


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_who_is_at_two_processes_is_on_line_until_the_last_is_gone(
    roster: Roster, clock: Clock, order: tuple[str, str]
) -> None:
    for process in ("one", "two"):
        roster.vouch(process, [ANA])
    roster.changes()
    for process, there in zip(order, (True, False), strict=True):
        roster.dismiss(process, [ANA])
        clock.now += conf.PRESENCE_GRACE_SECONDS
        roster.changes()
        assert (ANA in roster) is there


def test_a_process_that_is_heard_no_more_vouches_for_nobody(roster: Roster, clock: Clock) -> None:
    roster.vouch("other", [ANA, BIA], 30)
    roster.vouch("own", [BIA], inf)
    roster.changes()
    clock.now += 20
    roster.vouch("other", [ANA, BIA], 30)
    clock.now += 29.9
    assert roster.changes() == set()
    clock.now += 0.1
    assert roster.changes() == {ANA}
    assert BIA in roster


def test_a_process_that_stops_takes_leave_for_all_its_people(roster: Roster, clock: Clock) -> None:
    roster.vouch("one", [ANA, BIA])
    roster.vouch("two", [BIA])
    roster.changes()
    roster.dismiss_all("one")
    clock.now += conf.PRESENCE_GRACE_SECONDS
    assert roster.changes() == {ANA}


def test_a_process_cannot_dismiss_whom_it_does_not_vouch_for(roster: Roster, clock: Clock) -> None:
    roster.vouch("one", [ANA])
    roster.dismiss("two", [ANA, BIA])
    clock.now += 100
    assert roster.changes() == {ANA}
    assert ANA in roster


def test_a_leave_does_not_make_anybody_stay_longer(roster: Roster, clock: Clock) -> None:
    roster.vouch("one", [ANA], 1)
    roster.dismiss("one", [ANA])
    clock.now += 1
    roster.changes()
    assert ANA not in roster
