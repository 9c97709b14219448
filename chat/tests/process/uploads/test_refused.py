"""Files that are refused: before they come, and after."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chat.tests.process.people import Person, run
from chat.tests.process.raw import Wire
from chat.tests.process.sender import Sender
from chat.tests.process.uploads.sending import (
    MIB,
    PIECE,
    Slow,
    begun,
    lying,
    new_person,
    nothing_more_lies,
    refused_early,
    request,
)
from chat.tests.services.site import Daphne, Site


async def test_who_stands_outside_is_refused_before_the_body_comes(site: Site, server: Daphne, garden: int) -> None:
    before = lying(site)
    async with Sender(server, new_person(site).cookie) as caio:
        assert await refused_early(caio, garden) == (404, "not_a_member")
    assert lying(site) == before


async def test_who_is_signed_out_is_refused_before_the_body_comes(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    before = lying(site)
    async with Sender(server, ana.cookie) as sender:
        await asyncio.to_thread(run, site, "delete_session", ana.cookie)
        assert await refused_early(sender, garden) == (401, "signed_out")
    assert lying(site) == before


async def test_a_page_of_another_site_is_refused_before_the_body_comes(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    before = lying(site)
    async with Sender(server, ana.cookie) as sender:
        sender.csrf_token = ""
        assert await refused_early(sender, garden) == (403, "forbidden")
    assert lying(site) == before


async def test_a_refusal_reaches_who_goes_on_sending(server: Daphne, site: Site, garden: int) -> None:
    async with Sender(server, new_person(site).cookie) as caio, Wire(server) as wire:
        await wire.send(request(caio, garden, f"Content-Length: {50 * MIB}"))
        await wire.send_until_hung_up(PIECE, times=50)
        assert (await wire.head()).startswith("HTTP/1.1 404 ")


@pytest.mark.parametrize("room", ["0", "999999", "abc", "9" * 30])
async def test_a_room_that_cannot_be_is_one_that_one_is_not_in(server: Daphne, ana: Person, room: Any) -> None:
    async with Sender(server, ana.cookie) as sender:
        answer = await sender.upload(room, b"words")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_a_member")


async def test_a_file_of_a_blocked_type_is_refused_before_it_comes(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    async with Sender(server, ana.cookie) as sender:
        assert await refused_early(sender, garden, "setup.EXE") == (415, "blocked_type")


@pytest.mark.parametrize("header", ["", "attachment", "attachment; filename*=klingon''x", 'attachment; filename=""'])
async def test_a_file_without_a_name_is_refused(server: Daphne, ana: Person, garden: int, header: str) -> None:
    async with Sender(server, ana.cookie) as sender:
        answer = await sender.upload(garden, b"words", **{"Content-Disposition": header})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_query")


async def test_reading_the_address_gives_nothing(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        assert (await sender.get(f"/rooms/{garden}/files/")).status_code == 405


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [("delete_session", 401, "signed_out"), ("disable", 401, "signed_out"), ("remove", 404, "not_a_member")],
)
async def test_an_upload_that_ends_after_a_revocation_changes_nothing(
    site: Site, server: Daphne, ana: Person, garden: int, change: str, status: int, code: str
) -> None:
    changes: dict[str, list[Any]] = {
        "delete_session": [ana.cookie],
        "disable": [ana.id],
        "remove": [garden, [ana.id]],
    }
    files, lay = run(site, "files"), lying(site)
    async with Sender(server, ana.cookie) as sender:
        body = Slow()
        upload = asyncio.create_task(sender.upload(garden, body))
        await begun(site, MIB, names=set(lay))
        await asyncio.to_thread(run, site, change, *changes[change])
        body.go_on.set()
        answer = await upload

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert run(site, "files") == files
    await nothing_more_lies(site, lay)
