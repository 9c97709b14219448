"""Pages for requests that could not be served. Django's own handlers for these give their templates nothing."""

import sys
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from chat.errors import Forbidden, Unavailable
from chat.views.answers import is_json_path, refusal

RETRY_SECONDS: Final = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the exception."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer. So nothing here may ask it: not the session, not the person."""
    if _asks_for_json(request):
        response = refusal(Unavailable("The database does not answer. Try again in a moment."))
    else:
        with translation.override(translation.get_language_from_request(request)):
            page = render_to_string("503.html", {"SITE_NAME": settings.SITE_NAME})
        response = HttpResponse(page, status=503, headers={"Cache-Control": "no-store"})
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A change that no page of this site has sent, or one that had been open for too long."""
    if _asks_for_json(request):
        return refusal(Forbidden("Load the page again: only what its present version sends is accepted."))
    return render(request, "403_csrf.html", status=403)


def _asks_for_json(request: HttpRequest) -> bool:
    try:
        return is_json_path(resolve(request.path_info).func)
    except Resolver404:
        return False
