"""A part of a file, as RFC 9110 (14) has it."""

import re
from dataclasses import dataclass
from typing import Final

_ONE_RANGE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)


class NotSatisfiable(Exception):
    """There is nothing of the file where the range lies."""


@dataclass(frozen=True, slots=True)
class Part:
    """From `start` on so many bytes of `size`."""

    start: int
    length: int
    size: int

    @property
    def content_range(self) -> str:
        return f"bytes {self.start}-{self.start + self.length - 1}/{self.size}"


def asked_part(header: str, size: int) -> Part | None:
    """The part that a `Range` asks for. None for the whole: where it asks for nothing, for several parts, or in a way
    that nobody understands. Raises NotSatisfiable."""
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":  # so many at the end
        start, last = max(size - int(found[2]), 0), size - 1
    else:
        start, last = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < start:
            return None
    if start >= size or last < start:
        raise NotSatisfiable
    return Part(start, last - start + 1, size)
