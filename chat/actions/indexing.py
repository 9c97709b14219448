"""Bring what is searched in line with what stands there, where something wrote messages and knew nothing of searching."""

from collections.abc import Iterator

from django.db import transaction

from chat import conf
from chat.actions.chunks import in_chunks
from chat.models import Message, SearchEntry


def index_messages() -> int:
    """Look at all messages; how many there are. It may run beside the server; cut short, it can be done again."""
    count = 0
    for ids in in_chunks(_ids()):
        with transaction.atomic():
            standing = Message.objects.filter(pk__in=ids).order_by("pk")
            SearchEntry.objects.follow(list(standing.select_for_update(no_key=True)))
        count += len(ids)
    return count


def _ids() -> Iterator[int]:
    last = 0
    while ids := list(Message.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: conf.JOB_ROWS]):
        yield from ids
        last = ids[-1]
