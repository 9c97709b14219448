"""The one door to Pillow: which formats it may read, how large, and what becomes of what it raises."""

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from chat import conf
from chat.errors import BadPicture

logger = logging.getLogger(__name__)

# What browsers show, each with what it begins with. Pillow knows dozens more, and each decoder is a door.
MIME_TYPES: Final = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
}
SHOWN_TYPES: Final = frozenset(MIME_TYPES.values())
_BEGINNINGS: Final[Mapping[str, Callable[[bytes], bool]]] = {
    "PNG": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "JPEG": lambda head: head.startswith(b"\xff\xd8\xff"),
    "GIF": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "WEBP": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "AVIF": lambda head: head[4:12] in (b"ftypavif", b"ftypavis"),
}
_HEAD_BYTES: Final = 16
_TOO_MANY_PIXELS: Final = "The picture has too many pixels."
ORIENTATION: Final = 0x0112  # the EXIF tag
UPRIGHT: Final = 1

# Some decoders make room for the whole picture while they open it, before anybody can look at its size.
Image.MAX_IMAGE_PIXELS = conf.PICTURE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def format_of(path: Path) -> str | None:
    """The format that a file begins like; its name says nothing. None: no picture that is shown in a page."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return next((name for name, begins in _BEGINNINGS.items() if begins(head)), None)


def is_picture(path: Path) -> bool:
    return format_of(path) is not None


@contextmanager
def opened(path: Path, format_name: str) -> Iterator[Image.Image]:
    """The picture, its size known and within the limit, its first frame not decoded yet. Raises BadPicture."""
    with decoding():
        if path.stat().st_size > conf.PICTURE_BYTES:
            raise BadPicture("The picture's file is too large.")
        with Image.open(path, formats=[format_name]) as image:
            if image.width * image.height > conf.PICTURE_PIXELS:
                raise BadPicture(_TOO_MANY_PIXELS)
            yield image


@contextmanager
def decoding() -> Iterator[None]:
    """Whatever goes wrong within is the picture's fault. Raises BadPicture."""
    try:
        yield
    except BadPicture:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadPicture(_TOO_MANY_PIXELS) from None
    except OSError as error:
        if error.errno is not None:  # the disk's fault
            raise
        raise _damaged(error) from error
    except Exception as error:  # decoders raise anything at all on bytes that were made to hurt them
        raise _damaged(error) from error


def _damaged(error: Exception) -> BadPicture:
    logger.info("a picture could not be read", extra={"error": repr(error)[:200]})
    return BadPicture()


def is_upright(image: Image.Image) -> bool:
    return bool(image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT)


def turned_upright(image: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(image)
