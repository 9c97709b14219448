"""How fast something may go on."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic

from chat.errors import RateLimited


class TokenBucket:
    """The token bucket algorithm: `burst` at once, `rate` a second after that.

    Its level may go below zero, as what an answer costs is known only afterwards.
    """

    def __init__(self, *, burst: float, rate: float, clock: Callable[[], float] = monotonic) -> None:
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._level = burst
        self._at = clock()

    def take(self, amount: float) -> None:
        """Raises RateLimited while the bucket holds less than that."""
        self._fill()
        if self._level < amount:
            raise RateLimited(retry_after=ceil((amount - self._level) / self._rate * 1_000) / 1_000)
        self._level -= amount

    def charge(self, amount: float) -> None:
        """Take afterwards what something has cost."""
        self._fill()
        self._level -= amount

    @property
    def is_full(self) -> bool:
        self._fill()
        return self._level >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
