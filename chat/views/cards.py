"""People as pages show them: what the frames leave out, because it is asked for where it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Max
from django.http import HttpRequest
from msgspec import Struct

from chat.models import Membership, Room, Session, User
from chat.relay.roster import roster
from chat.views.answers import json_path
from chat.views.queries import ids
from chat.views.rates import may_list
from chat.views.who import person


class Card(Struct, frozen=True):
    """`picture` is the version of the person's picture; empty: there is none."""

    id: int
    username: str
    name: str
    picture: str


class CardNow(Card, frozen=True):
    """And whether the person is there, told to those who share a room. `seen`: when last, of one who is not."""

    online: bool | None
    seen: datetime | None


class Cards(Struct, frozen=True):
    people: list[CardNow]


class DirectRoom(Struct, frozen=True):
    """`people`: the others."""

    room: int
    people: list[int]


class DirectRooms(Struct, frozen=True):
    """`online`: of all of them."""

    rooms: list[DirectRoom]
    online: list[int]


def card(user: User) -> Card:
    return Card(user.pk, user.username, user.name, user.picture)


def cards_of(user_ids: Collection[int]) -> list[Card]:
    return [card(user) for user in User.objects.filter(pk__in=user_ids, is_active=True)]


@json_path
def cards(request: HttpRequest) -> Cards:
    """Of some people; who is not there, or not any more, is left out."""
    user = person(request)
    may_list(user)
    found = list(User.objects.filter(pk__in=ids(request.GET, "ids"), is_active=True).order_by("pk"))
    near = _near(user, found)
    seen = _seen([one.pk for one in found if one.pk in near and one.pk not in roster])
    return Cards(
        [
            CardNow(
                id=one.pk,
                username=one.username,
                name=one.name,
                picture=one.picture,
                online=one.pk in roster if one.pk in near else None,
                seen=seen.get(one.pk),
            )
            for one in found
        ]
    )


@json_path
def direct(request: HttpRequest) -> DirectRooms:
    """Who is in one's direct rooms, and who of them is on-line: `presence` tells it of the open room only."""
    user = person(request)
    may_list(user)
    rooms = user.rooms.filter(kind=Room.Kind.DIRECT)
    others: defaultdict[int, list[int]] = defaultdict(list)
    places = Membership.objects.filter(room__in=rooms, active=True).exclude(user=user).order_by("room_id", "user_id")
    for room, other in places.values_list("room_id", "user_id"):
        others[room].append(other)
    online = sorted({one for people in others.values() for one in people if one in roster})
    return DirectRooms([DirectRoom(room, people) for room, people in others.items()], online)


def _near(user: User, people: Collection[User]) -> set[int]:
    """Those who share a room with this person."""
    places = Membership.objects.filter(user__in=people, active=True, room__in=user.rooms)
    return {user.pk, *places.values_list("user_id", flat=True).distinct()}


def _seen(people: Collection[int]) -> dict[int, datetime]:
    """When their devices were last in use, as far as they are signed in still."""
    return dict(Session.objects.filter(user__in=people).values_list("user_id").annotate(Max("last_seen")))
