"""Answers in JSON. The frames' own structs are encoded, so that HTTP and the socket tell of a thing in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from msgspec import Struct

from chat.errors import BadQuery, ChatError, NotAMember, SignedOut, Unavailable
from chat.protocol.events import Failure

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], Any]

_STATUS: Final[Mapping[type[ChatError], int]] = {BadQuery: 400, SignedOut: 401, NotAMember: 404, Unavailable: 503}
_READING: Final = ("GET", "HEAD")
_JSON_PATHS: Final[set[Callable[..., Any]]] = set()


class Error(Struct, frozen=True):
    error: Failure


def answer(content: Any, status: int = 200) -> HttpResponse:
    """Never cached: whose answer it is depends on the session alone."""
    response = HttpResponse(msgspec.json.encode(content), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def refusal(error: ChatError) -> HttpResponse:
    return answer(Error(Failure(error.code, error.message)), _STATUS[type(error)])


def json_path(view: View[P]) -> View[P]:
    """A path that is read as JSON: the view returns what to encode, or raises the domain's errors."""

    @csrf_exempt  # nothing is changed here, and a refusal is to be JSON as well
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in _READING:
            response = answer(Error(Failure("method_not_allowed", "This can only be read.")), 405)
            response["Allow"] = ", ".join(_READING)
            return response
        try:
            return answer(view(request, *args, **kwargs))
        except ChatError as error:
            return refusal(error)
        except (OperationalError, InterfaceError):
            return refusal(Unavailable("The database does not answer. Try again in a moment."))

    _JSON_PATHS.add(wrapped)
    return wrapped  # type: ignore[return-value]  # a mere `Callable` has lost the name of its first parameter


def is_json_path(view: Callable[..., Any]) -> bool:
    return view in _JSON_PATHS
