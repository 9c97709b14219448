"""A reader that is slow or gone costs a bounded amount."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from chat import conf
from chat.protocol.codes import Close
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
    waiting = [frame.text for frame in outbox._waiting]
    outbox.close(Close.STOPPING)
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


@pytest.fixture
async def draining(outbox: Outbox) -> AsyncIterator[Peer]:
    """A peer that is sent what goes out, and answers nothing by itself."""
    peer = Peer(outbox)
    drain = asyncio.create_task(outbox.drain(peer.send))
    yield peer
    drain.cancel()


async def sent(outbox: Outbox) -> int:
    """Let all go out that may, and tell how many bytes that is in all."""
    for _ in range(3):
        await asyncio.sleep(0)
    return outbox._sent


async def test_who_echoes_may_be_sent_any_amount(outbox: Outbox, draining: Peer) -> None:
    for _ in range(200):
        fill(outbox, conf.BEAT_BYTES)
        await sent(outbox)
        assert outbox.confirm(draining.beats[-1])
    assert outbox.closing is None


async def test_no_more_than_4_mib_go_out_beyond_the_last_echo(outbox: Outbox, draining: Peer) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES + conf.BEAT_BYTES)
    assert conf.UNCONFIRMED_BYTES <= await sent(outbox) < conf.UNCONFIRMED_BYTES + 64 * 1024
    assert outbox.closing is None


async def test_a_burst_that_no_echo_could_have_answered_yet_closes_nobody(outbox: Outbox, draining: Peer) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES + conf.HELD_BYTES // 2)
    await sent(outbox)
    assert outbox.confirm(draining.beats[0])
    await sent(outbox)
    assert outbox.confirm(draining.beats[-1])
    await sent(outbox)
    assert not outbox._waiting
    assert outbox.closing is None


async def test_a_full_window_without_an_echo_closes(outbox: Outbox, draining: Peer, clock: Clock) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES)
    await sent(outbox)
    clock.now += conf.FULL_SECONDS
    outbox.tick()
    assert outbox.closing is None
    clock.now += 1
    outbox.tick()
    assert outbox.closing == Close.TOO_SLOW


async def test_each_echo_gives_time_again(outbox: Outbox, draining: Peer, clock: Clock) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES + conf.HELD_BYTES // 2)
    for number in range(4):
        await sent(outbox)
        clock.now += conf.FULL_SECONDS
        outbox.tick()
        assert outbox.confirm(draining.beats[number])
    assert outbox.closing is None


async def test_too_much_that_waits_closes_at_once(outbox: Outbox) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES + conf.HELD_BYTES - conf.BEAT_BYTES)
    assert outbox.closing is None
    fill(outbox, 2 * conf.BEAT_BYTES)
    assert outbox.closing == Close.TOO_SLOW
    assert not outbox._waiting, "what could not be sent is let go"


async def test_an_echo_confirms_all_before_it_and_nothing_after(outbox: Outbox, draining: Peer) -> None:
    fill(outbox, 3 * conf.BEAT_BYTES)
    await sent(outbox)
    first, second = draining.beats[:2]
    assert outbox.confirm(second)
    assert not outbox.confirm(first)
    confirmed = outbox._confirmed
    fill(outbox, conf.UNCONFIRMED_BYTES)
    assert await sent(outbox) < confirmed + conf.UNCONFIRMED_BYTES + 64 * 1024
    assert outbox._waiting


async def test_an_echo_of_a_beat_that_has_not_gone_out_confirms_nothing(outbox: Outbox) -> None:
    fill(outbox, 2 * conf.BEAT_BYTES)
    assert not outbox.confirm(outbox._beats[0].id)


async def test_a_beat_unanswered_for_a_minute_closes(outbox: Outbox, clock: Clock) -> None:
    clock.now += conf.BEAT_SECONDS
    outbox.tick()
    clock.now += conf.UNCONFIRMED_SECONDS
    outbox.tick()
    assert outbox.closing is None
    clock.now += 1
    outbox.tick()
    assert outbox.closing == 4408


async def test_a_tab_in_the_background_for_ten_minutes_stays(outbox: Outbox, draining: Peer, clock: Clock) -> None:
    """Message handlers run there as ever, so it echoes; it need not do anything else."""
    for _ in range(600):
        clock.now += 1
        outbox.tick()
        await sent(outbox)
        for beat in draining.beats:
            outbox.confirm(beat)
    assert outbox.closing is None


async def test_an_echo_that_was_made_up_confirms_nothing(outbox: Outbox) -> None:
    fill(outbox, conf.UNCONFIRMED_BYTES)
    assert not outbox.confirm("0" * 16)


async def test_after_closing_nothing_more_goes_out(outbox: Outbox) -> None:
    outbox.push("secret", 6)
    outbox.close(Close.SIGNED_OUT)
    outbox.push("secret", 6)
    peer = Peer(outbox)
    await outbox.drain(peer.send)
    assert peer.received == [""]
