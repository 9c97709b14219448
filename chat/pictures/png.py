"""PNG and APNG: chunks of length, type, data and checksum."""

from collections.abc import Iterator
from typing import Final

from chat.pictures.span import LEFT_OUT, Data, Span, taken, within

_SIGNATURE: Final = 8
_FRAME: Final = 12  # what a chunk has beside its data
_END: Final = b"IEND"
_PICTURE: Final = {b"IHDR", b"PLTE", b"IDAT", _END, b"tRNS", b"acTL", b"fcTL", b"fdAT"}
_COLOURS: Final = {b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"pHYs"}


def parts(data: Data) -> Iterator[Span | bytes]:
    yield within(data, 0, _SIGNATURE)
    at, kind = _SIGNATURE, b""
    while kind != _END:
        length, kind = int.from_bytes(taken(data, at, 4), "big"), taken(data, at + 4, 4)
        chunk = within(data, at, at + _FRAME + length)
        yield chunk if kind in _PICTURE | _COLOURS else LEFT_OUT
        at = chunk.end
