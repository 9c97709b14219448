"""Photographs as telephones keep them, which no browser shows."""

from __future__ import annotations

import struct
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from chat import conf
from chat.errors import BadPicture
from chat.pictures import forget, is_heif, is_picture
from chat.tests.pictures.samples import FORMATS, PLACE, halves, profile, telling, telling_heif

GPS = b"\x88\x25"  # the tag, as it stands in the file


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    return telling_heif(tmp_path / "IMG_0001.HEIC")


def box(name: bytes, content: bytes, *, length: int | None = None) -> bytes:
    return struct.pack("!I4s", 8 + len(content) if length is None else length, name) + content


def crafted(*inside: bytes) -> bytes:
    return box(b"ftyp", b"heic" + bytes(8)) + box(b"meta", bytes(4) + b"".join(inside))


def items(*kinds: bytes) -> bytes:
    entries = [box(b"infe", struct.pack("!IHH4s", 2 << 24, number, 0, kind)) for number, kind in enumerate(kinds)]
    return box(b"iinf", struct.pack("!IH", 0, len(kinds)) + b"".join(entries))


def places(*pieces: tuple[int, int], method: int = 0) -> bytes:
    """All of item 0: where each begins, and how long it is."""
    row = struct.pack("!HHHH", 0, method, 0, len(pieces)) + b"".join(struct.pack("!II", *piece) for piece in pieces)
    return box(b"iloc", struct.pack("!IHH", 1 << 24, 0x4400, 1) + row)


def test_it_tells_nothing_and_shows_the_same(photograph: Path) -> None:
    before = pillow_heif.open_heif(photograph)
    shown, size = before.to_pillow(), photograph.stat().st_size
    assert before.info["exif"]
    assert {PLACE in photograph.read_bytes(), GPS in photograph.read_bytes()} == {True}
    forget(photograph)
    after = pillow_heif.open_heif(photograph)
    assert ImageChops.difference(after.to_pillow(), shown).getbbox() is None
    assert after.to_pillow().getexif() == {}
    assert after.info["icc_profile"] == profile()
    assert {PLACE in photograph.read_bytes(), GPS in photograph.read_bytes()} == {False}
    assert photograph.stat().st_size == size


def test_what_tells_nothing_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "drawing.heic"
    pillow_heif.from_pillow(halves()).save(path)
    before = path.read_bytes()
    forget(path)
    assert path.read_bytes() == before


def test_it_is_recognised_and_is_no_picture_to_show(photograph: Path, tmp_path: Path) -> None:
    assert is_heif(photograph)
    assert not is_picture(photograph)
    for name in FORMATS:
        assert not is_heif(telling(tmp_path / name, name))


def test_what_lies_within_the_box_of_all_that_is_told_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.heic"
    path.write_bytes(crafted(items(b"mime"), places((3, len(PLACE)), method=1), box(b"idat", b"abc" + PLACE + b"def")))
    forget(path)
    assert path.read_bytes().endswith(b"abc" + b" " * len(PLACE) + b"def")


@pytest.mark.parametrize(
    "content",
    [
        crafted(),
        crafted(items(b"Exif")),
        crafted(places((0, 4))),
        crafted(items(b"Exif"), places((0, 10_000))),
        crafted(items(b"Exif"), places((0, 4), method=1)),
        crafted(items(b"Exif"), places((0, 4), method=2)),
        crafted(items(b"Exif"), places((0, 60), (0, 60), (0, 60))),
        crafted(items(b"Exif"), box(b"iloc", bytes(7))),
        crafted(items(b"Exif"), places((0, 4)), box(b"free", b"", length=7)),
        crafted(items(b"Exif"), places((0, 4)), box(b"free", b"", length=1)),
        crafted(items(b"Exif"), places((0, 4)))[:-3],
        box(b"ftyp", b"mif1"),
    ],
    ids=range(12),
)
def test_what_cannot_be_gone_through_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.heic"
    path.write_bytes(content)
    assert is_heif(path)
    with pytest.raises(BadPicture):
        forget(path)
    assert path.read_bytes() == content


def test_a_table_of_nothing_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of no bytes would let a few hundred bytes list billions of pieces."""
    monkeypatch.setattr(conf, "PICTURE_PARTS", 1_000)
    row = struct.pack("!HHHH", 0, 0, 0, 2**16 - 1)
    path = tmp_path / "x.heic"
    path.write_bytes(crafted(items(b"Exif"), box(b"iloc", struct.pack("!IHH", 1 << 24, 0, 50) + row * 50)))
    with pytest.raises(BadPicture, match="too many parts"):
        forget(path)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_bytes_that_were_changed_on_the_way_do_no_harm(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = telling_heif(tmp_path_factory.getbasetemp() / "changed.heic")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(12, 700))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        forget(path)
    except BadPicture:
        assert path.read_bytes() == content
    assert path.stat().st_size == len(content)
