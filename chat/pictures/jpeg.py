"""JPEG: segments that begin with a marker; the pixels follow a "start of scan" up to the next marker."""

import re
from collections.abc import Iterator
from typing import Final

from chat.errors import BadPicture
from chat.pictures.span import LEFT_OUT, Data, Span, taken, within

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_APPLICATION: Final = range(0xE0, 0xF0)  # segments in which programs put what they like
_COMMENT: Final = 0xFE
# What of those the picture needs: its kind, its colour profile, and how its colours are to be understood.
_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # within pixels, others are bytes and restarts


def parts(data: Data) -> Iterator[Span | bytes]:
    yield _START
    at = len(_START)
    while (marker := _marker(data, at)) != _END:
        kind, length = marker[1], int.from_bytes(taken(data, at + 2, 2), "big")
        segment = within(data, at, at + 2 + max(length, 2))
        yield segment if _is_kept(data, kind, segment) else LEFT_OUT
        at = segment.end
        if kind == _SCAN:
            pixels = _pixels(data, at)
            yield pixels
            at = pixels.end
    yield _END


def _marker(data: Data, at: int) -> bytes:
    """A file that is cut off between two segments is complete for every decoder."""
    if at == len(data):
        return _END
    marker = taken(data, at, 2)
    if not _MARKER.fullmatch(marker):
        raise BadPicture("The picture is damaged.")
    return marker


def _pixels(data: Data, at: int) -> Span:
    found = _MARKER.search(data, at)
    return Span(at, found.start() if found else len(data))


def _is_kept(data: Data, kind: int, segment: Span) -> bool:
    if kind == _COMMENT:
        return False
    if kind not in _APPLICATION:
        return True
    name = _KEPT.get(kind)
    return name is not None and data[segment.start + 4 : segment.start + 4 + len(name)] == name
