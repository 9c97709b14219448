"""Files on their way in: for members alone, and at no more cost than they may have."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from chat import conf
from chat.tests.client import Client
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person, people, run
from chat.tests.process.raw import Wire, costing_less_than
from chat.tests.process.sender import Sender, disposition
from chat.tests.services.site import Daphne, Site

MIB: Final = 1024 * 1024
LIMIT_MB: Final = 64
LITTLE: Final = 30  # MB, where more than the limit is sent
PIECE: Final = bytes(MIB)


@pytest.fixture(scope="module")
def site(template_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("uploads")
    shutil.copytree(template_directory, directory, dirs_exist_ok=True)
    site = Site(directory, UPLOAD_MB=str(LIMIT_MB), UPLOAD_UNSENT_MB="200", UPLOAD_BLOCKED="exe,bat")
    yield site
    site.close()


@pytest.fixture(scope="module")
def server(site: Site) -> Daphne:
    return site.daphne()


@pytest.fixture
def ana(site: Site) -> Person:
    return new_person(site)


@pytest.fixture
def garden(site: Site, ana: Person) -> int:
    room: int = run(site, "new_room", "garden", [ana.id])
    return room


_numbers = iter(range(1_000_000))


def new_person(site: Site) -> Person:
    [person] = people(site, f"person{next(_numbers)}")
    return person


def lying(site: Site) -> dict[str, int]:
    """What lies on the disk among the uploads, with its size."""
    root = site.directory / "uploads"
    return {path.name: path.stat().st_size for path in root.rglob("*") if path.is_file()}


class Slow:
    """A body of which the second half waits for a word."""

    def __init__(self, half: bytes = PIECE) -> None:
        self.half = half
        self.half_sent = asyncio.Event()
        self.go_on = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.half
        self.half_sent.set()
        await self.go_on.wait()
        yield self.half


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while True:
            if true():
                return
            await asyncio.sleep(0.02)


async def begun(site: Site, size: int, *, names: set[str]) -> None:
    """Wait until so much more of a file is on the disk."""
    await until(lambda: any(found >= size for name, found in lying(site).items() if name not in names))


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


# -- who may not -----------------------------------------------------------------------------------


async def told_early(sender: Sender, room: int, name: str = "notes.txt", size: int = 50 * MIB) -> tuple[int, Any]:
    """Status and error of the answer that comes though the body, but for its beginning, does not."""
    async with Wire(sender.server) as wire:
        await wire.send(request(sender, room, f"Content-Length: {size}", name=name) + bytes(300_000))
        head = (await wire.head()).lower()
        assert "\r\nconnection: close" in head, "or the rest would be taken for the next request"
        length = int(head.partition("content-length: ")[2].split()[0])
        told = json.loads(await wire.read(length) or b"null")
    return int(head.split()[1]), told and told["error"]


async def refused_early(sender: Sender, room: int, name: str = "notes.txt", size: int = 50 * MIB) -> tuple[int, str]:
    status, error = await told_early(sender, room, name, size)
    return status, error["code"]


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


# -- what it may cost ------------------------------------------------------------------------------


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


def request(sender: Sender, room: int, *headers: str, name: str = "notes.txt") -> bytes:
    """An upload's head, as bytes."""
    cookies = "; ".join(f"{name}={value}" for name, value in sender.cookies.items())
    lines = [
        f"POST /rooms/{room}/files/ HTTP/1.1",
        f"Host: 127.0.0.1:{sender.server.port}",
        f"Origin: {sender.server.url}",
        f"Cookie: {cookies}",
        f"X-CSRFToken: {sender.csrf_token}",
        f"Content-Disposition: {disposition(name)}",
        *headers,
    ]
    return "\r\n".join([*lines, "\r\n"]).encode()


async def nothing_more_lies(site: Site, before: dict[str, int]) -> None:
    await until(lambda: lying(site) == before)


async def test_what_one_process_took_in_another_gives_out(site: Site, server: Daphne, ana: Person, garden: int) -> None:
    async with Sender(server, ana.cookie) as here, Sender(site.daphne(), ana.cookie) as there:
        file = await here.sent(garden, b"words")
        assert (await there.fetch(file["id"])).content == b"words"
        assert (await there.discard(file["id"])).status_code == 200
        assert (await here.fetch(file["id"])).status_code == 404
