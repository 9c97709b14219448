"""A file's bytes, as a browser may have them: never run, never guessed at, and never all of them in memory."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from chat import conf
from chat.files.names import ANYTHING
from chat.threads import on_disk
from chat.views.ranges import NotSatisfiable, Part, asked_part

# Whatever is in a file, in a tab of its own it is nobody: it runs nothing, loads nothing, and is framed by nobody.
_POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
_HEADERS: Final = {
    "Accept-Ranges": "bytes",
    # Kept by this browser alone, which asks each time: membership ends, and messages are deleted.
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Pieces:
    """A part of an open file, piece by piece, as fast as they are taken."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        self._file = file
        self._part = part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await on_disk(self._file.seek, self._part.start)
        left = self._part.length
        while left and (piece := await on_disk(self._file.read, min(left, conf.FILE_PIECE_BYTES))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Django calls it when the answer is over, however that came."""
        self._file.close()


def serve(request: HttpRequest, path: Path, *, etag: str, name: str, shown_as: str | None) -> HttpResponseBase:
    """The file, a part of it, or that the browser has it already. `shown_as` is the type of a picture that was looked
    through; without one it is only downloaded."""
    response = get_conditional_response(request, etag=etag) or _serve(request, path, etag)
    for header, value in _HEADERS.items():
        response[header] = value
    response["ETag"] = etag
    if response.status_code in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        response["Content-Type"] = shown_as or ANYTHING
        response["Content-Disposition"] = content_disposition_header(shown_as is None, name) or ""
    return response


def _serve(request: HttpRequest, path: Path, etag: str) -> HttpResponseBase:
    try:
        size = path.stat().st_size
        part = asked_part(_range(request, etag), size)
        return _streamed(
            request, path, part or Part(0, size, size), HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
        )
    except FileNotFoundError:  # as after a backup that was restored without its files
        raise Http404 from None
    except NotSatisfiable:
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        return HttpResponse(status=status, headers={"Content-Range": f"bytes */{size}"})


def _streamed(request: HttpRequest, path: Path, part: Part, status: HTTPStatus) -> HttpResponseBase:
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(status=status)
    else:
        response = StreamingHttpResponse(Pieces(path.open("rb"), part), status=status)
    response["Content-Length"] = str(part.length)
    if status == HTTPStatus.PARTIAL_CONTENT:
        response["Content-Range"] = part.content_range
    return response


def _range(request: HttpRequest, etag: str) -> str:
    """What is asked for, unless of another version of the file."""
    condition = request.headers.get("If-Range", etag)
    return request.headers.get("Range", "") if request.method == "GET" and condition == etag else ""
