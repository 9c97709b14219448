"""Where the parts of a file begin and end."""

from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import Final, NamedTuple, TypeVar

from chat import conf
from chat.errors import BadPicture

Part = TypeVar("Part")

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


def counted(parts: Iterable[Part]) -> Iterator[Part]:
    """A file of nothing but tiny parts would keep the thread for minutes. Raises BadPicture."""
    for number, part in enumerate(parts):
        if number >= conf.PICTURE_PARTS:
            raise BadPicture("The picture is in too many parts.")
        yield part
