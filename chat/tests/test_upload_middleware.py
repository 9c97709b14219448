"""Between a connection and the page that stores a file: what is asked when, and what is left of what went wrong."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from chat.errors import BadPicture, DiskFull, RateLimited
from chat.files import store
from chat.files.upload import Arrived, Draft, Upload
from chatproject.uploads import UploadMiddleware

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

ADDRESS: Message = {"type": "http", "method": "POST", "path": "/rooms/7/files/"}
HEADERS = [(b"content-length", b"6"), (b"content-type", b"text/plain"), (b"cookie", b"sessionid=x")]
GONE: Message = {"type": "http.disconnect"}
WHOLE: list[Message] = [
    {"type": "http.request", "body": b"wo", "more_body": True},
    {"type": "http.request", "body": b"rds!"},
]


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def lying(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


class Page:
    """A page that admits everybody, or nobody, and tells what it was shown."""

    def __init__(self, person: int | None = 3) -> None:
        self.person = person
        self.asked: list[dict[str, Any]] = []
        self.outcomes: list[Any] = []
        self.contents: list[bytes] = []

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Any) -> None:
        upload: Upload = scope["upload"]
        assert await receive() == {"type": "http.request", "body": b"", "more_body": False}
        self.asked.append(scope)
        self.outcomes.append(upload.outcome)
        if isinstance(upload.outcome, Arrived):
            self.contents.append(upload.outcome.draft.read_bytes())
        upload.person = self.person
        await send({"type": "http.response.start", "status": 200 + len(self.asked), "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(
    middleware: UploadMiddleware, *messages: Message, headers: list[tuple[bytes, bytes]] = HEADERS
) -> list[int]:
    """The statuses of the answers that reach the client."""
    waiting = iter(messages)
    statuses: list[int] = []

    async def receive() -> Message:
        try:
            return next(waiting)
        except StopIteration:
            await asyncio.Event().wait()  # nothing more comes
            raise

    async def send(message: Message) -> None:
        if "status" in message:
            statuses.append(message["status"])

    await middleware({**ADDRESS, "headers": headers}, receive, send)
    return statuses


async def test_the_page_is_asked_before_and_after_and_answers_once(data_dir: Path) -> None:
    page = Page()
    assert await ask(UploadMiddleware(page), *WHOLE) == [202]
    assert [scope["upload"].announced for scope in page.asked] == [6, 6]
    assert page.contents == [b"words!"]
    assert page.outcomes[0] is None
    assert lying(data_dir) == [], "the page did not keep it"


async def test_what_tells_of_the_body_is_not_shown(data_dir: Path) -> None:
    page = Page()
    await ask(UploadMiddleware(page), *WHOLE, headers=[*HEADERS, (b"transfer-encoding", b"chunked")])
    assert [scope["headers"] for scope in page.asked] == [[(b"cookie", b"sessionid=x")]] * 2


@pytest.mark.parametrize("length", [[], [(b"content-length", b"-1")], [(b"content-length", b"lots")]])
async def test_a_length_that_is_none_is_unknown(length: list[tuple[bytes, bytes]]) -> None:
    page = Page()
    await ask(UploadMiddleware(page), *WHOLE, headers=length)
    assert page.asked[0]["upload"].announced is None


async def test_what_is_refused_is_not_read(data_dir: Path) -> None:
    page = Page(person=None)
    assert await ask(UploadMiddleware(page)) == [201]
    assert len(page.asked) == 1
    assert not (data_dir / "uploads").exists()


async def test_a_client_that_hangs_up_leaves_nothing_behind(data_dir: Path) -> None:
    page = Page()
    assert await ask(UploadMiddleware(page), WHOLE[0], GONE) == []
    assert len(page.asked) == 1
    assert lying(data_dir) == []


async def test_a_server_that_stops_leaves_nothing_behind(data_dir: Path) -> None:
    task = asyncio.create_task(ask(UploadMiddleware(Page()), WHOLE[0]))
    async with asyncio.timeout(15):
        while True:
            if any(path.stat().st_size == 0 for path in lying(data_dir)):
                break
            await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert lying(data_dir) == []


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(OSError(errno.ENOSPC, "full"), DiskFull), (OSError(errno.EDQUOT, "quota"), DiskFull), (DiskFull(), DiskFull)],
)
async def test_a_disk_that_is_full_is_told_by_name(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: type
) -> None:
    monkeypatch.setattr(Draft, "write", failing(error))
    page = Page()
    assert await ask(UploadMiddleware(page), *WHOLE) == [202]
    assert isinstance(page.outcomes[1], outcome)
    assert lying(data_dir) == []


async def test_a_disk_that_is_broken_is_a_fault(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Draft, "write", failing(OSError(errno.EIO, "broken")))
    with pytest.raises(OSError, match="broken"):
        await ask(UploadMiddleware(Page()), *WHOLE)
    assert lying(data_dir) == []


async def test_a_full_device_is_noticed_when_the_last_piece_is_written(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = data_dir / "full"
    link.symlink_to("/dev/full")
    monkeypatch.setattr(store, "new_draft", lambda: link)
    page = Page()
    await ask(UploadMiddleware(page), *WHOLE)
    assert isinstance(page.outcomes[1], DiskFull)
    assert not link.is_symlink()


async def test_a_picture_that_was_refused_is_told_to_the_page(data_dir: Path) -> None:
    page = Page()
    await ask(UploadMiddleware(page), {"type": "http.request", "body": b"GIF89a broken"})
    assert isinstance(page.outcomes[1], BadPicture)
    assert lying(data_dir) == []


async def test_a_person_has_so_many_under_way_and_others_are_not_concerned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.conf.UPLOADS_AT_ONCE", 1)
    ana, bia = Page(person=1), Page(person=2)

    async def either(scope: dict[str, Any], receive: Receive, send: Any) -> None:
        await (ana if b"ana" in dict(scope["headers"]) else bia)(scope, receive, send)

    middleware = UploadMiddleware(either)
    under_way = asyncio.create_task(ask(middleware, WHOLE[0], headers=[(b"ana", b"")]))
    async with asyncio.timeout(15):
        while True:
            if lying(store.root()):
                break
            await asyncio.sleep(0.01)
    await ask(middleware, *WHOLE, headers=[(b"ana", b"")])
    await ask(middleware, *WHOLE)
    assert isinstance(ana.outcomes[-1], RateLimited)
    assert bia.contents == [b"words!"]
    under_way.cancel()
    await asyncio.gather(under_way, return_exceptions=True)
    await ask(middleware, *WHOLE, headers=[(b"ana", b"")])
    assert ana.contents == [b"words!"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/rooms/7/files/"), ("POST", "/rooms/7/"), ("POST", "/rooms/7/files/x/"), ("POST", "/x/rooms/7/files/")],
)
async def test_other_requests_pass_through(method: str, path: str) -> None:
    passed: list[Any] = []

    async def inner(*arguments: Any) -> None:
        passed.extend(arguments)

    given = ({"type": "http", "method": method, "path": path, "headers": HEADERS}, object(), object())
    await UploadMiddleware(inner)(*given)  # type: ignore[arg-type]
    assert passed == list(given)


def failing(error: Exception) -> Any:
    def fail(*_arguments: Any) -> None:
        raise error

    return fail
