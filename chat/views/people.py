"""Who there is, to be chosen from while one types a name."""

from __future__ import annotations

from django.http import HttpRequest
from msgspec import Struct

from chat.models import User
from chat.models.folded import sought
from chat.protocol.events import Self
from chat.views.answers import json_path
from chat.views.queries import listing
from chat.views.rates import may_list
from chat.views.who import person


class People(Struct, frozen=True):
    people: list[Self]
    more: bool


@json_path
def people(request: HttpRequest) -> People:
    """Everybody with an account that can be signed in to, oneself as well; those first whose names begin as sought."""
    may_list(person(request))
    asked = listing(request.GET)
    found, more = asked.part(sought(User.objects.filter(is_active=True), asked.text))
    return People([Self(user.pk, user.username, user.name) for user in found], more)
