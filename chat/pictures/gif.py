"""GIF: a screen, then extensions and frames, each a row of sub-blocks of at most 255 bytes."""

from collections.abc import Generator, Iterator
from typing import Final

from chat.errors import BadPicture
from chat.pictures.span import LEFT_OUT, Data, Span, taken, within

_SCREEN: Final = 13  # signature and logical screen, without its colours
_DESCRIPTOR: Final = 10  # of a frame, without its colours
_EXTENSION, _FRAME, _END = b"\x21", b"\x2c", b"\x3b"
_CONTROL, _APPLICATION = 0xF9, 0xFF  # extensions: how long a frame is shown; what programs have to say
_LOOPING: Final = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def parts(data: Data) -> Iterator[Span | bytes]:
    screen = within(data, 0, _SCREEN)
    at = screen.end + _colours(taken(data, 10, 1)[0])
    yield within(data, 0, at)
    while (kind := _kind(data, at)) != _END:
        if kind == _FRAME:
            pixels = at + _DESCRIPTOR + _colours(taken(data, at + 9, 1)[0]) + 1
            yield within(data, at, pixels)
            at = yield from _blocks(data, pixels, kept=True)
        elif kind == _EXTENSION:
            kept = _is_kept(data, at)
            yield within(data, at, at + 2) if kept else LEFT_OUT
            at = yield from _blocks(data, at + 2, kept=kept)
        else:
            raise BadPicture("The picture is damaged.")
    yield _END


def _kind(data: Data, at: int) -> bytes:
    """Many programs leave the end mark out."""
    return data[at : at + 1] or _END


def _colours(flags: int) -> int:
    """How many bytes a colour table has."""
    return 3 << ((flags & 0x07) + 1) if flags & 0x80 else 0


def _blocks(data: Data, at: int, *, kept: bool) -> Generator[Span | bytes, None, int]:
    """Ends with where they end."""
    size = 1
    while size:
        size = taken(data, at, 1)[0]
        block = within(data, at, at + 1 + size)
        yield block if kept else LEFT_OUT
        at = block.end
    return at


def _is_kept(data: Data, at: int) -> bool:
    label = taken(data, at + 1, 1)[0]
    return label == _CONTROL or (label == _APPLICATION and data[at + 2 : at + 14] in _LOOPING)
