"""Changes that share a transaction: what they need, looked up at once; what they change, written at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from chat.actions.attaching import Uploads
from chat.actions.changes import Actor, Change, ChangeCommand
from chat.actions.files import remove_files
from chat.actions.mentions import call, forget
from chat.errors import NotAMember, NotFound, SignedOut
from chat.models import Membership, Message, Room, Session, User
from chat.protocol.codec import encode
from chat.protocol.commands import Delete, Edit, Post, React
from chat.protocol.messages import message_frame
from chat.relay.publisher import publish_events, publish_to_people
from chat.relay.rings import Event, ReadMoved, RoomEvents

Row = TypeVar("Row", bound=Model)


class Batch:
    """Opened inside a transaction. Rows are locked before anything else is looked up, so that it stays true until the
    commit: rooms first, then memberships, uploads, and sessions last, each in ascending order of primary key. As whoever locks
    several keeps to this order, nobody waits for somebody who waits for them."""

    def __init__(self, changes: Sequence[Change]) -> None:
        locking = {
            change.command.room for change in changes if isinstance(change.command, Post | Edit | Delete | React)
        }
        room_ids = {change.command.room for change in changes}
        self.rooms = _rooms(locking, room_ids - locking)
        self.memberships = _memberships(changes)
        self.uploads = Uploads(changes)
        self.living = Session.objects.living({change.actor.device for change in changes})
        self.messages = _messages_named(changes)
        self.by_key = _messages_by_key(changes)
        self.authors = _authors(changes)
        self.new: list[Message] = []
        self._changed: dict[tuple[int, int], Message] = {}
        self._called: dict[tuple[int, int], tuple[Message, Collection[int | None]]] = {}
        self._events: defaultdict[int, list[Event]] = defaultdict(list)
        self._read: dict[int, tuple[Membership, str]] = {}  # who has read on, on which socket
        self._opened: dict[UUID, int] = {}

    def membership(self, actor: Actor, room: int) -> Membership:
        """The actor's place in a room. Raises SignedOut or NotAMember; every change asks here first."""
        session = self.living.get(actor.device)
        if session is None or session.user_id != actor.user_id:
            raise SignedOut
        found = self.memberships.get((room, actor.user_id))
        if found is None or room not in self.rooms:
            raise NotAMember
        return found

    def message(self, room: int, position: int) -> Message:
        """A message that is there and not deleted. Raises NotFound."""
        found = self.messages.get((room, position))
        if found is None or found.deleted:
            raise NotFound
        return found

    def add(self, message: Message) -> None:
        self.new.append(message)
        self.messages[message.room_id, message.position] = message
        self.by_key[message.author_id, message.key] = message
        self._record(message)

    def change(self, message: Message) -> None:
        """Note that a message has changed, under its room's next revision."""
        message.revision = self.rooms[message.room_id].next_revision()
        if message.pk is not None:
            self._changed[message.room_id, message.position] = message
        self._record(message)

    def call(self, message: Message, called: Collection[int | None]) -> None:
        """Note whom a message calls now."""
        self._called[message.room_id, message.position] = message, called

    def read(self, membership: Membership, position: int, source: str) -> None:
        """Note how far a person has read; it never moves back."""
        if membership.read < position:
            membership.read = position
            self._read[membership.pk] = membership, source

    def open(self, device: UUID, room: int) -> None:
        self._opened[device] = room

    def save(self) -> None:
        self._save_messages()
        self._save_read()
        self._save_opened()

    def _save_messages(self) -> None:
        Message.objects.bulk_create(self.new)
        self.uploads.save()
        remove_files([message for message in (*self.new, *self._changed.values()) if message.deleted])
        if self._changed:
            fields = ["revision", "body", "html", "edited", "deleted", "mentions", "reactions", "attachments"]
            Message.objects.bulk_update(self._changed.values(), fields)
        self._save_called()
        touched = [self.rooms[room] for room in sorted(self._events)]
        if touched:
            Room.objects.bulk_update(touched, ["last_position", "last_revision"])
        for room, events in self._events.items():
            publish_events(RoomEvents(room, events))

    def _save_called(self) -> None:
        """Most of a batch is new, and has nothing to be forgotten."""
        forget(message for place, (message, _called) in self._called.items() if place in self._changed)
        call(self._called.values())

    def _save_read(self) -> None:
        Membership.objects.bulk_update([membership for membership, _source in self._read.values()], ["read"])
        for membership, source in self._read.values():
            publish_to_people(ReadMoved(membership.user_id, membership.room_id, membership.read, source))

    def _save_opened(self) -> None:
        devices = _locked(Session.objects.filter(device__in=self._opened)).values_list("device", flat=True)
        rows = [Session(device=device, last_room_id=self._opened[device]) for device in devices]
        Session.objects.bulk_update(rows, ["last_room"])

    def _record(self, message: Message) -> None:
        event = Event(message.revision, encode(message_frame(message)))
        self._events[message.room_id].append(event)


def _locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_for_update(no_key=True).order_by("pk")


def _rooms(locking: Collection[int], reading: Collection[int]) -> dict[int, Room]:
    present = Room.objects.filter(archived=False)
    rooms: list[Room] = []
    if locking:
        rooms += _locked(present.filter(pk__in=locking))
    if reading:
        rooms += present.filter(pk__in=reading)
    return {room.pk: room for room in rooms}


def _memberships(changes: Sequence[Change]) -> dict[tuple[int, int], Membership]:
    """The places of those who ask, in the rooms they name."""
    asking: defaultdict[int, set[int]] = defaultdict(set)
    for change in changes:
        asking[change.command.room].add(change.actor.user_id)
    places = reduce(or_, (Q(room_id=room, user_id__in=people) for room, people in asking.items()))
    return {(one.room_id, one.user_id): one for one in _locked(Membership.objects.filter(places, active=True))}


def _messages_named(changes: Sequence[Change]) -> dict[tuple[int, int], Message]:
    """The messages that the changes name by position: edited, deleted, answered."""
    named = {
        (change.command.room, position) for change in changes if (position := _position(change.command)) is not None
    }
    if not named:
        return {}
    rooms, positions = zip(*named, strict=True)
    found = Message.objects.filter(room_id__in=set(rooms), position__in=set(positions)).select_related("author")
    return {(one.room_id, one.position): one for one in found}


def _position(command: ChangeCommand) -> int | None:
    match command:
        case Edit() | Delete() | React():
            return command.position
        case Post():
            return command.reply_to
        case _:
            return None


def _messages_by_key(changes: Sequence[Change]) -> dict[tuple[int | None, UUID], Message]:
    keys = [change.command.key for change in changes if isinstance(change.command, Post)]
    if not keys:
        return {}
    found = Message.objects.filter(author_id__in={change.actor.user_id for change in changes}, key__in=keys)
    return {(one.author_id, one.key): one for one in found}


def _authors(changes: Sequence[Change]) -> dict[int, User]:
    posting = {change.actor.user_id for change in changes if isinstance(change.command, Post)}
    return User.objects.in_bulk(posting) if posting else {}
