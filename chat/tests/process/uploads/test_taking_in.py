"""Files that go in, and what becomes of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from chat import conf
from chat.tests.client import Client
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person, run
from chat.tests.process.sender import Sender
from chat.tests.process.uploads.sending import (
    lying,
)
from chat.tests.services.site import Daphne, Site


async def test_a_file_goes_in_and_comes_out_as_it_was(site: Site, server: Daphne, ana: Person, garden: int) -> None:
    content = bytes(range(256)) * 4_096
    async with Sender(server, ana.cookie) as sender:
        file = await sender.sent(garden, content, "Relatório “final”.pdf")
        assert file == {
            "id": file["id"],
            "name": "Relatório “final”.pdf",
            "size": len(content),
            "type": "application/pdf",
            "width": None,
            "height": None,
            "thumbnail": None,
        }
        assert (await sender.fetch(file["id"])).content == content


async def test_a_body_whose_length_is_hidden_by_chunks_goes_in(server: Daphne, ana: Person, garden: int) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for number in range(5):
            yield bytes([number]) * 100_000

    async with Sender(server, ana.cookie) as sender:
        answer = await sender.upload(garden, pieces())
        assert (answer.status_code, answer.json()["size"]) == (200, 500_000)


async def test_an_empty_file_is_a_file(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        file = await sender.sent(garden, b"")
        assert file["size"] == 0
        assert (await sender.fetch(file["id"])).content == b""


async def test_several_go_over_one_connection(server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as sender:
        files = [await sender.sent(garden, bytes([number]) * 300_000) for number in range(4)]
        contents = [(await sender.fetch(file["id"])).content[:1] for file in files]
    assert contents == [bytes([number]) for number in range(4)]


async def test_it_is_sent_by_a_post_and_goes_with_its_message(
    site: Site, server: Daphne, ana: Person, garden: int, join: Connect
) -> None:
    client: Client = await join(server, ana.cookie)
    async with Sender(server, ana.cookie) as sender:
        file = await sender.sent(garden, b"words")
        reply = await client.ask("post", room=garden, key=file["id"], body="", attachments=[file["id"]])
        assert reply["ok"]
        await client.until(lambda: client.events("message"), "the message")
        assert client.events("message")[-1]["attachments"] == [file]
        assert (await sender.fetch(file["id"])).status_code == 200

        assert (await client.ask("delete", room=garden, position=reply["position"]))["ok"]
        assert (await sender.fetch(file["id"])).status_code == 404
    assert file["id"].replace("-", "") not in lying(site)


async def test_a_file_in_a_message_that_a_moderator_took_out_is_gone(
    site: Site, server: Daphne, ana: Person, garden: int, join: Connect
) -> None:
    client: Client = await join(server, ana.cookie)
    async with Sender(server, ana.cookie) as sender:
        file = await sender.sent(garden, b"words")
        reply = await client.ask("post", room=garden, key=file["id"], body="", attachments=[file["id"]])
        await asyncio.to_thread(run, site, "take_out", garden, reply["position"])
        assert (await sender.fetch(file["id"])).status_code == 404
    assert file["id"].replace("-", "") not in lying(site)


@pytest.mark.parametrize("attachments", [["no id"], ["0b0c4c1e-9a0f-4a9e-8a57-3a4a6e1f0001"]])
async def test_a_post_with_files_that_are_not_there_is_refused(
    server: Daphne, ana: Person, garden: int, join: Connect, attachments: list[str]
) -> None:
    client: Client = await join(server, ana.cookie)
    key = "0b0c4c1e-9a0f-4a9e-8a57-3a4a6e1f0000"
    reply = await client.ask("post", room=garden, key=key, body="see", attachments=attachments)
    assert reply["error"]["code"] == "not_found"
    too_many = await client.ask("post", room=garden, key=key, body="see", attachments=["x"] * (conf.ATTACHMENTS + 1))
    assert too_many["error"]["code"] == "bad_frame"
    assert "attachments" in too_many["error"]["detail"]


async def test_what_one_process_took_in_another_gives_out(site: Site, server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as here, Sender(site.daphne(), ana.cookie) as there:
        file = await here.sent(garden, b"words")
        assert (await there.fetch(file["id"])).content == b"words"
        assert (await there.discard(file["id"])).status_code == 200
        assert (await here.fetch(file["id"])).status_code == 404
