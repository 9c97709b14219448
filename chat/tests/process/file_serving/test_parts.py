"""Parts of files, and how fast they go out."""

from __future__ import annotations

import pytest

from chat.tests.process.file_serving.serving import LITTLE, MIB, expect_harmless
from chat.tests.process.raw import Wire, costing_less_than
from chat.tests.process.sender import Sender
from chat.tests.services.site import Daphne

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
