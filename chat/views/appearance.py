"""In which language, and how light or dark, pages are shown."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from chat.models import User


def language_of(user: User, request: HttpRequest) -> str:
    """What the person has chosen, else what the browser asks for. A language may have been taken away meanwhile."""
    known = dict(settings.LANGUAGES)
    return user.language if user.language in known else get_language_from_request(request)
