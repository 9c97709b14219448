"""What nobody has sent is removed, once a day, and nothing else."""

from __future__ import annotations

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from chat import conf
from chat.actions import cleaning
from chat.actions.cleaning import clean_if_due, clean_uploads
from chat.actions.commit import commit
from chat.actions.files import forget_unsent, keep_file
from chat.files import store
from chat.models import Attachment, Installation
from chat.tests.actions.uploads import arrived_picture, on_disk, uploaded
from chat.tests.cast import Cast, committed

LONG_AGO = timedelta(seconds=conf.UNSENT_SECONDS + 60)


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def age(path: Path) -> None:
    then = time.time() - LONG_AGO.total_seconds()
    os.utime(path, (then, then))


def aged(file: Attachment) -> Attachment:
    Attachment.objects.filter(pk=file.pk).update(created=timezone.now() - LONG_AGO)
    for path in (store.place_of(file.pk), store.thumbnail_of(file.pk)):
        if path.exists():
            age(path)
    return file


def test_what_was_not_sent_for_a_day_goes_and_what_was_sent_stays(cast: Cast) -> None:
    aged(keep_file(actor=cast.ana.actor, room_id=cast.garden.pk, name="old.png", arrived=arrived_picture()))
    sent, new = uploaded(cast.ana, cast.garden), uploaded(cast.ana, cast.garden)
    committed(commit([cast.ana.post(cast.garden, attachments=[str(sent.pk)])]))
    aged(sent)

    assert clean_uploads() == 1
    assert set(Attachment.objects.all()) == {sent, new}
    assert on_disk() == {sent.pk.hex, new.pk.hex}
    assert clean_uploads() == 0


def test_what_is_sent_in_that_moment_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = uploaded(cast.ana, cast.garden)

    def send_first(ids: list[uuid.UUID]) -> int:
        Attachment.objects.update(created=timezone.now())
        committed(commit([cast.ana.post(cast.garden, attachments=[str(file.pk)])]))
        return forget_unsent(ids)

    aged(file)
    monkeypatch.setattr(cleaning, "forget_unsent", send_first)
    assert clean_uploads() == 0
    assert on_disk() == {file.pk.hex}


def test_what_a_killed_process_left_goes(cast: Cast) -> None:
    draft, young, stray = store.new_draft(), store.new_draft(), store.place_of(uuid.uuid4())
    store.settle(store.new_draft(), stray)
    store.settle(store.new_draft(), stray.with_suffix(".thumbnail"))
    for path in (draft, stray, stray.with_suffix(".thumbnail")):
        age(path)
    assert clean_uploads() == 2
    assert on_disk() == {young.name}


def test_files_that_are_not_ours_are_left_alone(cast: Cast) -> None:
    kept = store.root() / "README"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    age(kept)
    assert clean_uploads() == 0
    assert on_disk() == {"README"}


def test_without_any_upload_there_is_nothing_to_do(cast: Cast) -> None:
    assert clean_uploads() == 0


def test_it_is_done_once_a_day_whoever_asks(cast: Cast) -> None:
    aged(uploaded(cast.ana, cast.garden))
    clean_if_due()
    assert Attachment.objects.count() == 0

    aged(uploaded(cast.ana, cast.garden))
    clean_if_due()
    assert Attachment.objects.count() == 1, "it was done just now"

    Installation.objects.update(uploads_cleaned=timezone.now() - timedelta(seconds=conf.CLEAN_SECONDS + 1))
    clean_if_due()
    assert Attachment.objects.count() == 0
