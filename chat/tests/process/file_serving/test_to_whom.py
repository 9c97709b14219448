"""To whom files are served."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from chat.tests.process.file_serving.serving import picture, post
from chat.tests.process.people import Person, run
from chat.tests.process.sender import Sender
from chat.tests.services.site import Daphne, Site


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
