"""HEIF, as telephones write it (ISO/IEC 23008-12): boxes within boxes, and items whose data lie anywhere in the file.

Browsers do not show it, so it is kept as a file like others. But it is a photograph, and tells where it was taken. As all
of it is found by its distance from the beginning, what tells that is not cut out but overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from mmap import mmap
from pathlib import Path
from typing import Final, NamedTuple, Never

from chat.errors import BadPicture
from chat.pictures.span import Data, Span, counted, taken, within

_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"mif1"}  # stills; sequences are made otherwise
_LONG: Final = 1  # in place of a box's length: it follows
_IN_FILE, _IN_META = 0, 1  # methods of an item
# Four bytes, and TIFF with a directory of nothing: some programs open no picture whose EXIF is none.
_NO_EXIF: Final = bytes(4) + b"MM\0*\0\0\0\x08" + bytes(6)
_BLANK: Final[Mapping[bytes, Callable[[int], bytes]]] = {
    b"Exif": lambda length: _NO_EXIF[:length].ljust(length, b"\0"),
    b"mime": lambda length: b" " * length,  # XMP
}


class _Boxes(dict[bytes, Span]):
    """What is in each, by its name."""

    def __missing__(self, name: bytes) -> Never:
        raise BadPicture(f"The picture has no {name!r}.")


class _Piece(NamedTuple):
    """Of the data of an item."""

    item: int
    method: int
    start: int
    length: int


class _Reader:
    """Goes through a part of the file, number by number."""

    def __init__(self, data: Data, part: Span) -> None:
        self._data = data
        self.rest = part

    def take(self, length: int) -> bytes:
        """Raises BadPicture."""
        start, end = self.rest
        self.rest = within(self._data, start + length, end)
        return taken(self._data, start, length)

    def number(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")

    def version(self) -> int:
        """Boxes of which there are several begin with it, and with flags."""
        return self.number(4) >> 24


def is_heif(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] == b"ftyp" and head[8:] in _BRANDS


def forget(path: Path) -> None:
    """Overwrite what a picture tells of where, when and by whom it was taken. Raises BadPicture where that is not found."""
    with path.open("r+b") as file, mmap(file.fileno(), 0) as data:
        found = list(_telling(data))  # all, before the first is overwritten
        if sum(part.end - part.start for _kind, part in found) > len(data):
            raise BadPicture("The picture tells one thing many times.")
        for kind, part in found:
            data[part.start : part.end] = _BLANK[kind](part.end - part.start)


def _telling(data: Data) -> Iterator[tuple[bytes, Span]]:
    meta = _Reader(data, _Boxes(counted(_boxes(data, Span(0, len(data)))))[b"meta"])
    meta.version()
    boxes = _Boxes(counted(_boxes(data, meta.rest)))
    kinds = dict(_items(data, boxes[b"iinf"]))
    for piece in counted(_pieces(_Reader(data, boxes[b"iloc"]))):
        kind = kinds.get(piece.item, b"")
        if kind in _BLANK:
            start = _origin(piece.method, boxes) + piece.start
            yield kind, within(data, start, start + piece.length)


def _origin(method: int, boxes: _Boxes) -> int:
    """From where the place of a piece is counted."""
    if method > _IN_META:
        raise BadPicture("The picture tells something in a way that is not known.")
    return boxes[b"idat"].start if method == _IN_META else 0


def _items(data: Data, table: Span) -> Iterator[tuple[int, bytes]]:
    """The number of each, and its kind."""
    entries = _Reader(data, table)
    entries.number(4 if entries.version() else 2)  # how many
    for name, box in counted(_boxes(data, entries.rest)):
        if name == b"infe":
            entry = _Reader(data, box)
            number = entry.number({2: 2, 3: 4}.get(entry.version(), 0))
            entry.number(2)  # how it is protected
            yield number, entry.take(4)


def _pieces(rows: _Reader) -> Iterator[_Piece]:
    version, sizes = rows.version(), rows.number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version > 1 else 2
    for _item in counted(range(rows.number(wide))):
        item, method = rows.number(wide), rows.number(2) if version else _IN_FILE
        rows.number(2)  # in which file
        begin = rows.number(base)
        for _piece in range(rows.number(2)):
            rows.number(index if version else 0)
            yield _Piece(item, method, begin + rows.number(offset), rows.number(length))


def _boxes(data: Data, where: Span) -> Iterator[tuple[bytes, Span]]:
    at = where.start
    while at < where.end:
        head = _Reader(data, Span(at, where.end))
        length, name = head.number(4), head.take(4)
        length = head.number(8) if length == _LONG else length
        box = within(data, head.rest.start, at + length if length else where.end)
        yield name, box
        at = box.end
