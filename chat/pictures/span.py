"""Where the parts of a file begin and end."""

from mmap import mmap
from typing import Final, NamedTuple

from chat.errors import BadPicture

Data = bytes | mmap
LEFT_OUT: Final = b""  # in place of a part that is not kept: it counts all the same


class Span(NamedTuple):
    start: int
    end: int


def within(data: Data, start: int, end: int) -> Span:
    """A part that is there whole. Raises BadPicture."""
    if not start <= end <= len(data):
        raise BadPicture("The picture ends too early.")
    return Span(start, end)


def taken(data: Data, start: int, length: int) -> bytes:
    """So many bytes of it. Raises BadPicture."""
    span = within(data, start, start + length)
    return data[span.start : span.end]
