"""WebP: a RIFF file of chunks, each padded to an even length."""

from collections.abc import Iterator
from typing import Final

from chat.errors import BadPicture
from chat.pictures.span import LEFT_OUT, Data, Span, taken, within

_HEADER: Final = 12
_CHUNK: Final = 8  # type and length
_EXTENDED: Final = b"VP8X"
_PICTURE: Final = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_TELLING: Final = 0x0C  # flags of the extended header: "EXIF follows" and "XMP follows"


def parts(data: Data) -> Iterator[Span | bytes]:
    """The header comes first and tells how long the rest is: so the chunks are gone through twice."""
    kept = sum(len(part) if isinstance(part, bytes) else part.end - part.start for part in _chunks(data))
    yield b"RIFF" + (4 + kept).to_bytes(4, "little") + b"WEBP"
    yield from _chunks(data)


def _chunks(data: Data) -> Iterator[Span | bytes]:
    at, end = _HEADER, _CHUNK + int.from_bytes(taken(data, 4, 4), "little")
    while at < end:
        kind, length = taken(data, at, 4), int.from_bytes(taken(data, at + 4, 4), "little")
        chunk = within(data, at, at + _CHUNK + length + length % 2)
        if kind == _EXTENDED:
            yield _without_telling(data, chunk)
        else:
            yield chunk if kind in _PICTURE else LEFT_OUT
        at = chunk.end


def _without_telling(data: Data, chunk: Span) -> bytes:
    header = bytearray(data[chunk.start : chunk.end])
    if len(header) <= _CHUNK:
        raise BadPicture("The picture is damaged.")
    header[_CHUNK] &= ~_TELLING & 0xFF
    return bytes(header)
