"""What a file on its way in may cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from chat import conf
from chat.tests.process.people import Person
from chat.tests.process.raw import Wire, costing_less_than
from chat.tests.process.sender import Sender
from chat.tests.process.uploads.sending import (
    LIMIT_MB,
    LITTLE,
    MIB,
    PIECE,
    Slow,
    begun,
    lying,
    nothing_more_lies,
    refused_early,
    request,
    told_early,
    until,
)
from chat.tests.services.site import Daphne, Site


async def test_a_large_file_goes_in_and_out_without_lying_in_memory(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LIMIT_MB):
            yield PIECE

    async with Sender(server, ana.cookie) as sender:
        with costing_less_than(server, LITTLE):
            file = (await sender.upload(garden, pieces(), "film.mp4")).json()
            answer = await sender.fetch(file["id"])
        assert file["size"] == len(answer.content) == LIMIT_MB * MIB
        await sender.discard(file["id"])


async def test_five_gigabytes_are_refused_before_they_come(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        with costing_less_than(server, LITTLE):
            status, _error = await told_early(sender, garden, size=5 * 1024 * MIB)
    assert status == 413


async def test_five_gigabytes_that_nobody_announced_are_cut_off_at_the_limit(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    before = lying(site)
    with costing_less_than(server, LITTLE):
        async with Sender(server, ana.cookie) as sender, Wire(server) as wire:
            await wire.send(request(sender, garden, "Transfer-Encoding: chunked"))
            # Much more than that: a quick machine reads five into nothing before it hangs up.
            sent = await wire.send_until_hung_up(b"100000\r\n" + PIECE + b"\r\n", times=64 * 1024)
            answer = await wire.rest()
    assert sent < 64 * 1024
    assert answer.startswith(b"HTTP/1.1 413 ")
    await nothing_more_lies(site, before)


async def test_of_an_upload_that_is_given_up_nothing_is_left(
    site: Site, server: Daphne, ana: Person, garden: int
) -> None:
    before = lying(site)
    async with Sender(server, ana.cookie) as sender, Wire(server) as wire:
        await wire.send(request(sender, garden, f"Content-Length: {50 * MIB}"))
        await wire.send(PIECE)
        await begun(site, MIB, names=set(before))
    await nothing_more_lies(site, before)


async def test_one_person_sends_so_many_at_once(site: Site, server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        bodies = [Slow() for _ in range(conf.UPLOADS_AT_ONCE)]
        before = set(lying(site))
        uploads = [asyncio.create_task(sender.upload(garden, body)) for body in bodies]
        await until(lambda: len(set(lying(site)) - before) == len(bodies))
        status, error = await told_early(sender, garden)
        for body in bodies:
            body.go_on.set()
        answers = await asyncio.gather(*uploads)
        assert (status, error["code"]) == (429, "rate_limited")
        assert error["retry_after"] > 0
        assert [answer.status_code for answer in answers] == [200] * len(bodies)
        assert (await sender.upload(garden, b"words")).status_code == 200, "there is room again"


async def test_what_waits_to_be_sent_has_a_quota(site: Site, server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        files = [await sender.sent(garden, bytes(60 * MIB)) for _ in range(3)]
        assert await refused_early(sender, garden, size=30 * MIB) == (409, "over_quota")
        await sender.discard(files[0]["id"])
        assert (await sender.upload(garden, bytes(30 * MIB))).status_code == 200


async def test_whoever_asks_first_is_told_to_go_on_or_not_to(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        async with Wire(server) as wire:
            await wire.send(request(sender, garden, "Content-Length: 5", "Expect: 100-continue"))
            assert (await wire.head()).startswith("HTTP/1.1 100 ")
            await wire.send(b"words")
            assert (await wire.head()).startswith("HTTP/1.1 200 ")
        async with Wire(server) as wire:
            await wire.send(request(sender, 999_999, "Content-Length: 5", "Expect: 100-continue"))
            assert (await wire.head()).startswith("HTTP/1.1 404 ")


async def test_a_body_over_the_limit_of_other_addresses_is_still_refused(server: Daphne, ana: Person) -> None:
    for path in ("/rooms/1/files", "/rooms/1/files/x/", "/rooms/1/messages/", "/login/"):
        answer = await asyncio.to_thread(httpx.post, server.url + path, content=bytes(2 * MIB))
        assert answer.status_code == 413, path


async def test_a_socket_is_not_taken_for_a_file(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender, Wire(server) as wire:
        upgrade = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
        await wire.send(request(sender, garden, "Content-Length: 5", *upgrade) + b"words")
        assert b"200 OK" not in await wire.rest()
    assert server.ready()
