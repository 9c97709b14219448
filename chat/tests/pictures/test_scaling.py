"""Thumbnails."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from chat.errors import BadPicture
from chat.pictures import Picture, write_thumbnail
from chat.tests.pictures.samples import FORMATS, RED, halves, moving, profile


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "thumbnail"


@pytest.mark.parametrize("name", FORMATS)
def test_a_thumbnail_is_as_large_as_asked_and_has_the_same_colours(source: Path, target: Path, name: str) -> None:
    halves((600, 300)).save(source, name)
    assert write_thumbnail(source, target, side=100) == Picture("image/webp", 100, 50)
    with Image.open(target) as image:
        assert (image.format, image.size) == ("WEBP", (100, 50))
        shown = image.convert("RGB").getpixel((10, 10))
    assert all(abs(one - other) < 40 for one, other in zip(shown, RED, strict=True))  # type: ignore[arg-type]


def test_what_is_no_picture_has_no_thumbnail(source: Path, target: Path) -> None:
    source.write_text("plain words")
    with pytest.raises(BadPicture):
        write_thumbnail(source, target, side=100)


def test_a_small_picture_is_not_blown_up(source: Path, target: Path) -> None:
    halves((30, 20)).save(source, "PNG")
    assert write_thumbnail(source, target, side=100) == Picture("image/webp", 30, 20)


def test_a_very_long_picture_keeps_a_pixel(source: Path, target: Path) -> None:
    Image.new("RGB", (10_000, 2)).save(source, "PNG")
    assert write_thumbnail(source, target, side=100) == Picture("image/webp", 100, 1)


@pytest.mark.parametrize("name", ["PNG", "GIF", "WEBP", "AVIF"])
def test_of_what_moves_the_first_frame_is_shown(source: Path, target: Path, name: str) -> None:
    write_thumbnail(moving(source, name), target, side=100)
    with Image.open(target) as image:
        assert not image.is_animated  # type: ignore[attr-defined]
        red, _green, _blue = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red < 40


@pytest.mark.parametrize(
    ("mode", "white"), [("1", 1), ("L", 255), ("P", 255), ("I;16", 65_535), ("CMYK", (0, 0, 0, 0)), ("LA", (255, 255))]
)
def test_every_kind_of_colour_is_understood(source: Path, target: Path, mode: str, white: int) -> None:
    image = Image.new(mode, (40, 40), white)
    if mode == "P":
        image.putpalette([value for value in range(256) for _ in range(3)])
    image.save(source, "JPEG" if mode == "CMYK" else "PNG")
    write_thumbnail(source, target, side=20)
    with Image.open(target) as thumbnail:
        assert min(thumbnail.convert("RGB").getpixel((10, 10))) > 240  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_are_not_all_white(source: Path, target: Path) -> None:
    Image.new("I;16", (40, 40), 32_768).save(source, "PNG")
    write_thumbnail(source, target, side=20)
    with Image.open(target) as thumbnail:
        assert thumbnail.convert("L").getpixel((10, 10)) in range(120, 136)


@pytest.mark.parametrize("name", ["PNG", "GIF", "WEBP", "AVIF"])
def test_what_is_transparent_stays_so(source: Path, target: Path, name: str) -> None:
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(source, name)
    write_thumbnail(source, target, side=20)
    with Image.open(target) as thumbnail:
        assert thumbnail.convert("RGBA").getpixel((10, 10))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(("size", "kept"), [(len(profile()), True), (100_000, False)])
def test_a_profile_is_kept_unless_it_outweighs_the_thumbnail(source: Path, target: Path, size: int, kept: bool) -> None:
    halves().save(source, "PNG", icc_profile=profile() + bytes(size - len(profile())))
    write_thumbnail(source, target, side=20)
    with Image.open(target) as thumbnail:
        assert ("icc_profile" in thumbnail.info) is kept
