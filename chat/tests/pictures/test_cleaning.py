"""What is kept of a picture, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from chat import conf
from chat.errors import BadPicture
from chat.pictures import Picture, clean, is_picture
from chat.tests.pictures.samples import (
    BLUE,
    FORMATS,
    ON_ITS_SIDE,
    PLACE,
    RED,
    exif,
    gif_bomb,
    halves,
    moving,
    png_bomb,
    png_chunk,
    profile,
    riff_chunk,
    telling,
    webp_bomb,
)

HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "cleaned"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source"


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_where_a_picture_was_taken_is_not_kept(source: Path, target: Path, name: str) -> None:
    assert PLACE in telling(source, name).read_bytes(), "else this would pass for nothing"
    assert clean(source, target) == Picture(f"image/{name.lower()}", 60, 40)
    assert PLACE not in target.read_bytes()
    with Image.open(target) as image:
        assert dict(image.getexif()) == {}
        assert not {"xmp", "comment", "Comment", "XML:com.adobe.xmp", "photoshop"} & image.info.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_the_picture_looks_as_before(source: Path, target: Path, name: str) -> None:
    clean(telling(source, name), target)
    with Image.open(source) as before, Image.open(target) as after:
        assert after.info.get("icc_profile") == (None if name == "GIF" else profile())
        one, other = before.convert("RGB"), after.convert("RGB")
    assert one.size == other.size
    if name == "AVIF":  # it is compressed anew
        assert near(one.getpixel((5, 5)), other.getpixel((5, 5)))  # type: ignore[arg-type]
    else:
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
def test_a_picture_on_its_side_is_turned_and_loses_the_word_of_it(source: Path, target: Path, name: str) -> None:
    cleaned = clean(telling(source, name, orientation=ON_ITS_SIDE), target)
    assert cleaned == Picture(f"image/{name.lower()}", 40, 60)
    assert PLACE not in target.read_bytes()
    with Image.open(target) as image:
        assert dict(image.getexif()) == {}
        assert image.info["icc_profile"] == profile()
        upright = image.convert("RGB")
    assert near(upright.getpixel((20, 5)), RED)  # type: ignore[arg-type]
    assert near(upright.getpixel((20, 55)), BLUE)  # type: ignore[arg-type]


def test_a_second_picture_behind_the_first_is_left_behind_and_the_first_turned(source: Path, target: Path) -> None:
    halves().save(source, "MPO", save_all=True, append_images=[halves((20, 20))], exif=exif(ON_ITS_SIDE), comment=PLACE)
    assert clean(source, target) == Picture("image/jpeg", 40, 60)
    with Image.open(target) as image:
        assert image.format == "JPEG", "not two pictures in one"
    assert PLACE not in target.read_bytes()


def test_a_second_picture_behind_an_upright_one_is_left_behind(source: Path, target: Path) -> None:
    halves().save(source, "MPO", save_all=True, append_images=[halves((20, 20))], exif=exif())
    assert clean(source, target) == Picture("image/jpeg", 60, 40)
    with Image.open(target) as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize("name", ["PNG", "GIF", "WEBP", "AVIF"])
def test_what_moves_goes_on_moving(source: Path, target: Path, name: str) -> None:
    clean(moving(source, name), target)
    assert PLACE not in target.read_bytes()
    with Image.open(source) as before, Image.open(target) as after:
        assert after.is_animated  # type: ignore[attr-defined]
        assert after.info.get("loop") == before.info.get("loop")
        one = [frame.info.get("duration") for frame in ImageSequence.Iterator(before)]
        other = [frame.info.get("duration") for frame in ImageSequence.Iterator(after)]
    assert len(one) == 3
    assert one == other


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP"])
def test_whatever_follows_the_picture_is_left_behind(source: Path, target: Path, name: str) -> None:
    telling(source, name)
    with source.open("ab") as file:
        file.write(HTML)
    assert clean(source, target) is not None
    assert HTML not in target.read_bytes()


def test_a_page_within_a_picture_is_left_out(source: Path, target: Path) -> None:
    halves().save(source, "PNG")
    whole = source.read_bytes()
    source.write_bytes(whole[:33] + png_chunk(b"teXt", HTML) + whole[33:])
    clean(source, target)
    assert target.read_bytes() == whole


def test_a_webp_tells_of_nothing_that_was_left_out(source: Path, target: Path) -> None:
    telling(source, "WEBP")
    clean(source, target)
    cleaned = target.read_bytes()
    assert int.from_bytes(cleaned[4:8], "little") == len(cleaned) - 8
    assert cleaned[20] & 0x0C == 0


@pytest.mark.parametrize("name", ["JPEG", "GIF"])
def test_a_missing_end_mark_is_put_there(source: Path, target: Path, name: str) -> None:
    end = {"JPEG": b"\xff\xd9", "GIF": b"\x3b"}[name]
    halves().save(source, name)
    assert source.read_bytes().endswith(end)
    source.write_bytes(source.read_bytes().removesuffix(end))
    assert clean(source, target) is not None
    assert target.read_bytes().endswith(end)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        HTML,
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"RIFF\0\0\0\0WAVE",
        b"%!PS-Adobe-3.0 EPSF-3.0",
    ],
)
def test_what_pages_do_not_show_is_no_picture(source: Path, target: Path, content: bytes) -> None:
    source.write_bytes(content)
    assert not is_picture(source)
    assert clean(source, target) is None
    assert not target.exists()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.8])
def test_a_picture_that_is_cut_off_is_refused_or_shown_whole(
    source: Path, target: Path, name: str, part: float
) -> None:
    whole = telling(source, name).read_bytes()
    source.write_bytes(whole[: max(16, int(len(whole) * part))])
    with pytest.raises(BadPicture):
        clean(source, target)


@pytest.mark.parametrize("name", FORMATS)
def test_rubbish_behind_a_good_beginning_is_refused(source: Path, target: Path, name: str) -> None:
    whole = telling(source, name).read_bytes()
    source.write_bytes(whole[:16] + bytes(range(256)) * 20)
    with pytest.raises(BadPicture):
        clean(source, target)


@pytest.mark.parametrize("side", [7_300, 16_000])
@pytest.mark.parametrize("bomb", [png_bomb, gif_bomb, webp_bomb])
def test_a_bomb_is_not_lit(source: Path, target: Path, bomb: object, side: int) -> None:
    bomb(source, side)  # type: ignore[operator]
    assert source.stat().st_size < 100_000
    with pytest.raises(BadPicture, match="pixels"):
        clean(source, target)


def test_a_file_that_is_too_large_for_a_picture_is_not_opened(source: Path, target: Path) -> None:
    halves().save(source, "PNG")
    with source.open("r+b") as file:
        file.truncate(conf.PICTURE_BYTES + 1)
    with pytest.raises(BadPicture, match="too large"):
        clean(source, target)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_of_empty_parts_without_end_is_refused(source: Path, target: Path, name: str) -> None:
    many = conf.PICTURE_PARTS + 1
    halves().save(source, name)
    whole = source.read_bytes()
    empty, at = {
        "PNG": (png_chunk(b"teXt", b""), 33),
        "JPEG": (b"\xff\xfe\x00\x02", 2),
        "GIF": (b"\x21\xfe\x00", len(whole) - 1),
        "WEBP": (riff_chunk(b"NONE", b""), 12),
    }[name]
    stuffed = whole[:at] + empty * many + whole[at:]
    if name == "WEBP":
        stuffed = b"RIFF" + (len(stuffed) - 8).to_bytes(4, "little") + stuffed[8:]
    source.write_bytes(stuffed)
    with pytest.raises(BadPicture):
        clean(source, target)


def test_an_animation_of_too_many_pixels_is_not_compressed_anew(source: Path, target: Path) -> None:
    frames = [
        Image.new("RGB", (2_000, 2_000), (number, 0, 0)) for number in range(conf.ANIMATION_PIXELS // 4_000_000 + 1)
    ]
    frames[0].save(source, "AVIF", save_all=True, append_images=frames[1:], speed=10)
    with pytest.raises(BadPicture, match="frames"):
        clean(source, target)


def test_a_disk_that_is_full_is_not_the_pictures_fault(source: Path) -> None:
    halves().save(source, "PNG")
    with pytest.raises(OSError, match="No space left") as raised:
        clean(source, Path("/dev/full"))
    assert not isinstance(raised.value, BadPicture)
