"""A picture's file as a row of parts, of which only those that make the picture are kept.

The picture itself is copied byte by byte: nothing is lost, and what moves goes on moving. Whatever follows its end
(a second picture, an archive, a page) is left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from chat import conf
from chat.errors import BadPicture
from chat.pictures import gif, jpeg, png, webp
from chat.pictures.span import Data, Span

Parts = Callable[[Data], Iterator[Span | bytes]]

_PARTS: Final[Mapping[str, Parts]] = {"PNG": png.parts, "JPEG": jpeg.parts, "GIF": gif.parts, "WEBP": webp.parts}


def can_be_copied(format_name: str) -> bool:
    return format_name in _PARTS


def copy_picture(source: Path, target: Path, format_name: str) -> None:
    """Write those parts of `source` that make the picture. Raises BadPicture where they cannot be told apart."""
    with source.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data, target.open("wb") as copy:
        for part in _counted(_PARTS[format_name](data)):
            copy.write(part if isinstance(part, bytes) else data[part.start : part.end])


def _counted(parts: Iterable[Span | bytes]) -> Iterator[Span | bytes]:
    """A file of nothing but tiny parts would keep the thread for minutes."""
    for number, part in enumerate(parts):
        if number >= conf.PICTURE_PARTS:
            raise BadPicture("The picture is in too many parts.")
        yield part
