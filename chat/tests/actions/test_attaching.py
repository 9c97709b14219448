"""Files are sent by posts: each once, by its uploader, in its room; and they go with their message."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from chat import conf
from chat.actions.changes import Committed
from chat.actions.commit import commit
from chat.actions.files import keep_file
from chat.actions.moderation import moderate
from chat.errors import EmptyBody, KeyReused, NotFound
from chat.files import store
from chat.models import Attachment, Message
from chat.protocol.messages import message_frame
from chat.tests.actions.uploads import arrived_picture, on_disk, uploaded
from chat.tests.cast import Cast, commit_one, committed, fresh


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def ids(*files: Attachment) -> list[str]:
    return [str(file.pk) for file in files]


def test_a_message_carries_its_files_in_their_order(cast: Cast) -> None:
    picture = keep_file(actor=cast.ana.actor, room_id=cast.garden.pk, name="a.png", arrived=arrived_picture())
    notes = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, "look", attachments=ids(notes, picture))]))

    message = Message.objects.get(body="look")
    assert message_frame(message).attachments == [
        {
            "id": str(notes.pk),
            "name": "notes.txt",
            "size": 5,
            "type": "text/plain",
            "width": None,
            "height": None,
            "thumbnail": None,
        },
        {
            "id": str(picture.pk),
            "name": "a.png",
            "size": picture.size,
            "type": "image/png",
            "width": 60,
            "height": 40,
            "thumbnail": f"/files/{picture.pk}/thumbnail/",
        },
    ]
    assert set(Attachment.objects.filter(message=message)) == {notes, picture}


def test_everybody_in_the_room_sees_what_was_sent(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file))]))
    assert [*Attachment.objects.visible_to(cast.bia.user)] == [file]
    assert [*Attachment.objects.visible_to(cast.caio.user)] == []


def test_with_files_the_body_may_be_empty_and_without_it_may_not(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, "", attachments=ids(file))]))
    assert isinstance(commit_one(cast.ana.post(cast.garden, "")), EmptyBody)
    assert isinstance(commit_one(cast.ana.edit(cast.garden, 1, "")), EmptyBody)


def test_only_what_one_has_uploaded_to_the_room_can_be_sent(cast: Cast) -> None:
    before = fresh(cast.garden)
    own = uploaded(cast.ana, cast.garden)
    wrong = {
        "unknown": [str(uuid.uuid4())],
        "no id": ["../../etc/passwd"],
        "somebody else's": ids(uploaded(cast.bia, cast.garden)),
        "another room's": ids(uploaded(cast.ana, cast.general)),
        "twice": ids(own, own),
        "one of two": [*ids(own), str(uuid.uuid4())],
        "one of two no id": [*ids(own), ""],
    }
    outcomes = commit([cast.ana.post(cast.garden, attachments=attachments) for attachments in wrong.values()])
    assert {name: type(one) for name, one in zip(wrong, outcomes, strict=True)} == dict.fromkeys(wrong, NotFound)
    assert fresh(cast.garden).last_position == before.last_position
    assert [*Attachment.objects.exclude(message=None)] == []


def test_what_has_expired_cannot_be_sent(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    Attachment.objects.update(created=timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1))
    assert isinstance(commit_one(cast.ana.post(cast.garden, attachments=ids(file))), NotFound)


@pytest.mark.parametrize("together", [True, False])
def test_a_file_is_sent_once(cast: Cast, together: bool) -> None:
    file = uploaded(cast.ana, cast.garden)
    changes = [cast.ana.post(cast.garden, body, attachments=ids(file)) for body in ("one", "two")]
    first, second = commit(changes) if together else map(commit_one, changes)
    assert isinstance(first, Committed)
    assert isinstance(second, NotFound)


def test_a_post_that_is_sent_again_keeps_its_place_and_its_files(cast: Cast) -> None:
    change = cast.ana.post(cast.garden, "", attachments=ids(uploaded(cast.ana, cast.garden)))
    [first] = committed(commit([change]))
    [again, and_again] = committed(commit([change, change]))
    assert first == again == and_again
    assert Message.objects.count() == 1


def test_a_key_with_other_files_is_refused(cast: Cast) -> None:
    key, files = uuid.uuid4(), [uploaded(cast.ana, cast.garden) for _ in range(2)]
    committed(commit([cast.ana.post(cast.garden, "", key=key, attachments=ids(files[0]))]))
    assert isinstance(commit_one(cast.ana.post(cast.garden, "", key=key, attachments=ids(files[1]))), KeyReused)
    assert isinstance(commit_one(cast.ana.post(cast.garden, "x", key=key)), KeyReused)


def test_an_edit_keeps_the_files(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file)), cast.ana.edit(cast.garden, 1, "better")]))
    assert [one["id"] for one in Message.objects.get(body="better").attachments] == ids(file)
    assert on_disk() == {file.pk.hex}


def test_the_files_go_with_the_message(cast: Cast) -> None:
    picture = keep_file(actor=cast.ana.actor, room_id=cast.garden.pk, name="a.png", arrived=arrived_picture())
    other = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(picture))]))
    committed(commit([cast.ana.delete(cast.garden, 1)]))
    assert message_frame(Message.objects.get(position=1)).attachments == []
    assert [*Attachment.objects.all()] == [other]
    assert on_disk() == {other.pk.hex}


def test_they_go_also_when_it_was_posted_in_the_same_moment(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file)), cast.ana.delete(cast.garden, 1)]))
    assert Attachment.objects.count() == 0
    assert on_disk() == set()


def test_they_go_when_a_moderator_takes_the_message_out(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file))]))
    moderate(messages=Message.objects.all())
    assert Attachment.objects.count() == 0
    assert on_disk() == set()


def test_nothing_goes_before_the_change_is_stored(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file))]))
    seen: list[bool] = []
    remove = store.remove

    def look(file_id: uuid.UUID) -> None:
        seen.append(connection.in_atomic_block)
        remove(file_id)

    monkeypatch.setattr(store, "remove", look)
    committed(commit([cast.ana.delete(cast.garden, 1)]))
    assert seen == [False]


def test_a_disk_that_fails_fails_no_deletion(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=ids(file))]))

    def fail(_file_id: uuid.UUID) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store, "remove", fail)
    committed(commit([cast.ana.delete(cast.garden, 1)]))
    assert Attachment.objects.count() == 0
