"""Whom texts call, and who is to be told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Final

from django.db.models import Max, Q

from chat import conf
from chat.markup import Draft
from chat.markup.mentions import EVERYONE, Called, key, means_everyone
from chat.models import Membership, Mention, Message, User
from chat.models.folded import folded_names

Asked = Mapping[int, Collection[str]]  # names, by the rooms in which they are called
_ALL: Final = Called(None, EVERYONE)


@dataclass(frozen=True, slots=True)
class Text:
    """A body as it is stored. `mentions`: all whom it calls; `called`: the same, None standing for everybody."""

    html: str
    mentions: list[int] = field(default_factory=list)
    called: list[int | None] = field(default_factory=list)


class Names:
    """Who answered to which name in some rooms at one moment; looked up for all of them at once."""

    def __init__(self, asked: Asked) -> None:
        self._rooms = {room for room, names in asked.items() if names}
        self._moment = self._last_moves()  # before the members are read: whoever comes or leaves meanwhile is noticed
        self._people: defaultdict[int, dict[str, Called]] = defaultdict(dict)
        self._accounts: dict[int, tuple[str, str]] = {}
        self._everyone: dict[int, list[int]] = {}
        if self._rooms:
            self._read_people(asked)
            self._read_everyone(room for room in self._rooms if EVERYONE in asked[room])

    def hold(self) -> bool:
        """Whether nobody has come or left since, and all are called as they were. To be asked under the rooms' locks."""
        return self._last_moves() == self._moment and self._accounts_now() == self._accounts

    def text(self, room: int, author: int, draft: Draft) -> Text:
        html, found = draft.naming(self._people[room])
        called = [one.id for one in found]
        named = [one for one in called if one is not None]
        everyone = self._everyone[room] if _ALL in found else []
        others = [one for one in everyone if one != author and one not in named]
        return Text(html, named + others, called)

    def _last_moves(self) -> dict[int, int]:
        if not self._rooms:
            return {}
        moves = Membership.objects.filter(room__in=self._rooms).values_list("room").annotate(Max("revision"))
        return dict(moves)

    def _accounts_now(self) -> dict[int, tuple[str, str]]:
        if not self._accounts:
            return {}
        present = User.objects.filter(pk__in=self._accounts, is_active=True)
        return {pk: (username, name) for pk, username, name in present.values_list("pk", "username", "full_name")}

    def _read_people(self, asked: Asked) -> None:
        """Whoever wrote a name in full means the one who has it, letter by letter; else the one who has had it longest.
        Nobody is meant by `@all`, also where it calls nobody."""
        handles = {folded_names(name) for names in asked.values() for name in names}
        inside = Membership.objects.filter(room__in=self._rooms, active=True, user__is_active=True)
        found = inside.filter(user__handle__in=handles).select_related("user").order_by("-user")
        places = [place for place in found if not means_everyone(place.user.username)]
        self._accounts = {place.user_id: (place.user.username, place.user.full_name) for place in places}
        for place in places:
            self._people[place.room_id][key(place.user.username)] = Called(place.user_id, place.user.name)
        for place in places:
            self._people[place.room_id][place.user.username] = Called(place.user_id, place.user.name)

    def _read_everyone(self, rooms: Iterable[int]) -> None:
        for room in rooms:
            inside = Membership.objects.filter(room=room, active=True, user__is_active=True)
            ids = list(inside.order_by("user").values_list("user", flat=True)[: conf.EVERYONE_PEOPLE + 1])
            if len(ids) <= conf.EVERYONE_PEOPLE:
                self._everyone[room] = ids
                self._people[room][EVERYONE] = _ALL


def call(messages: Iterable[tuple[Message, Collection[int | None]]]) -> None:
    """Note whom messages call, of which nothing is noted."""
    Mention.objects.bulk_create(
        Mention(room_id=message.room_id, position=message.position, author_id=message.author_id, user_id=user)
        for message, called in messages
        for user in called
    )


def forget(messages: Iterable[Message]) -> None:
    """They call nobody any more."""
    ordered = sorted((message.room_id, message.position) for message in messages)
    if ordered:
        rooms = groupby(ordered, key=lambda place: place[0])
        places = (Q(room=room, position__in=[position for _room, position in group]) for room, group in rooms)
        Mention.objects.filter(reduce(or_, places)).delete()
