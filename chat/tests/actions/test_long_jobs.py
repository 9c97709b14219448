"""What concerns thousands is done a few at a time: others have their turn in between, and what was cut short can be finished."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.test import Client

from chat import conf
from chat.actions import chunks
from chat.actions.commit import Outcome, commit
from chat.actions.memberships import add_members, remove_members
from chat.actions.moderation import moderate
from chat.actions.rooms import create_room, save_room
from chat.actions.uncalling import uncall_everywhere
from chat.models import Membership, Message, User
from chat.tests.actions.meanwhile import elsewhere
from chat.tests.cast import Cast, commit_one, committed, fresh, sign_in

PEOPLE = 5

Job = Callable[[Cast, list[User]], None]


class CutShort(Exception):
    """The process is killed."""


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "JOB_ROWS", 2)
    monkeypatch.setattr(conf, "JOB_PAUSE_SECONDS", 0)


@pytest.fixture
def crowd(cast: Cast) -> list[User]:
    """People who are in the room `general` only."""
    return [User.objects.create(username=f"one {number}") for number in range(PEOPLE)]


@pytest.fixture
def posts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Outcome]]:
    """What became of the post that another process makes in `garden` in each pause."""
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(1) as thread:

        def post(_seconds: float) -> None:
            change = cast.ana.post(cast.garden, "meanwhile")
            outcomes.append(thread.submit(elsewhere, lambda: commit_one(change)).result())

        monkeypatch.setattr(chunks, "sleep", post)
        yield outcomes


def join(cast: Cast, crowd: list[User]) -> None:
    add_members(room=cast.garden, users=crowd)


def make_it_everyones(cast: Cast, crowd: list[User]) -> None:
    room = fresh(cast.garden)
    room.everyone = True
    save_room(room=room)


def take_out(cast: Cast, crowd: list[User]) -> None:
    moderate(messages=Message.objects.filter(body="old"))


def leave(cast: Cast, crowd: list[User]) -> None:
    remove_members(room=cast.garden, users=crowd)


def uncall(cast: Cast, crowd: list[User]) -> None:
    uncall_everywhere(user=crowd[0])


def prepare(job: Job, cast: Cast, crowd: list[User]) -> None:
    if job is leave:
        for user in crowd:
            add_members(room=cast.garden, users=[user])
    if job is take_out:
        committed(commit([cast.ana.post(cast.garden, "old") for _ in range(PEOPLE)]))
    if job is uncall:
        crowd[0].username = "zoe"
        crowd[0].save()
        add_members(room=cast.garden, users=crowd[:1])
        committed(commit([cast.ana.post(cast.garden, "@zoe") for _ in range(PEOPLE)]))


def done(job: Job, cast: Cast, crowd: list[User]) -> int:
    """For how many of them it is done."""
    if job is take_out:
        return Message.objects.filter(room=cast.garden, deleted=True).count()
    if job is uncall:
        return Message.objects.filter(room=cast.garden, body="@zoe", html="<p>@zoe</p>").count()
    inside = Membership.objects.filter(room=cast.garden, user__in=crowd, active=True).count()
    return PEOPLE - inside if job is leave else inside


every_job = pytest.mark.parametrize("job", [join, make_it_everyones, leave, take_out, uncall])


@every_job
def test_posts_go_through_in_between(cast: Cast, crowd: list[User], posts: list[Outcome], job: Job) -> None:
    prepare(job, cast, crowd)
    before = fresh(cast.garden).last_revision
    job(cast, crowd)
    committed(posts)
    meanwhile = Message.objects.filter(body="meanwhile").order_by("position")
    revisions = list(meanwhile.values_list("revision", flat=True))
    assert revisions[0] == before + conf.JOB_ROWS + 1
    assert [later - earlier for earlier, later in pairwise(revisions)] == [conf.JOB_ROWS + 1] * (len(revisions) - 1)
    assert done(job, cast, crowd) == PEOPLE


@every_job
def test_what_was_cut_short_is_finished_by_doing_it_again(
    cast: Cast, crowd: list[User], monkeypatch: pytest.MonkeyPatch, job: Job
) -> None:
    def kill(_seconds: float) -> None:
        raise CutShort

    prepare(job, cast, crowd)
    before = fresh(cast.garden).last_revision
    with monkeypatch.context() as patch:
        patch.setattr(chunks, "sleep", kill)
        with pytest.raises(CutShort):
            job(cast, crowd)
    assert 0 < done(job, cast, crowd) < PEOPLE
    job(cast, crowd)
    assert done(job, cast, crowd) == PEOPLE
    others = 1 if job is make_it_everyones else 0  # Caio is taken in too
    assert fresh(cast.garden).last_revision == before + PEOPLE + others, "nobody and nothing changed twice"


def test_the_page_that_gives_a_room_to_everyone_does_not_hold_it(
    cast: Cast, crowd: list[User], posts: list[Outcome]
) -> None:
    """Django's admin stores a form in one transaction, so the joining has to wait for its end."""
    office = Client()
    root = User.objects.create_superuser("root", password="correct horse")
    office.cookies["sessionid"] = sign_in(root).session_key
    form = {"name": "garden", "kind": "closed", "everyone": "on"}
    assert office.post(f"/admin/chat/room/{cast.garden.pk}/change/", form).status_code == 302
    assert len(committed(posts)) == 3
    assert done(make_it_everyones, cast, crowd) == PEOPLE


def test_who_was_left_out_of_a_room_of_everyone_is_taken_in_at_the_next_sign_in(cast: Cast) -> None:
    Membership.objects.filter(user=cast.ana.user, room=cast.general).update(active=False)
    assert cast.general not in cast.ana.user.rooms
    sign_in(cast.ana.user)
    assert cast.general in cast.ana.user.rooms


def test_a_new_room_has_all_its_members_or_is_not_there(
    cast: Cast, crowd: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "sleep", None)
    room = create_room(name="kitchen", members=crowd)
    assert room.memberships.count() == PEOPLE
