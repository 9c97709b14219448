"""What nobody will ever ask for is removed from the disk."""

import logging
from datetime import timedelta
from time import time

from django.db.models import Q
from django.utils import timezone

from chat import conf
from chat.actions.chunks import in_chunks
from chat.actions.files import forget_unsent
from chat.files import store
from chat.models import Attachment, Installation

logger = logging.getLogger(__name__)


def clean_uploads() -> int:
    """Remove the files that were not sent within their time, and what killed processes left; how many those were.

    Cut short, it can be done again.
    """
    expired = list(Attachment.objects.expired().values_list("pk", flat=True))
    removed = sum(forget_unsent(some) for some in in_chunks(expired))
    removed += _remove_strays(time() - conf.UNSENT_SECONDS)
    logger.info("uploads cleaned", extra={"removed": removed})
    return removed


def clean_if_due() -> None:
    """Once a day, whichever process comes first."""
    now = timezone.now()
    due = Q(uploads_cleaned=None) | Q(uploads_cleaned__lt=now - timedelta(seconds=conf.CLEAN_SECONDS))
    if Installation.objects.filter(due, pk=1).update(uploads_cleaned=now):
        clean_uploads()


def _remove_strays(before: float) -> int:
    removed = 0
    for draft in store.old_drafts(before):
        draft.unlink(missing_ok=True)
        removed += 1
    for some in in_chunks(store.old_files(before)):
        known = set(Attachment.objects.filter(pk__in=some).values_list("pk", flat=True))
        for file_id in set(some) - known:
            store.remove(file_id)
            removed += 1
    return removed
