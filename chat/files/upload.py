"""A file on its way in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chat import conf, pictures
from chat.errors import ChatError
from chat.files import store
from chat.pictures import Picture

_LOOK_BYTES: Final = 4 * conf.MIB  # between two looks at how full the disk is


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is here whole, and what it was found to be. It is nobody's yet."""

    draft: Path
    size: int
    picture: Picture | None = None
    thumbnail: Path | None = None

    @property
    def shape(self) -> tuple[int, int] | tuple[None, None]:
        """Width and height of a picture."""
        return (self.picture.width, self.picture.height) if self.picture else (None, None)

    def discard(self) -> None:
        """Those that were given a place are no drafts any more."""
        for draft in (self.draft, self.thumbnail):
            if draft is not None:
                draft.unlink(missing_ok=True)


@dataclass
class Upload:
    """What a page that takes a file is asked about it, twice.

    First with nothing but its headers: the page refuses it, or sets `person`. Then with what has become of it, once
    all of it is on the disk. In between anything may have happened to the person's session and rooms.
    """

    announced: int | None  # its size; None: nobody knows
    person: int | None = None
    outcome: Arrived | ChatError | None = None

    @property
    def arrived(self) -> Arrived | None:
        """What there is to store; None: not yet asked for. Raises the refusal where it did not arrive."""
        if isinstance(self.outcome, ChatError):
            raise self.outcome
        return self.outcome


class Draft:
    """A file that is being written, piece by piece."""

    def __init__(self) -> None:
        self.path = store.new_draft()
        self.size = 0
        self._looked = 0
        self._file = self.path.open("wb")

    def write(self, piece: bytes) -> None:
        """Raises DiskFull."""
        self._file.write(piece)
        self.size += len(piece)
        if self.size - self._looked >= _LOOK_BYTES:
            self._looked = self.size
            store.check_space(0)

    def finish(self) -> None:
        """It is all there, and on the disk."""
        self._file.close()
        store.sync(self.path)

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        with suppress(OSError):  # what there was no room for is not wanted any more
            self._file.close()


def looked_through(draft: Path) -> Arrived:
    """What has arrived: a picture is cleaned and has a thumbnail, anything else stays a file. Raises BadPicture."""
    if not pictures.is_picture(draft):
        return _kept(draft)
    cleaned, small = store.new_draft(), store.new_draft()
    try:
        picture = pictures.clean(draft, cleaned)
        pictures.write_thumbnail(cleaned, small, side=conf.THUMBNAIL_PIXELS)
        store.sync(cleaned)
        store.sync(small)
        return Arrived(cleaned, cleaned.stat().st_size, picture, small)
    except Exception:
        cleaned.unlink(missing_ok=True)
        small.unlink(missing_ok=True)
        raise
    finally:
        draft.unlink()


def _kept(draft: Path) -> Arrived:
    """As it came, but for what a telephone's photograph tells besides."""
    if pictures.is_heif(draft):
        try:
            pictures.forget(draft)
            store.sync(draft)
        except Exception:
            draft.unlink()
            raise
    return Arrived(draft, draft.stat().st_size)
