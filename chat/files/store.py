"""Where files lie: `uploads/ab/abcdef…`, by an id that the server has made, and readable by its account alone.

Nothing that a person has typed is part of a path. What is still coming in lies in `uploads/incoming`, on the same disk.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Final
from uuid import UUID

from django.conf import settings

from chat import conf
from chat.errors import DiskFull

_INCOMING: Final = "incoming"
_THUMBNAIL: Final = ".thumbnail"
_SHARD: Final = "[0-9a-f]" * 2


def root() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def place_of(file_id: UUID) -> Path:
    return root() / file_id.hex[:2] / file_id.hex


def thumbnail_of(file_id: UUID) -> Path:
    return place_of(file_id).with_suffix(_THUMBNAIL)


def new_draft() -> Path:
    """An empty file to write to."""
    draft = _directory(root() / _INCOMING) / token_hex(16)
    draft.touch(mode=0o600, exist_ok=False)
    return draft


def settle(draft: Path, place: Path) -> None:
    """Put a draft, whose bytes are on the disk, in its place: then its name is so as well."""
    draft.replace(_directory(place.parent) / place.name)
    sync(place.parent)


def sync(path: Path) -> None:
    """Have it on the disk, also after a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(file_id: UUID) -> None:
    for path in (place_of(file_id), thumbnail_of(file_id)):
        path.unlink(missing_ok=True)


def check_space(size: int) -> None:
    """Raises DiskFull unless there is room for so much, and some to spare for the database."""
    if shutil.disk_usage(_directory(root())).free - size < conf.DISK_SPARE_BYTES:
        raise DiskFull


def old_drafts(before: float) -> Iterator[Path]:
    """What was never finished, and has not been written to since."""
    yield from _older(root().glob(f"{_INCOMING}/*"), before)


def old_files(before: float) -> Iterator[UUID]:
    """The ids by which files lie here that are older than that."""
    for path in _older(root().glob(f"{_SHARD}/{'[0-9a-f]' * 32}*"), before):
        yield UUID(path.stem)


def _older(paths: Iterator[Path], before: float) -> Iterator[Path]:
    for path in paths:
        try:
            if path.stat().st_mtime < before:
                yield path
        except FileNotFoundError:
            continue  # it was finished, or removed, meanwhile


def _directory(path: Path) -> Path:
    for one in (root(), path):
        one.mkdir(mode=0o700, exist_ok=True)
    return path
