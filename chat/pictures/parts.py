"""A picture's file as a row of parts, of which only those that make the picture are kept.

The picture itself is copied byte by byte: nothing is lost, and what moves goes on moving. Whatever follows its end
(a second picture, an archive, a page) is left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from chat.pictures import gif, jpeg, png, webp
from chat.pictures.span import Data, Span, counted

Parts = Callable[[Data], Iterator[Span | bytes]]

_PARTS: Final[Mapping[str, Parts]] = {"PNG": png.parts, "JPEG": jpeg.parts, "GIF": gif.parts, "WEBP": webp.parts}


def can_be_copied(format_name: str) -> bool:
    return format_name in _PARTS


def copy_picture(source: Path, target: Path, format_name: str) -> None:
    """Write those parts of `source` that make the picture. Raises BadPicture where they cannot be told apart."""
    with source.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data, target.open("wb") as copy:
        for part in counted(_PARTS[format_name](data)):
            copy.write(part if isinstance(part, bytes) else data[part.start : part.end])
