"""What sockets ask of the database. Each function runs in a reader's thread and returns plain frames.

A room's number is always read before the rows that it covers: what is committed meanwhile has a higher one
and comes as an event, so nothing falls between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from msgspec import Raw

from chat import conf
from chat.actions.changes import Actor
from chat.actions.room_states import room_states
from chat.errors import BadRevision, NotAMember, SignedOut
from chat.models import Installation, Membership, Message, Room, Session, User
from chat.models.session import LiveSession
from chat.protocol.codec import encode
from chat.protocol.commands import CatchUp
from chat.protocol.events import CaughtUp, Hello, Member, Self, SessionInfo
from chat.protocol.messages import message_frame, person
from chat.relay.rings import Event


@dataclass(frozen=True, slots=True)
class Changes:
    """A room's changes in ascending revisions: all that there are up to `through`."""

    events: list[Event]
    through: int


def hello(device: UUID) -> Hello | None:
    """The first frame of a socket, or None when the session no longer lives."""
    session = Session.objects.living([device]).get(device)
    if session is None:
        return None
    user = User.objects.get(pk=session.user_id)
    return Hello(
        epoch=Installation.get().epoch.hex,
        user=Self(user.pk, user.username, user.name),
        session=SessionInfo(session.expires),
        rooms=room_states([user.pk])[user.pk],
    )


def living(devices: Iterable[UUID]) -> dict[UUID, LiveSession]:
    return Session.objects.living(devices)


def last_revisions(room_ids: Iterable[int]) -> dict[int, int]:
    """The newest revision of each room that is still there."""
    return dict(Room.objects.filter(pk__in=list(room_ids), archived=False).values_list("pk", "last_revision"))


def changes(room_id: int, after: int) -> Changes | None:
    """One page of what has changed in a room since `after`, for the hub. None: the room is gone."""
    last = last_revisions([room_id]).get(room_id)
    if last is None:
        return None
    limit = conf.CATCH_UP_MESSAGES
    messages = list(Message.objects.filter(room_id=room_id).changed(after=after, up_to=last)[: limit + 1])
    places = Membership.objects.filter(room_id=room_id, revision__gt=after, revision__lte=last)
    places = places.select_related("user").order_by("revision")[: limit + 1]
    events = list(merge(map(_message_event, messages), map(_member_event, places), key=lambda event: event.revision))
    if len(events) > limit:
        return Changes(events[:limit], events[limit - 1].revision)
    return Changes(events, last)


def _message_event(message: Message) -> Event:
    return Event(message.revision, encode(message_frame(message)))


def _member_event(place: Membership) -> Event:
    frame = Member(room=place.room_id, revision=place.revision, user=person(place.user), is_in=place.active)
    if place.active:
        return Event(place.revision, encode(frame), joined=place.user_id)
    return Event(place.revision, encode(frame), left=place.user_id)


def members(room_id: int) -> set[int]:
    return set(Membership.objects.filter(room_id=room_id, active=True).values_list("user", flat=True))


def catch_up(actor: Actor, command: CatchUp) -> CaughtUp:
    """The answer to `catch_up`. Raises SignedOut, NotAMember or BadRevision."""
    session = Session.objects.living([actor.device]).get(actor.device)
    if session is None or session.user_id != actor.user_id:
        raise SignedOut
    room = User(pk=actor.user_id).rooms.filter(pk=command.room).first()
    if room is None:
        raise NotAMember
    last = room.last_revision
    if not 0 <= command.revision <= last:
        raise BadRevision
    if last - command.revision > conf.CATCH_UP_CHANGES:
        return CaughtUp(command.ref, room.pk, [], last, more=False, reset=True)
    page = _page(room.pk, command.revision, last, int(monotonic() / conf.PAGE_SHARED_SECONDS))
    return CaughtUp(command.ref, room.pk, page.texts, page.revision, more=page.more, reset=False)


class _Page(NamedTuple):
    texts: list[Raw]
    revision: int
    more: bool


@lru_cache(conf.PAGES_SHARED)
def _page(room_id: int, after: int, last: int, _moment: int) -> _Page:
    """As many of the messages as fit, at least one.

    When a server or a network comes back, hundreds ask for the same page at once. As every change of a message raises
    the room's last revision, what was read up to the same one is the same: but for authors' names, hence `_moment`.
    """
    changed = Message.objects.filter(room_id=room_id).changed(after=after, up_to=last)
    found = list(changed[: conf.CATCH_UP_MESSAGES + 1])
    texts: list[Raw] = []
    size = 0
    for message in found[: conf.CATCH_UP_MESSAGES]:
        text = encode(message_frame(message)).encode()
        size += len(text)
        if texts and size > conf.CATCH_UP_BYTES:
            break
        texts.append(Raw(text))
    more = len(texts) < len(found)
    revision = found[len(texts) - 1].revision if more else last
    return _Page(texts, revision, more)
