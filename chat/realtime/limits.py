"""How fast one socket, and one person, may ask."""

from __future__ import annotations

from collections.abc import Collection

from chat import conf
from chat.errors import RateLimited
from chat.token_bucket import TokenBucket


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
