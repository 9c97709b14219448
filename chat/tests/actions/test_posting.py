"""Posting: stored once, in its place, or refused by name."""

import uuid

import pytest
from django.db import DatabaseError

from chat import conf
from chat.actions import commit as commit_module
from chat.actions.changes import Committed
from chat.actions.commit import commit
from chat.errors import BadFrame, ChatError, EmptyBody, KeyReused, NotAMember, NotFound, SignedOut, TooLarge
from chat.models import Message, Session, User
from chat.tests.cast import Cast, commit_one, committed, fresh


def test_a_message_takes_the_next_position_and_revision(cast: Cast) -> None:
    before = fresh(cast.general)
    [first, second] = committed(commit([cast.ana.post(cast.general), cast.bia.post(cast.general)]))
    assert (first.position, second.position) == (before.last_position + 1, before.last_position + 2)
    assert (first.revision, second.revision) == (before.last_revision + 1, before.last_revision + 2)
    assert fresh(cast.general).last_position == second.position
    assert fresh(cast.general).last_revision == second.revision


def test_the_same_key_is_stored_once(cast: Cast) -> None:
    change = cast.ana.post(cast.general)
    [first] = committed(commit([change]))
    [again, and_again] = committed(commit([change, change]))
    assert first == again == and_again
    assert Message.objects.count() == 1


def test_the_same_key_twice_in_one_batch_is_stored_once(cast: Cast) -> None:
    change = cast.ana.post(cast.general)
    [first, again] = committed(commit([change, change]))
    assert first == again
    assert Message.objects.count() == 1


def test_the_same_key_names_its_place_also_after_an_edit(cast: Cast) -> None:
    change = cast.ana.post(cast.general, "first")
    [posted] = committed(commit([change]))
    [edited] = committed(commit([cast.ana.edit(cast.general, 1)]))
    [again] = committed(commit([change]))
    assert again == Committed(cast.general.pk, posted.position, edited.revision)


@pytest.mark.parametrize("other", ["body", "room"])
def test_a_key_with_another_body_or_room_is_refused(cast: Cast, other: str) -> None:
    key = uuid.uuid4()
    commit_one(cast.ana.post(cast.general, "one", key=key))
    change = (
        cast.ana.post(cast.general, "two", key=key) if other == "body" else cast.ana.post(cast.garden, "one", key=key)
    )
    assert isinstance(commit_one(change), KeyReused)
    assert Message.objects.count() == 1


def test_two_people_may_use_the_same_key(cast: Cast) -> None:
    key = uuid.uuid4()
    committed(commit([cast.ana.post(cast.general, key=key), cast.bia.post(cast.general, key=key)]))
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("", EmptyBody),
        (" \n\t\u2003", EmptyBody),
        ("x" * (conf.BODY_CHARACTERS + 1), TooLarge),
        ("a\0b", BadFrame),
        ("a\ud800b", BadFrame),
    ],
)
def test_a_body_that_will_not_do_is_refused_and_takes_no_number(
    cast: Cast, body: str, refusal: type[ChatError]
) -> None:
    before = fresh(cast.general)
    assert isinstance(commit_one(cast.ana.post(cast.general, body)), refusal)
    assert fresh(cast.general).last_revision == before.last_revision


def test_the_longest_body_is_stored(cast: Cast) -> None:
    body = "𝄞" * conf.BODY_CHARACTERS
    committed(commit([cast.ana.post(cast.general, body)]))
    assert Message.objects.get().body == body


def test_an_outsider_is_refused(cast: Cast) -> None:
    assert isinstance(commit_one(cast.caio.post(cast.garden)), NotAMember)
    assert not Message.objects.exists()


def test_a_room_that_does_not_exist_looks_like_one_that_one_is_not_in(cast: Cast) -> None:
    cast.garden.pk = 10**12
    assert isinstance(commit_one(cast.ana.post(cast.garden)), NotAMember)


def test_an_answer_to_a_message_that_is_not_there_is_refused(cast: Cast) -> None:
    assert isinstance(commit_one(cast.ana.post(cast.general, reply_to=5)), NotFound)
    committed(commit([cast.ana.post(cast.general), cast.bia.post(cast.general, reply_to=1)]))
    assert Message.objects.get(position=2).reply_to == 1


def test_an_unknown_attachment_is_refused(cast: Cast) -> None:
    assert isinstance(commit_one(cast.ana.post(cast.general, attachments=["x"])), NotFound)


def end_row(cast: Cast) -> None:
    Session.objects.filter(device=cast.ana.session.device).delete()


def expire(cast: Cast) -> None:
    Session.objects.filter(device=cast.ana.session.device).update(expire_date="2020-01-01T00:00Z")


def disable(cast: Cast) -> None:
    User.objects.filter(pk=cast.ana.user.pk).update(is_active=False)


def change_password(cast: Cast) -> None:
    User.objects.filter(pk=cast.ana.user.pk).update(password="md5$other$hash")


@pytest.mark.parametrize("end", [end_row, expire, disable, change_password])
def test_nothing_is_changed_after_the_session_has_ended(cast: Cast, end: object) -> None:
    assert callable(end)
    committed(commit([cast.ana.post(cast.general)]))
    end(cast)
    changes = [
        cast.ana.post(cast.general),
        cast.ana.edit(cast.general, 1),
        cast.ana.delete(cast.general, 1),
        cast.ana.read(cast.general, 1),
        cast.ana.open(cast.general),
    ]
    assert all(isinstance(outcome, SignedOut) for outcome in commit(changes))
    assert [message.body for message in Message.objects.all()] == ["hello"]
    committed(commit([cast.bia.post(cast.general)]))


def test_a_session_cannot_speak_for_another_person(cast: Cast) -> None:
    cast.ana.session = cast.bia.session
    assert isinstance(commit_one(cast.ana.post(cast.general)), SignedOut)


def test_one_bad_change_does_not_fail_its_neighbours(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the database can refuse rolls the whole batch back; its changes are then stored one by one."""
    poison = cast.ana.post(cast.general, "poison")
    verb = commit_module._WRITING[type(poison.command)]

    def refused(batch: object, actor: object, command: object, html: str) -> Committed:
        if command == poison.command:
            raise DatabaseError
        return verb(batch, actor, command, html)  # type: ignore[arg-type]

    monkeypatch.setattr(commit_module, "_WRITING", {**commit_module._WRITING, type(poison.command): refused})
    before, bad, after = commit([cast.ana.post(cast.general, "a"), poison, cast.bia.post(cast.general, "b")])
    assert isinstance(bad, BadFrame)
    committed([before, after])
    assert [message.body for message in Message.objects.order_by("position")] == ["a", "b"]


def test_a_key_stored_meanwhile_in_another_room_is_found_when_stored_singly(cast: Cast) -> None:
    """Two processes lock different rooms, so the same key can get past the lookup of both: the constraint stops it."""
    key = uuid.uuid4()
    change = cast.ana.post(cast.general, key=key)
    verb = commit_module._WRITING[type(change.command)]
    raced: list[bool] = []

    def race(batch: object, actor: object, command: object, html: str) -> Committed:
        if not raced:
            raced.append(True)
            batch.by_key.clear()  # type: ignore[attr-defined]  # as if the lookup had come before the other's commit
        return verb(batch, actor, command, html)  # type: ignore[arg-type]

    commit_one(cast.ana.post(cast.garden, key=key))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_module, "_WRITING", {**commit_module._WRITING, type(change.command): race})
        assert isinstance(commit_one(change), KeyReused)
    assert Message.objects.count() == 1
