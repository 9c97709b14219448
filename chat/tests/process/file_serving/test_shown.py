"""How files are served: pictures in place, anything else to download, and nothing that runs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from chat.tests.pictures.samples import ON_ITS_SIDE, PLACE, gif_bomb, moving, png_bomb, telling, telling_heif, webp_bomb
from chat.tests.process.file_serving.serving import HTML, LITTLE, SVG, expect_harmless, picture
from chat.tests.process.raw import costing_less_than
from chat.tests.process.sender import Sender
from chat.tests.services.site import Daphne, Site


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
async def test_a_picture_is_shown_in_place(ana: Sender, garden: int, tmp_path: Path, name: str) -> None:
    file = await ana.sent(garden, picture(tmp_path / "x", name), f"photo.{name.lower()}")
    assert (file["type"], file["width"], file["height"]) == (f"image/{name.lower()}", 60, 40)
    answer = await ana.fetch(file["id"])
    assert answer.headers["Content-Type"] == file["type"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="photo.{name.lower()}"'
    expect_harmless(answer.headers)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("page.html", HTML),
        ("script.js", b"alert(1)"),
        ("paper.pdf", b"%PDF-1.7"),
        ("drawing.png", SVG),
        ("page.jpg", HTML),
        ("page", HTML),
        ("film.mp4", b"\0\0\0\x18ftypmp42"),
        ("scan.tiff", b"II*\0" + bytes(60)),
        ("style.css", b"body {}"),
        ("feed.xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
    ],
)
async def test_anything_else_is_only_downloaded(ana: Sender, garden: int, name: str, content: bytes) -> None:
    file = await ana.sent(garden, content, name)
    assert file["thumbnail"] is file["width"] is None
    answer = await ana.fetch(file["id"])
    assert answer.content == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    expect_harmless(answer.headers)
    assert (await ana.fetch(file["id"], "thumbnail/")).status_code == 404


async def test_a_telephones_photograph_is_downloaded_without_where_it_was_taken(
    ana: Sender, garden: int, tmp_path: Path
) -> None:
    content = telling_heif(tmp_path / "x").read_bytes()
    file = await ana.sent(garden, content, "IMG_0001.HEIC")
    assert (file["name"], file["thumbnail"], file["size"]) == ("IMG_0001.HEIC", None, len(content))
    answer = await ana.fetch(file["id"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="IMG_0001.HEIC"'
    assert len(answer.content) == len(content)
    assert PLACE in content
    assert PLACE not in answer.content
    expect_harmless(answer.headers)


async def test_a_telephones_photograph_that_is_damaged_is_refused(ana: Sender, garden: int, tmp_path: Path) -> None:
    content = telling_heif(tmp_path / "x").read_bytes()
    answer = await ana.upload(garden, content[:300], "IMG_0001.HEIC")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_picture")


async def test_a_picture_that_is_a_page_as_well_is_served_as_the_picture_alone(
    ana: Sender, garden: int, tmp_path: Path
) -> None:
    content = picture(tmp_path / "x", "GIF")
    file = await ana.sent(garden, content + b"/*" + HTML + b"*/", "both.html")
    answer = await ana.fetch(file["id"])
    assert answer.content == content
    assert answer.headers["Content-Type"] == "image/gif"
    assert answer.headers["Content-Disposition"] == 'inline; filename="both.html.gif"'
    expect_harmless(answer.headers)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plain.txt", 'filename="plain.txt"'),
        ('say "hi".txt', 'filename="say \\"hi\\".txt"'),
        ("a;b=c.txt", 'filename="a;b=c.txt"'),
        ("two\r\nX-Evil: 1.txt", 'filename="twoX-Evil: 1.txt"'),
        ("../../etc/passwd", 'filename="passwd"'),
        ("relatório.txt", "filename*=utf-8''relat%C3%B3rio.txt"),
        ("東京.txt", "filename*=utf-8''%E6%9D%B1%E4%BA%AC.txt"),
        ("👩‍👧.txt", "filename*=utf-8''%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7.txt"),
        ("\u202etxt.exe", 'filename="txt.exe"'),
    ],
)
async def test_names_are_told_as_they_are(ana: Sender, garden: int, name: str, header: str) -> None:
    file = await ana.sent(garden, b"words", name)
    answer = await ana.fetch(file["id"])
    assert answer.headers["Content-Disposition"] == f"attachment; {header}"
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
async def test_nobody_learns_where_a_picture_was_taken(ana: Sender, garden: int, tmp_path: Path, name: str) -> None:
    content = telling(tmp_path / "x", name, orientation=ON_ITS_SIDE).read_bytes()
    assert PLACE in content
    file = await ana.sent(garden, content, f"photo.{name.lower()}")
    assert (file["width"], file["height"]) == (40, 60)
    for path in ("", "thumbnail/"):
        served = (await ana.fetch(file["id"], path)).content
        assert PLACE not in served
        with Image.open(io.BytesIO(served)) as image:
            assert image.size == (40, 60)
            assert dict(image.getexif()) == {}


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
async def test_what_moves_moves_in_full_view_and_stands_still_in_small(
    ana: Sender, garden: int, tmp_path: Path, name: str
) -> None:
    file = await ana.sent(garden, moving(tmp_path / "x", name).read_bytes(), f"cat.{name.lower()}")
    with Image.open(io.BytesIO((await ana.fetch(file["id"])).content)) as image:
        assert image.n_frames == 3  # type: ignore[attr-defined]
    answer = await ana.fetch(file["id"], "thumbnail/")
    assert answer.headers["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.n_frames == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("bomb", [png_bomb, gif_bomb, webp_bomb])
async def test_a_bomb_is_refused_and_costs_nothing(
    small_site: Site, server: Daphne, ana: Sender, garden: int, tmp_path: Path, bomb: Any
) -> None:
    content = bomb(tmp_path / "x", 16_000).read_bytes()
    with costing_less_than(server, LITTLE):
        answer = await ana.upload(garden, content, "bomb.png")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_picture")
