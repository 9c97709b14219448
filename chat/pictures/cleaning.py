"""From a file that somebody sent to the picture that is kept and shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, JpegImagePlugin

from chat import conf
from chat.errors import BadPicture
from chat.pictures.decoding import MIME_TYPES, format_of, is_upright, opened, turned_upright
from chat.pictures.parts import can_be_copied, copy_picture

_QUALITY: Final[dict[str, dict[str, Any]]] = {
    "PNG": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 85, "speed": 8},
}


@dataclass(frozen=True, slots=True)
class Picture:
    type: str
    width: int
    height: int


def clean(source: Path, target: Path) -> Picture | None:
    """Write the picture in `source` to `target`: upright, and without where, when and by whom it was taken.

    Its colour profile stays, and so do the frames of one that moves. None, and nothing written: it is no picture that
    is shown in a page. Raises BadPicture for one that is damaged or too large.
    """
    name = format_of(source)
    if name is None:
        return None
    with opened(source, name) as image:
        if can_be_copied(name) and (is_upright(image) or is_animated(image)):
            copy_picture(source, target, name)
        else:
            _write_anew(image, target, name)
    with opened(target, name) as image:  # what is shown is what was looked through
        image.load()
        return Picture(MIME_TYPES[name], image.width, image.height)


def is_animated(image: Image.Image) -> bool:
    """Cameras put further pictures behind a JPEG, of which Pillow makes frames."""
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def _write_anew(image: Image.Image, target: Path, name: str) -> None:
    # Named, as Pillow takes what is not from the picture that was read.
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile"), "exif": b"", "xmp": b"", "comment": b""}
    if is_animated(image):
        if image.width * image.height * image.n_frames > conf.ANIMATION_PIXELS:  # type: ignore[attr-defined]
            raise BadPicture("The picture has too many frames.")
        image.save(target, name, save_all=True, **options, **_QUALITY[name])
    else:
        turned_upright(image).save(target, name, **options, **_quality(image, name))


def _quality(image: Image.Image, name: str) -> dict[str, Any]:
    """Of a JPEG the tables that its camera compressed by: with others, it would get worse, or larger."""
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        return {"qtables": image.quantization, "subsampling": max(JpegImagePlugin.get_sampling(image), 0)}
    return _QUALITY[name]
