"""Answers in JSON. The frames' own structs are encoded, so that HTTP and the socket tell of a thing in the same way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from math import ceil
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from msgspec import Struct

from chat.errors import (
    BadPicture,
    BadQuery,
    BlockedType,
    ChatError,
    DiskFull,
    FileTooLarge,
    Forbidden,
    NameTaken,
    NotAMember,
    NotFound,
    OverQuota,
    RateLimited,
    SignedOut,
    Unavailable,
)
from chat.protocol.codec import failure
from chat.protocol.events import Failure

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], Any]
AnyView = Callable[..., Any]
Body = TypeVar("Body", bound=Struct)

_STATUS: Final[Mapping[type[ChatError], int]] = {
    BadQuery: 400,
    SignedOut: 401,
    Forbidden: 403,
    NotAMember: 404,
    NotFound: 404,
    NameTaken: 409,
    OverQuota: 409,
    FileTooLarge: 413,
    BlockedType: 415,
    BadPicture: 422,
    RateLimited: 429,
    Unavailable: 503,
    DiskFull: 507,
}
_READING: Final = ("GET", "HEAD")
_CHANGING: Final = ("POST",)
_JSON_PATHS: Final[set[AnyView]] = set()


class Error(Struct, frozen=True):
    error: Failure


def answer(content: Any, status: int = 200) -> HttpResponse:
    """Never cached: whose answer it is depends on the session alone."""
    response = HttpResponse(msgspec.json.encode(content), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def refusal(error: ChatError) -> HttpResponse:
    response = answer(Error(failure(error)), _STATUS[type(error)])
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(ceil(error.retry_after))
    return response


def json_path(view: View[P]) -> View[P]:
    """A path that is read as JSON: the view returns what to encode, or raises the domain's errors."""
    # Nothing is changed here, and a refusal is to be JSON as well.
    return _known(csrf_exempt(_in_json(view, _READING)))


def json_change(view: View[P]) -> View[P]:
    """A path that changes something when it is posted to, from a page of this site alone."""
    return _known(_in_json(view, _CHANGING))


def json_paths(*, read: AnyView, change: AnyView) -> AnyView:
    """One path for both."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return (read if request.method in _READING else change)(request, *args, **kwargs)

    return _known(_in_json(view, (*_READING, *_CHANGING)))


def sent(request: HttpRequest, kind: type[Body]) -> Body:
    """What was sent, all of it of the right types. Raises BadQuery, which names the field."""
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadQuery(str(error)) from None


def is_json_path(view: AnyView) -> bool:
    return view in _JSON_PATHS


def _in_json(view: AnyView, methods: Collection[str]) -> AnyView:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in methods:
            return _other_method(methods)
        try:
            return answer(view(request, *args, **kwargs))
        except ChatError as error:
            return refusal(error)
        except (OperationalError, InterfaceError):
            return refusal(Unavailable("The database does not answer. Try again in a moment."))

    return wrapped


def _known(view: AnyView) -> AnyView:
    _JSON_PATHS.add(view)
    return view


def _other_method(methods: Collection[str]) -> HttpResponse:
    allowed = ", ".join(methods)
    response = answer(Error(Failure("method_not_allowed", f"This path is for: {allowed}.")), 405)
    response["Allow"] = allowed
    return response
