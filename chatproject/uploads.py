"""The way of a file from a connection to the page that stores it."""

from __future__ import annotations

import asyncio
import errno
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from chat import conf
from chat.errors import ChatError, DiskFull, RateLimited
from chat.files.upload import Arrived, Draft, Upload, looked_through
from chat.threads import on_disk, with_pictures
from chatproject.streams import brings_file

Scope = dict[str, Any]
Message = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Of the body, which Django is not given.
_ABOUT_BODY: Final = {b"content-length", b"content-type", b"transfer-encoding"}
_RETRY_SECONDS: Final = 1.0
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


class Gone(Exception):
    """The client has hung up."""


class UploadMiddleware:
    """Writes a file to the disk between two looks at who sends it.

    Django would take in the whole body before it asks who that is. Here the page is asked first with nothing but the
    headers, and again, as if it were another request, when the file is there. Each time session, CSRF token and membership
    are looked at anew, and all refusals are the page's own.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self._under_way: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not brings_file(scope["method"], scope["path"]):
            await self.inner(scope, receive, send)
            return
        upload = Upload(_announced(scope))
        asked = {**scope, "headers": _without_body(scope["headers"]), "upload": upload}
        first: list[Message] = []
        await self.inner(asked, _as_empty(_never), _collecting(first))
        if upload.person is None:
            for message in first:
                await send(message)
            return
        try:
            async with self._outcome(upload, upload.person, receive):
                await self.inner(asked, _as_empty(receive), send)
        except Gone:
            return  # nobody waits for an answer

    @asynccontextmanager
    async def _outcome(self, upload: Upload, person: int, receive: Receive) -> AsyncIterator[None]:
        """Within, it is known what has become of the upload; after that, nothing is left of what was not stored."""
        if self._under_way[person] >= conf.UPLOADS_AT_ONCE:
            upload.outcome = RateLimited(_RETRY_SECONDS)
            yield
            return
        self._under_way[person] += 1
        try:
            upload.outcome = await _taken_in(receive)
            yield
        finally:
            self._under_way[person] -= 1
            self._under_way += Counter()  # lets go of those who have nothing under way
            if isinstance(upload.outcome, Arrived):
                upload.outcome.discard()


async def _taken_in(receive: Receive) -> Arrived | ChatError:
    """The file once all of it is here, or why it will not do. Raises Gone."""
    draft = await on_disk(Draft)
    try:
        await _write_down(draft, receive)
        return await with_pictures(looked_through, draft.path)
    except BaseException as error:
        draft.discard()
        refusal = _refusal(error)
        if refusal is None:
            raise
        return refusal


async def _write_down(draft: Draft, receive: Receive) -> None:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        await on_disk(draft.write, message.get("body", b""))
        more = message.get("more_body", False)
    await on_disk(draft.finish)


def _refusal(error: BaseException) -> ChatError | None:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return DiskFull()
    return error if isinstance(error, ChatError) else None


# -- what Django is shown ------------------------------------------------------------------------


def _announced(scope: Scope) -> int | None:
    """The size of the body; None where chunks hide it."""
    found = [value for name, value in scope["headers"] if name == b"content-length" and value.isdigit()]
    return int(found[0]) if found else None


def _without_body(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name not in _ABOUT_BODY]


def _as_empty(receive: Receive) -> Receive:
    """No body, and after that nothing but that the client has hung up."""
    first = [{"type": "http.request", "body": b"", "more_body": False}]

    async def take() -> Message:
        if first:
            return first.pop()
        while (message := await receive())["type"] != "http.disconnect":
            pass  # the rest of a body that was refused
        return message

    return take


async def _never() -> Message:
    message: Message = await asyncio.get_running_loop().create_future()
    return message


def _collecting(messages: list[Message]) -> Send:
    async def send(message: Message) -> None:
        messages.append(message)

    return send
