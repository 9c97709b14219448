"""Headers that Django has no setting for, and how each person likes the pages."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from chat.models import User
from chat.views.appearance import language_of
from chatproject.workers import HEALTH

IMPERSONAL: Final = (
    *HEALTH,
    "/emoji.json",
)  # who asks is not looked up: the database may be away, and caches may share
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class BrowserRules(MiddlewareMixin):
    """What the pages may not use, and that they are to be fetched over TLS alone.

    HSTS does not wait for a request that looks secure, as Django's own does: TLS ends at a proxy, and the
    address that people type says it all.
    """

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SECURE_HSTS_SECONDS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        return response


class OwnAppearance(MiddlewareMixin):
    """The language and the theme that a person has chosen, on every page and every error."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info in IMPERSONAL or not isinstance(request.user, User):
            return
        request.LANGUAGE_CODE = language_of(request.user, request)
        translation.activate(request.LANGUAGE_CODE)
        request.theme = request.user.theme  # type: ignore[attr-defined]  # kept for errors, when nobody can be asked
