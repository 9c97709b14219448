"""Pictures as cameras, screens and mischief makers make them."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Final

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
PLACE: Final = b"Rua do Segredo 7"  # what nobody is to learn
ON_ITS_SIDE: Final = 6  # EXIF: to be turned by 90 degrees
GPS_IFD: Final = 0x8825
RED, BLUE = (200, 30, 30), (30, 30, 200)


@cache
def profile() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes down: who took it, and where."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x013B] = PLACE.decode()
    tags[GPS_IFD] = {1: "S", 2: (23.0, 33.0, 1.0), 3: "W", 4: (46.0, 38.0, 2.0)}
    return tags


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + PLACE + b"</x:xmpmeta>"


def halves(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def telling(path: Path, name: str, *, orientation: int = 1) -> Path:
    """A still picture that tells where it was taken, in as many places as its format has."""
    options: dict[str, Any] = {"exif": exif(orientation), "icc_profile": profile()}
    if name == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", PLACE.decode())
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp().decode())
    elif name == "GIF":
        options = {"comment": PLACE}
    else:
        options["xmp"] = xmp()
    if name == "JPEG":
        options["comment"] = PLACE
    halves().save(path, name, **options)
    return path


def telling_heif(path: Path) -> Path:
    """A photograph of a telephone."""
    picture = pillow_heif.from_pillow(halves((640, 480)))
    picture.save(path, exif=exif().tobytes(), xmp=xmp(), icc_profile=profile())
    return path


def moving(path: Path, name: str, *, frames: int = 3) -> Path:
    """A picture that moves, and tells where it was taken."""
    pictures = [Image.new("RGB", (60, 40), (60 * number, 30, 90)) for number in range(frames)]
    options: dict[str, Any] = {"GIF": {"comment": PLACE}}.get(name, {"exif": exif(), "icc_profile": profile()})
    if name == "WEBP":
        options["xmp"] = xmp()
    pictures[0].save(path, name, save_all=True, append_images=pictures[1:], duration=40, loop=0, **options)
    return path


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def png_bomb(path: Path, side: int) -> Path:
    """Few bytes that say that they are side x side pixels."""
    row = zlib.compress(bytes(1 + side * 3) * 64)
    header = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", row) + png_chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return path


def gif_bomb(path: Path, side: int) -> Path:
    """A screen of side x side with one tiny frame on it."""
    screen = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    path.write_bytes(screen + frame + b"\x3b")
    return path


def webp_bomb(path: Path, side: int) -> Path:
    """An animation's header for side x side pixels, with one tiny frame."""
    Image.new("RGB", (8, 8)).save(path, "WEBP")
    pixels = path.read_bytes()[12:]
    size = (side - 1).to_bytes(3, "little")
    frame = bytes(6) + (7).to_bytes(3, "little") * 2 + (40).to_bytes(3, "little") + b"\x00" + pixels
    chunks = riff_chunk(b"VP8X", b"\x02\0\0\0" + size * 2) + riff_chunk(b"ANIM", bytes(6)) + riff_chunk(b"ANMF", frame)
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks)
    return path


def riff_chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
