"""Browsers that somebody has signed in with before, after OWASP's "device cookies".

Whoever guesses passwords can make a name's sign-in wait, but not for the browsers that its owner uses: those carry
a signed cookie, and their failures are counted apart from all others.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chat import conf

_COOKIE: Final = "browser"
_SALT: Final = "chat.sessions.browsers"
_AGE: Final = timedelta(days=conf.KNOWN_BROWSER_DAYS)
_ID_BYTES: Final = 8
_DIGEST_CHARACTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser's random name, and digests of the names that have signed in with it, the last one first."""

    id: str
    names: list[str]


def known_browser(request: HttpRequest, name: str) -> str:
    """The browser's id if `name` has signed in with it before, else nothing."""
    browser = _read(request)
    return browser.id if browser and _digest(name) in browser.names else ""


def remember_browser(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """For the answer to a sign-in. The id stays: a new one for each sign-in would bring new attempts."""
    browser = _read(request) or Browser(token_hex(_ID_BYTES), [])
    others = [one for one in browser.names if one != _digest(name)]
    names = [_digest(name), *others][: conf.NAMES_PER_BROWSER]
    response.set_cookie(
        _COOKIE,
        signing.dumps([browser.id, names], salt=_SALT),
        max_age=_AGE,
        path=reverse("login"),  # it is of use nowhere else
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> Browser | None:
    try:
        return Browser(*signing.loads(request.COOKIES[_COOKIE], salt=_SALT, max_age=_AGE))
    except (KeyError, signing.BadSignature):
        return None


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:_DIGEST_CHARACTERS]
