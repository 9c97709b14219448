"""How fast one socket, and one person, may ask."""

from __future__ import annotations

from collections.abc import Callable, Collection
from time import monotonic

from chat import conf
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
            raise RateLimited(retry_after=round((amount - self._level) / self._rate, 3))
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


class SocketRate:
    """What one socket may ask. It is gone with the socket."""

    def __init__(self) -> None:
        self.commands = TokenBucket(burst=conf.COMMANDS_BURST, rate=conf.COMMANDS_PER_SECOND)
        self.bytes = TokenBucket(burst=conf.BYTES_BURST, rate=conf.BYTES_PER_SECOND)


class PersonRate:
    """What one person may ask on all sockets of a process. It outlives them: to connect again gives nothing anew."""

    def __init__(self) -> None:
        self.commands = TokenBucket(burst=conf.PERSON_COMMANDS_BURST, rate=conf.PERSON_COMMANDS_PER_SECOND)
        self.bytes = TokenBucket(burst=conf.PERSON_BYTES_BURST, rate=conf.PERSON_BYTES_PER_SECOND)
        self.text = TokenBucket(burst=conf.PERSON_TEXT_BURST, rate=conf.PERSON_TEXT_PER_SECOND)
        self.refusals = TokenBucket(burst=conf.REFUSALS_BEFORE_CLOSE, rate=conf.REFUSALS_PER_SECOND)

    @property
    def is_fresh(self) -> bool:
        """Whether it stands as it would if it were new."""
        return all(bucket.is_full for bucket in (self.commands, self.bytes, self.text, self.refusals))


class PersonRates:
    """The rates of all people who were here lately."""

    def __init__(self) -> None:
        self._rates: dict[int, PersonRate] = {}

    def of(self, user_id: int) -> PersonRate:
        return self._rates.setdefault(user_id, PersonRate())

    def forget(self, *, but: Collection[int]) -> None:
        """Let go of those who are not here and whose rates are as good as new."""
        for user_id in [one for one, rate in self._rates.items() if one not in but and rate.is_fresh]:
            del self._rates[user_id]


class Rates:
    """Both of a socket's rates, asked as one."""

    def __init__(self, person: PersonRate) -> None:
        self._socket = SocketRate()
        self._person = person

    def take_command(self, characters: int) -> None:
        """Count a command with so much text to be rendered. Raises RateLimited."""
        for bucket in (self._socket.bytes, self._person.bytes, self._person.text):
            bucket.take(0)
        self._socket.commands.take(1)
        self._person.commands.take(1)
        self._person.text.charge(characters)

    def charge_bytes(self, size: int) -> None:
        """Count what came in or goes out."""
        self._socket.bytes.charge(size)
        self._person.bytes.charge(size)

    def bears_refusal(self) -> bool:
        """Count a refusal. False for one too many: who goes on all the same floods."""
        try:
            self._person.refusals.take(1)
        except RateLimited:
            return False
        return True
