"""The page on which messages are searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chat import conf
from chat.actions.room_states import room_states
from chat.errors import BadQuery, RateLimited
from chat.markup.text import as_text
from chat.models import Message, User
from chat.models.finding import find
from chat.models.search_entry import text_of
from chat.search.excerpt import Part, excerpt
from chat.search.query import Query, parse
from chat.views.errors import bad_request
from chat.views.queries import older, zone
from chat.views.rates import may_search
from chat.views.search_scope import Scope
from chat.views.who import person


@dataclass(frozen=True, slots=True)
class Hit:
    room: int
    room_name: str
    position: int
    author: str
    created: datetime
    parts: list[Part]


@require_safe
@never_cache
@login_required
def search(request: HttpRequest) -> HttpResponse:
    user, text = person(request), request.GET.get("q", "")
    try:
        cursor = older(request.GET)
    except BadQuery as error:
        return bad_request(request, error)
    query = parse(text)
    if query.is_empty or query.complaints:
        return _page(request, query)
    try:
        may_search(user)
    except RateLimited as error:
        response = _page(request, query, status=429, wait=ceil(error.retry_after))
        response["Retry-After"] = str(ceil(error.retry_after))
        return response
    return _page(request, query, **_results(user, query, cursor, zone(request.GET)))


def _page(request: HttpRequest, query: Query, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"text": request.GET.get("q", ""), "query": query, "conf": conf, "older": request.GET.get("older")}
    context["zone"] = zone(request.GET).key
    return render(request, "search/search.html", context, status=status)


def _results(user: User, query: Query, cursor: int | None, where: ZoneInfo) -> dict[str, Any]:
    """What was found; nothing where the query names somebody or something that is not there."""
    rooms = room_states([user.pk])[user.pk]
    wanted = Scope(user, rooms, where).wanted(query)
    if query.complaints:
        return {}
    if cursor is not None:
        wanted = replace(wanted, before=min(cursor, wanted.before))
    found = find(wanted)
    names = {room.id: room.name for room in rooms}
    return {"found": found, "hits": _hits(found.messages, names, query.patterns)}


def _hits(ids: Sequence[int], rooms: Mapping[int, str], patterns: Sequence[str]) -> list[Hit]:
    messages = Message.objects.filter(room__in=rooms).select_related("author").in_bulk(ids)
    return [_hit(messages[pk], rooms, patterns) for pk in ids if pk in messages]


def _hit(message: Message, rooms: Mapping[int, str], patterns: Sequence[str]) -> Hit:
    return Hit(
        room=message.room_id,
        room_name=rooms[message.room_id],
        position=message.position,
        author=message.author.name if message.author else "",
        created=message.created,
        parts=_shown(message, patterns),
    )


def _shown(message: Message, patterns: Sequence[str]) -> list[Part]:
    """As it is read; what stands in its Markdown alone, as the address behind a link, is shown there."""
    names = [file["name"] for file in message.attachments]
    read = excerpt("\n".join([as_text(message.html), *names]).strip(), patterns)
    if any(part.is_found for part in read):
        return read
    written = excerpt(text_of(message), patterns)
    return written if any(part.is_found for part in written) else read
