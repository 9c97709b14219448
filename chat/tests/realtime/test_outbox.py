"""A reader that is slow or gone costs a bounded amount."""

from typing import Any

import msgspec
import pytest

from chat import conf
from chat.realtime.outbox import Outbox


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Peer:
    """The other end, which may echo beats."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.received: list[str] = []

    async def send(self, message: dict[str, Any]) -> None:
        self.received.append(message.get("text", ""))

    @property
    def beats(self) -> list[str]:
        frames = [msgspec.json.decode(text) for text in self.received if text.startswith('{"type":"beat"')]
        return [frame["id"] for frame in frames]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def outbox(clock: Clock) -> Outbox:
    return Outbox(clock)


async def flush(outbox: Outbox) -> Peer:
    """What has been queued, as the peer gets it; the outbox is closed after it."""
    peer = Peer(outbox)
    waiting = list(outbox._waiting)
    outbox.close(1000)
    await outbox.drain(peer.send)
    peer.received = waiting
    return peer


def fill(outbox: Outbox, size: int) -> None:
    while size > 0:
        chunk = min(size, 64 * 1024)
        outbox.push("x" * chunk, chunk)
        size -= chunk


async def test_a_beat_goes_out_every_fifteen_seconds(outbox: Outbox, clock: Clock) -> None:
    for _ in range(3):
        clock.now += conf.BEAT_SECONDS
        outbox.tick()
        outbox.tick()
    assert len((await flush(outbox)).beats) == 3


async def test_a_beat_goes_out_after_every_256_kib(outbox: Outbox) -> None:
    fill(outbox, 4 * conf.BEAT_BYTES - conf.BEAT_BYTES // 2)
    assert len((await flush(outbox)).beats) == 3


async def test_who_echoes_may_be_sent_any_amount(outbox: Outbox) -> None:
    for _ in range(200):
        fill(outbox, conf.BEAT_BYTES)
        for beat in list(outbox._beats):
            assert outbox.confirm(beat.id)
    assert outbox.closing is None


async def test_4_mib_beyond_the_last_echo_close(outbox: Outbox) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES - conf.BEAT_BYTES)
    assert outbox.closing is None
    fill(outbox, 2 * conf.BEAT_BYTES)
    assert outbox.closing == 4408
    assert not outbox._waiting, "what could not be sent is let go"


async def test_an_echo_confirms_all_before_it_and_nothing_after(outbox: Outbox) -> None:
    fill(outbox, 3 * conf.BEAT_BYTES)
    first, second = [beat.id for beat in outbox._beats][:2]
    assert outbox.confirm(second)
    assert not outbox.confirm(first)
    fill(outbox, conf.UNCONFIRMED_BYTES - 2 * conf.BEAT_BYTES)
    assert outbox.closing is None
    fill(outbox, 2 * conf.BEAT_BYTES)
    assert outbox.closing == 4408


async def test_a_beat_unanswered_for_a_minute_closes(outbox: Outbox, clock: Clock) -> None:
    clock.now += conf.BEAT_SECONDS
    outbox.tick()
    clock.now += conf.UNCONFIRMED_SECONDS
    outbox.tick()
    assert outbox.closing is None
    clock.now += 1
    outbox.tick()
    assert outbox.closing == 4408


async def test_a_tab_in_the_background_for_ten_minutes_stays(outbox: Outbox, clock: Clock) -> None:
    """Message handlers run there as ever, so it echoes; it need not do anything else."""
    for _ in range(600):
        clock.now += 1
        outbox.tick()
        for beat in list(outbox._beats):
            outbox.confirm(beat.id)
    assert outbox.closing is None


async def test_an_echo_that_was_made_up_confirms_nothing(outbox: Outbox) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES)
    assert not outbox.confirm("0" * 16)


async def test_after_closing_nothing_more_goes_out(outbox: Outbox) -> None:
    outbox.push("secret", 6)
    outbox.close(4401)
    outbox.push("secret", 6)
    peer = Peer(outbox)
    await outbox.drain(peer.send)
    assert peer.received == [""]
