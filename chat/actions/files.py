"""Files: let in, kept, and removed. Sending them is a post's business."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from chat import conf
from chat.actions.changes import Actor
from chat.errors import BlockedType, FileTooLarge, NotAMember, NotFound, OverQuota, SignedOut
from chat.files import store
from chat.files.names import ANYTHING, may_be_sent, named_as, type_of
from chat.files.upload import Arrived
from chat.models import Attachment, Membership, Message, Session
from chat.pictures import SHOWN_TYPES

logger = logging.getLogger(__name__)


def admit_file(*, actor: Actor, room_id: int, name: str, size: int) -> None:
    """See before anything of it is read whether such a file may come; nobody may know its size, which is 0 then.

    Raises SignedOut, NotAMember, BlockedType, FileTooLarge, OverQuota or DiskFull.
    """
    _check_living(actor)
    if not _places(actor, room_id).exists():
        raise NotAMember
    if not may_be_sent(name):
        raise BlockedType
    if size > settings.UPLOAD_BYTES:
        raise FileTooLarge
    _check_quota(actor, size)
    store.check_space(size)


def keep_file(*, actor: Actor, room_id: int, name: str, arrived: Arrived) -> Attachment:
    """Keep what has arrived for its uploader to send. It is asked once more who that is: hours may have passed.

    Raises SignedOut, NotAMember or OverQuota.
    """
    file = _attachment(actor, room_id, name, arrived)
    try:
        _settle(file, arrived)  # before anything is locked: disks take their time
        with transaction.atomic():
            _check_place(actor, room_id)
            _check_quota(actor, arrived.size)
            file.save(force_insert=True)
    except Exception:
        store.remove(file.pk)
        raise
    return file


def discard_file(*, actor: Actor, file_id: UUID) -> None:
    """Remove what its uploader will not send after all. Raises SignedOut or NotFound."""
    with transaction.atomic():
        _check_living(actor)
        own = Attachment.objects.unsent().filter(pk=file_id, uploader=actor.user_id)
        if not _forget(own.select_for_update(no_key=True).values_list("pk", flat=True)):
            raise NotFound("There is no such file.")


def remove_files(messages: Collection[Message]) -> None:
    """For the transaction that makes tombstones of these messages."""
    if messages:
        _forget(Attachment.objects.filter(message__in=messages).values_list("pk", flat=True))


def forget_unsent(ids: Iterable[UUID]) -> int:
    """Remove those of these files that are not sent yet, in a transaction of its own."""
    with transaction.atomic():
        unsent = Attachment.objects.unsent().filter(pk__in=ids).order_by("pk")
        return _forget(unsent.select_for_update(no_key=True).values_list("pk", flat=True))


def _attachment(actor: Actor, room_id: int, name: str, arrived: Arrived) -> Attachment:
    picture, (width, height) = arrived.picture, arrived.shape
    return Attachment(
        room_id=room_id,
        uploader_id=actor.user_id,
        name=named_as(name, picture.type) if picture else name,
        size=arrived.size,
        type=picture.type if picture else _type_of_no_picture(name),
        width=width,
        height=height,
    )


def _type_of_no_picture(name: str) -> str:
    """What is named like a picture and is none is not called one."""
    named = type_of(name)
    return ANYTHING if named in SHOWN_TYPES else named


def _settle(file: Attachment, arrived: Arrived) -> None:
    store.settle(arrived.draft, store.place_of(file.pk))
    if arrived.thumbnail is not None:
        store.settle(arrived.thumbnail, store.thumbnail_of(file.pk))


def _places(actor: Actor, room_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(room=room_id, user=actor.user_id, active=True, room__archived=False)


def _check_place(actor: Actor, room_id: int) -> None:
    """Whoever would end the membership waits until this transaction is over."""
    inside = list(_places(actor, room_id).select_for_update(no_key=True, of=("self",)))
    _check_living(actor)
    if not inside:
        raise NotAMember


def _check_living(actor: Actor) -> None:
    session = Session.objects.living([actor.device]).get(actor.device)
    if session is None or session.user_id != actor.user_id:
        raise SignedOut


def _check_quota(actor: Actor, size: int) -> None:
    unsent = Attachment.objects.unsent().filter(uploader=actor.user_id)
    waiting = unsent.aggregate(files=Count("pk"), bytes=Sum("size", default=0))
    if waiting["files"] >= conf.UNSENT_FILES or waiting["bytes"] + size > settings.UNSENT_BYTES:
        raise OverQuota


def _forget(ids: Iterable[UUID]) -> int:
    """Take the rows out, and the bytes once that is committed: from then on nobody can ask for them."""
    gone = list(ids)
    Attachment.objects.filter(pk__in=gone).delete()
    if gone:
        transaction.on_commit(partial(_remove_from_disk, gone))
    return len(gone)


def _remove_from_disk(ids: Collection[UUID]) -> None:
    for file_id in ids:
        try:
            store.remove(file_id)
        except OSError as error:  # the change stands all the same; the bytes go with the next cleaning
            logger.warning("a file could not be removed: %s", error.strerror)
