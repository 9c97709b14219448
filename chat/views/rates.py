"""How fast one person may ask a process over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final

from chat import conf
from chat.models import User
from chat.token_bucket import TokenBucket

_REMEMBERED: Final = 1_000  # people; before there are more, those whose bucket is as good as new are forgotten


class PersonBuckets:
    """A bucket for each person. Pages are made in several threads."""

    def __init__(self, new: Callable[[], TokenBucket]) -> None:
        self._new = new
        self._buckets: dict[int, TokenBucket] = {}
        self._lock = Lock()

    def __call__(self, user: User) -> None:
        """Count one more. Raises RateLimited."""
        with self._lock:
            if len(self._buckets) >= _REMEMBERED:
                self._buckets = {pk: bucket for pk, bucket in self._buckets.items() if not bucket.is_full}
            if user.pk not in self._buckets:
                self._buckets[user.pk] = self._new()
            self._buckets[user.pk].take(1)


may_list: Final = PersonBuckets(lambda: TokenBucket(burst=conf.PERSON_LISTS_BURST, rate=conf.PERSON_LISTS_PER_SECOND))
may_search: Final = PersonBuckets(lambda: TokenBucket(burst=conf.SEARCHES_BURST, rate=conf.SEARCHES_PER_SECOND))
may_change: Final = PersonBuckets(
    lambda: TokenBucket(burst=conf.PERSON_HTTP_CHANGES_BURST, rate=conf.PERSON_HTTP_CHANGES_PER_SECOND)
)
may_edit: Final = PersonBuckets(
    lambda: TokenBucket(burst=conf.PERSON_ROOM_EDITS_BURST, rate=conf.PERSON_ROOM_EDITS_PER_SECOND)
)
