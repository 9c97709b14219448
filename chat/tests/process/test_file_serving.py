"""Files on their way out: to members alone, never run, in parts if asked for, and no faster than they are taken."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from chat.tests.pictures.samples import ON_ITS_SIDE, PLACE, gif_bomb, halves, moving, png_bomb, telling, webp_bomb
from chat.tests.process.people import Person, people, run
from chat.tests.process.raw import Wire, costing_less_than
from chat.tests.process.sender import Sender
from chat.tests.services.site import Daphne, Site

MIB = 1024 * 1024
LITTLE = 30  # MB, where more than twice as much is asked for
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


_numbers = iter(range(1_000_000))


@pytest.fixture
def cast(small_site: Site, server: Daphne) -> list[Person]:
    """Ana and Bia are in the garden, Caio is not."""
    number = next(_numbers)
    return people(small_site, *(f"{name}{number}" for name in ("ana", "bia", "caio")))


@pytest.fixture
def garden(small_site: Site, cast: list[Person]) -> int:
    room: int = run(small_site, "new_room", "garden", [person.id for person in cast[:2]])
    return room


@pytest_asyncio.fixture
async def ana(server: Daphne, cast: list[Person]) -> AsyncIterator[Sender]:
    async with Sender(server, cast[0].cookie) as sender:
        yield sender


@pytest_asyncio.fixture
async def bia(server: Daphne, cast: list[Person]) -> AsyncIterator[Sender]:
    async with Sender(server, cast[1].cookie) as sender:
        yield sender


def picture(path: Path, name: str = "PNG") -> bytes:
    halves().save(path, name)
    return path.read_bytes()


async def post(server: Daphne, person: Person, room: int, file: dict[str, Any], join: Any) -> None:
    client = await join(server, person.cookie)
    reply = await client.ask("post", room=room, key=file["id"], body="", attachments=[file["id"]])
    assert reply["ok"], reply


# -- how ---------------------------------------------------------------------------------------------


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


def expect_harmless(headers: Any) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "private, no-cache"


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


# -- pictures ----------------------------------------------------------------------------------------


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


# -- to whom -----------------------------------------------------------------------------------------


async def test_what_is_not_sent_yet_is_its_uploaders_alone(ana: Sender, bia: Sender, garden: int) -> None:
    file = await ana.sent(garden, b"words")
    assert (await ana.fetch(file["id"])).status_code == 200
    assert (await bia.fetch(file["id"])).status_code == 404
    assert (await bia.discard(file["id"])).status_code == 404


async def test_what_was_sent_is_for_those_who_are_in_the_room_now(
    small_site: Site,
    server: Daphne,
    cast: list[Person],
    ana: Sender,
    bia: Sender,
    garden: int,
    tmp_path: Path,
    join: Any,
) -> None:
    file = await ana.sent(garden, picture(tmp_path / "x"), "photo.png")
    await post(server, cast[0], garden, file, join)

    async def seen_by(person: Person) -> list[int]:
        async with Sender(server, person.cookie) as sender:
            return [(await sender.fetch(file["id"], path)).status_code for path in ("", "thumbnail/")]

    assert [await seen_by(person) for person in cast] == [[200, 200], [200, 200], [404, 404]]
    await asyncio.to_thread(run, small_site, "remove", garden, [cast[0].id, cast[1].id])
    await asyncio.to_thread(run, small_site, "add", garden, [cast[2].id])
    assert [await seen_by(person) for person in cast] == [[404, 404], [404, 404], [200, 200]]


async def test_who_has_it_already_is_still_asked_who_that_is(
    small_site: Site, cast: list[Person], ana: Sender, garden: int
) -> None:
    file = await ana.sent(garden, b"words")
    etag = (await ana.fetch(file["id"])).headers["ETag"]
    again = await ana.fetch(file["id"], **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"

    await asyncio.to_thread(run, small_site, "remove", garden, [cast[0].id])
    assert (await ana.fetch(file["id"], **{"If-None-Match": etag})).status_code == 404


async def test_who_is_signed_out_is_led_to_the_sign_in(
    small_site: Site, server: Daphne, cast: list[Person], ana: Sender, garden: int
) -> None:
    file = await ana.sent(garden, b"words")
    await asyncio.to_thread(run, small_site, "delete_session", cast[0].cookie)
    answer = await ana.fetch(file["id"])
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/login/?next=/files/{file['id']}/"


@pytest.mark.parametrize("file_id", ["0b0c4c1e-9a0f-4a9e-8a57-3a4a6e1f0001", "..%2f..%2fsecret_key", "x", "%00"])
async def test_what_is_not_there_is_not_found(ana: Sender, file_id: str) -> None:
    assert (await ana.fetch(file_id)).status_code == 404


async def test_a_file_whose_bytes_are_lost_is_not_found(small_site: Site, ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, b"words")
    [path] = (small_site.directory / "uploads").rglob(file["id"].replace("-", ""))
    path.unlink()
    assert (await ana.fetch(file["id"])).status_code == 404


# -- how much ----------------------------------------------------------------------------------------

WORDS = bytes(range(256)) * 8_000


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-99", 0, 100), ("1000000-", 1_000_000, len(WORDS)), ("-5", len(WORDS) - 5, len(WORDS))],
)
async def test_a_part_is_given(ana: Sender, garden: int, asked: str, start: int, end: int) -> None:
    file = await ana.sent(garden, WORDS)
    answer = await ana.fetch(file["id"], Range=f"bytes={asked}")
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(WORDS)}"
    assert answer.content == WORDS[start:end]
    expect_harmless(answer.headers)


async def test_a_part_that_is_not_there_is_refused_with_the_size(ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, WORDS)
    answer = await ana.fetch(file["id"], Range=f"bytes={len(WORDS)}-")
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(WORDS)}"


async def test_a_download_that_was_broken_off_goes_on_where_it_is_still_the_same_file(ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, WORDS)
    etag = (await ana.fetch(file["id"])).headers["ETag"]
    same = await ana.fetch(file["id"], Range="bytes=100-", **{"If-Range": etag})
    assert (same.status_code, same.content) == (206, WORDS[100:])
    for other in ('"another"', "Wed, 21 Oct 2026 07:28:00 GMT"):
        whole = await ana.fetch(file["id"], Range="bytes=100-", **{"If-Range": other})
        assert (whole.status_code, whole.content) == (200, WORDS)


async def test_several_parts_at_once_are_the_whole(ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, WORDS)
    answer = await ana.fetch(file["id"], Range="bytes=0-1,5-6")
    assert (answer.status_code, answer.content) == (200, WORDS)


async def test_the_head_alone_has_all_headers_and_no_body(ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, WORDS)
    answer = await ana.head(f"/files/{file['id']}/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(WORDS))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'


async def test_a_slow_reader_costs_little_and_holds_nobody_up(server: Daphne, ana: Sender, garden: int) -> None:
    file = await ana.sent(garden, bytes(70 * MIB), "film.mp4")
    request = (
        f"GET /files/{file['id']}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: sessionid={ana.cookie}\r\n\r\n"
    )
    with costing_less_than(server, LITTLE):
        async with Wire(server) as first, Wire(server) as second:
            for wire in (first, second):
                await wire.send(request.encode())
                assert (await wire.head()).startswith("HTTP/1.1 200 ")
            for _ in range(10):
                assert (await ana.fetch(file["id"], Range="bytes=0-9")).content == bytes(10)
            assert sum([len(await first.read(MIB)) for _ in range(70)]) == 70 * MIB
    assert server.ready()
