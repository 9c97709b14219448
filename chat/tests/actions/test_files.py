"""Files are let in, kept and given up: for members alone, within the limits, and nothing is left of what was refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from chat import conf
from chat.actions.accounts import anonymise
from chat.actions.changes import Actor
from chat.actions.files import admit_file, discard_file, keep_file
from chat.actions.memberships import remove_members
from chat.errors import BlockedType, ChatError, DiskFull, FileTooLarge, NotAMember, NotFound, OverQuota, SignedOut
from chat.files.store import place_of
from chat.models import Attachment, Room
from chat.tests.actions.uploads import arrived, arrived_picture, on_disk, uploaded
from chat.tests.cast import Cast, Person


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def admit(person: Person, room: Room, name: str = "notes.txt", size: int = 5) -> None:
    admit_file(actor=person.actor, room_id=room.pk, name=name, size=size)


def test_a_member_is_let_in(cast: Cast) -> None:
    admit(cast.ana, cast.garden)
    assert Attachment.objects.count() == 0
    assert on_disk() == set()


def test_what_has_arrived_is_kept_for_its_uploader(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden, "notes.txt", b"words")
    file.refresh_from_db()
    assert (file.name, file.size, file.type, file.width, file.height) == ("notes.txt", 5, "text/plain", None, None)
    assert (file.room, file.uploader, file.message) == (cast.garden, cast.ana.user, None)
    assert on_disk() == {file.pk.hex}
    assert place_of(file.pk).read_bytes() == b"words"


def test_a_picture_is_kept_with_its_thumbnail_and_named_as_what_it_is(cast: Cast) -> None:
    file = keep_file(actor=cast.ana.actor, room_id=cast.garden.pk, name="page.html", arrived=arrived_picture())
    assert (file.name, file.type, file.width, file.height) == ("page.html.png", "image/png", 60, 40)
    assert on_disk() == {file.pk.hex, f"{file.pk.hex}.thumbnail"}


def leave(cast: Cast) -> None:
    remove_members(room=cast.garden, users=[cast.ana.user])


def sign_out(cast: Cast) -> None:
    cast.ana.session.delete()


def close_account(cast: Cast) -> None:
    anonymise(user=cast.ana.user)


def archive(cast: Cast) -> None:
    Room.objects.filter(pk=cast.garden.pk).update(archived=True)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [(leave, NotAMember), (archive, NotAMember), (sign_out, SignedOut), (close_account, SignedOut)],
)
def test_what_changes_meanwhile_is_seen_before_and_after(cast: Cast, change: Any, refusal: type[ChatError]) -> None:
    admit(cast.ana, cast.garden)
    here = arrived()
    change(cast)
    with pytest.raises(refusal):
        admit(cast.ana, cast.garden)
    with pytest.raises(refusal):
        keep_file(actor=cast.ana.actor, room_id=cast.garden.pk, name="notes.txt", arrived=here)
    assert Attachment.objects.count() == 0
    assert on_disk() == set()


def test_nobody_sends_under_anothers_session(cast: Cast) -> None:
    mixed = Actor(cast.bia.user.pk, cast.ana.session.device)
    with pytest.raises(SignedOut):
        admit_file(actor=mixed, room_id=cast.garden.pk, name="notes.txt", size=1)


@pytest.mark.parametrize("room_id", [0, -1, 10**9])
def test_a_room_that_is_not_there_is_one_that_one_is_not_in(cast: Cast, room_id: int) -> None:
    with pytest.raises(NotAMember):
        admit_file(actor=cast.ana.actor, room_id=room_id, name="notes.txt", size=1)


def test_who_stands_outside_is_not_let_in(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        admit(cast.caio, cast.garden)


def test_the_limits_of_the_settings_hold(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_BYTES, settings.UPLOAD_BLOCKED = 1_000, ["exe"]
    admit(cast.ana, cast.garden, size=1_000)
    with pytest.raises(FileTooLarge):
        admit(cast.ana, cast.garden, size=1_001)
    with pytest.raises(BlockedType):
        admit(cast.ana, cast.garden, "setup.exe")


def test_a_full_disk_lets_nothing_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "DISK_SPARE_BYTES", 2**62)
    with pytest.raises(DiskFull):
        admit(cast.ana, cast.garden)


def test_what_waits_to_be_sent_has_a_quota_for_each_person(cast: Cast, settings: Any) -> None:
    settings.UNSENT_BYTES = 10
    uploaded(cast.ana, cast.garden, content=b"123456")
    admit(cast.ana, cast.general, size=4)
    with pytest.raises(OverQuota):
        admit(cast.ana, cast.general, size=5)
    with pytest.raises(OverQuota):
        uploaded(cast.ana, cast.general, content=b"12345")
    admit(cast.bia, cast.garden, size=10)
    assert Attachment.objects.count() == len(on_disk()) == 1


def test_so_many_files_may_wait_however_small(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "UNSENT_FILES", 2)
    uploaded(cast.ana, cast.garden, content=b"")
    uploaded(cast.ana, cast.garden, content=b"")
    with pytest.raises(OverQuota):
        admit(cast.ana, cast.garden)


def test_a_file_whose_row_cannot_be_stored_is_not_left_on_the_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(DatabaseError):
        uploaded(cast.ana, cast.garden)
    assert on_disk() == set()


def test_its_uploader_gives_up_what_is_not_sent(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    discard_file(actor=cast.ana.actor, file_id=file.pk)
    assert Attachment.objects.count() == 0
    assert on_disk() == set()
    with pytest.raises(NotFound):
        discard_file(actor=cast.ana.actor, file_id=file.pk)


def test_nobody_else_does(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    with pytest.raises(NotFound):
        discard_file(actor=cast.bia.actor, file_id=file.pk)
    with pytest.raises(NotFound):
        discard_file(actor=cast.ana.actor, file_id=uuid.uuid4())
    sign_out(cast)
    with pytest.raises(SignedOut):
        discard_file(actor=cast.ana.actor, file_id=file.pk)
    assert on_disk() == {file.pk.hex}


def test_who_sees_a_file(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)

    def seen_by(person: Person) -> bool:
        return Attachment.objects.visible_to(person.user).filter(pk=file.pk).exists()

    assert [seen_by(person) for person in (cast.ana, cast.bia, cast.caio)] == [True, False, False]
    leave(cast)
    assert not seen_by(cast.ana)


def test_a_file_can_be_sent_for_a_day(cast: Cast) -> None:
    file = uploaded(cast.ana, cast.garden)
    assert [*Attachment.objects.fresh()] == [file]
    assert [*Attachment.objects.expired()] == []
    Attachment.objects.update(created=timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1))
    assert [*Attachment.objects.fresh()] == []
    assert [*Attachment.objects.expired()] == [file]
