"""What people look like, as it is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chat.errors import BadPicture
from chat.pictures import squares
from chat.tests.pictures.samples import (
    BLUE,
    FORMATS,
    ON_ITS_SIDE,
    PLACE,
    RED,
    halves,
    moving,
    png_bomb,
    telling,
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source"


def square(source: Path, side: int = 40) -> Image.Image:
    (content,) = squares(source, sides=[side])
    return Image.open(BytesIO(content))


def colour(image: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    red, green, blue = image.convert("RGB").getpixel(at)  # type: ignore[misc]
    return red, green, blue


def like(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_the_middle_is_kept_in_every_size_asked_for(source: Path, name: str) -> None:
    halves((600, 300)).save(source, name)
    for content, side in zip(squares(source, sides=[40, 100]), (40, 100), strict=True):
        with Image.open(BytesIO(content)) as image:
            assert (image.format, image.size) == ("WEBP", (side, side))
            assert like(colour(image, (side // 4, side // 2)), RED)
            assert like(colour(image, (3 * side // 4, side // 2)), BLUE)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_told_beside_the_picture(source: Path, name: str) -> None:
    assert PLACE in telling(source, name).read_bytes()
    for content in squares(source, sides=[40, 100]):
        assert PLACE not in content
        with Image.open(BytesIO(content)) as image:
            assert not image.getexif()


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
def test_it_stands_upright(source: Path, name: str) -> None:
    telling(source, name, orientation=ON_ITS_SIDE)
    with square(source) as image:
        assert like(colour(image, (20, 4)), RED)
        assert like(colour(image, (20, 36)), BLUE)


@pytest.mark.parametrize("name", ["PNG", "GIF", "WEBP", "AVIF"])
def test_what_moves_stands_still(source: Path, name: str) -> None:
    with square(moving(source, name)) as image:
        assert not image.is_animated  # type: ignore[attr-defined]


def test_what_is_clear_stays_clear(source: Path) -> None:
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(source, "PNG")
    with square(source) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((20, 20))[3] == 0  # type: ignore[index]


def test_a_small_picture_is_made_as_large_as_the_others(source: Path) -> None:
    halves((6, 4)).save(source, "PNG")
    with square(source, 100) as image:
        assert image.size == (100, 100)


def test_a_bomb_is_not_decoded(source: Path) -> None:
    with pytest.raises(BadPicture, match="too many pixels"):
        squares(png_bomb(source, 50_000), sides=[40])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"BM" + bytes(60),
    ],
)
def test_what_is_no_picture_is_refused(source: Path, content: bytes) -> None:
    source.write_bytes(content)
    with pytest.raises(BadPicture):
        squares(source, sides=[40])
