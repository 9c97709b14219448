"""The list of emoji, for those who look for one by its name."""

from functools import cache
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_supported_language_variant
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from chat.errors import BadQuery
from chat.markup.emoji_names import emoji_names
from chat.views.answers import refusal

_DAY_SECONDS: Final = 24 * 60 * 60


@require_safe
def emoji(request: HttpRequest) -> HttpResponse:
    """Every emoji with its names in the language `lang`, as `{"emoji": [["🎉", "party_popper", "tada"], …]}`."""
    try:
        language = get_supported_language_variant(request.GET.get("lang", ""))
    except LookupError:
        return refusal(BadQuery("lang: a language of the pages is expected"))
    return _list(request, language.partition("-")[0])


@gzip_page
@cache_control(public=True, max_age=_DAY_SECONDS)
def _list(_request: HttpRequest, language: str) -> HttpResponse:
    return HttpResponse(_encoded(language), content_type="application/json")


@cache
def _encoded(language: str) -> bytes:
    return msgspec.json.encode({"emoji": emoji_names(language)})
