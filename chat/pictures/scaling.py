"""Small pictures of large ones."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from chat import conf
from chat.errors import BadPicture
from chat.pictures.cleaning import Picture
from chat.pictures.decoding import format_of, opened, turned_upright

THUMBNAIL_TYPE: Final = "image/webp"
_PROFILE_BYTES: Final = 16 * conf.KIB  # of a colour profile; a larger one would outweigh the thumbnail


def write_thumbnail(source: Path, target: Path, *, side: int) -> Picture:
    """A still picture of a cleaned one, no side of it longer than that. Raises BadPicture."""
    with opened(source, _format(source)) as image:
        image.draft("RGB", (side, side))  # JPEG is decoded no larger than that
        small = in_plain_colours(image)
        small.thumbnail((side, side))
        small.save(target, "WEBP", quality=80, icc_profile=_profile(image, small))
        return Picture(THUMBNAIL_TYPE, small.width, small.height)


def squares(source: Path, *, sides: Sequence[int]) -> list[bytes]:
    """The middle of any picture, still and upright, with nothing told beside it; one WebP a side. Raises BadPicture."""
    with opened(source, _format(source)) as image:
        image.draft("RGB", (max(sides), max(sides)))
        whole = in_plain_colours(turned_upright(image))
        return [_square(whole, side, _profile(image, whole)) for side in sides]


def _square(image: Image.Image, side: int, profile: bytes | None) -> bytes:
    written = BytesIO()
    ImageOps.fit(image, (side, side)).save(written, "WEBP", quality=80, icc_profile=profile, exif=b"", xmp=b"")
    return written.getvalue()


def _format(source: Path) -> str:
    name = format_of(source)
    if name is None:
        raise BadPicture("This is no picture.")
    return name


def in_plain_colours(image: Image.Image) -> Image.Image:
    """With eight bits a colour, and transparent where it was."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _profile(image: Image.Image, small: Image.Image) -> bytes | None:
    """A profile tells how the colours of its own mode are meant."""
    profile: bytes | None = image.info.get("icc_profile")
    return profile if profile and small.mode == image.mode and len(profile) <= _PROFILE_BYTES else None
