"""Where files lie, and who may read them there."""

from __future__ import annotations

import stat
import uuid
from pathlib import Path
from typing import Any

import pytest

from chat import conf
from chat.errors import DiskFull
from chat.files import store
from chat.files.upload import Draft, looked_through
from chat.tests.pictures.samples import halves, png_bomb


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def files_in(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_id_for_the_servers_account_alone(data_dir: Path) -> None:
    file_id = uuid.uuid4()
    draft = store.new_draft()
    draft.write_bytes(b"words")
    store.settle(draft, store.place_of(file_id))

    [path] = files_in(data_dir)
    assert path == data_dir / "uploads" / file_id.hex[:2] / file_id.hex
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for directory in (path.parent, data_dir / "uploads", data_dir / "uploads" / "incoming"):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_what_is_made_of_a_picture_is_for_the_servers_account_alone(data_dir: Path) -> None:
    draft = store.new_draft()
    halves().save(draft, "PNG")
    arrived = looked_through(draft)
    assert set(files_in(data_dir)) == {arrived.draft, arrived.thumbnail}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files_in(data_dir)} == {0o600}
    arrived.discard()
    assert files_in(data_dir) == []


def test_of_a_picture_that_was_refused_nothing_is_left(data_dir: Path) -> None:
    with pytest.raises(Exception, match="pixels"):
        looked_through(png_bomb(store.new_draft(), 30_000))
    assert files_in(data_dir) == []


def test_removing_takes_the_thumbnail_as_well_and_can_be_repeated(data_dir: Path) -> None:
    file_id = uuid.uuid4()
    for place in (store.place_of(file_id), store.thumbnail_of(file_id)):
        store.settle(store.new_draft(), place)
    assert len(files_in(data_dir)) == 2
    store.remove(file_id)
    store.remove(file_id)
    assert files_in(data_dir) == []


def test_a_disk_with_too_little_to_spare_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    store.check_space(0)
    with pytest.raises(DiskFull):
        store.check_space(2**62)
    monkeypatch.setattr(conf, "DISK_SPARE_BYTES", 2**62)
    with pytest.raises(DiskFull):
        store.check_space(0)


def test_a_disk_that_fills_up_meanwhile_stops_a_file(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    draft = Draft()
    draft.write(bytes(conf.MIB))
    monkeypatch.setattr(conf, "DISK_SPARE_BYTES", 2**62)
    with pytest.raises(DiskFull):
        for _ in range(8):
            draft.write(bytes(conf.MIB))
    draft.discard()
    assert files_in(data_dir) == []
