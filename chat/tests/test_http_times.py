"""How long an HTTP connection may take, by a clock that the tests turn."""

from typing import Any

import pytest
from daphne.server import Server
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport

from chat import conf
from chatproject.bounds.http import BoundedHTTPFactory

REQUEST = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"
UPLOAD = b"POST /rooms/7/files/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000000\r\n\r\n"


class Transport(StringTransport):
    """One whose other end reads nothing: what was written never goes away by itself."""

    aborted = False

    def unregisterProducer(self) -> None:  # noqa: N802
        """Twisted's own for tests minds being told twice; its real ones do not."""
        self.producer = None

    def abortConnection(self) -> None:  # noqa: N802
        self.aborted = True


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport() -> Any:
    return Transport()  # type: ignore[no-untyped-call]  # Twisted's has no types


@pytest.fixture
def channel(clock: Clock, transport: Any) -> Any:
    server = Server(application=answer_nothing, endpoints=["unused"])
    server.connections = {}
    channel = BoundedHTTPFactory(server).buildProtocol(None)
    channel.callLater = clock.callLater
    channel.makeConnection(transport)
    return channel


async def answer_nothing(scope: Any, receive: Any, send: Any) -> None:
    """It is not what these tests are about."""


async def trickle(channel: Any, clock: Clock, data: bytes, *, seconds: float) -> None:
    """Send it byte by byte in that time."""
    for byte in data:
        channel.dataReceived(bytes([byte]))
        clock.advance(seconds / len(data))


async def test_headers_that_trickle_in_are_not_waited_for(channel: Any, clock: Clock, transport: Any) -> None:
    await trickle(channel, clock, REQUEST[:-2], seconds=conf.HTTP_SECONDS - 1)
    assert not transport.disconnecting

    await trickle(channel, clock, b"X", seconds=2)
    assert transport.disconnecting


async def test_a_body_that_trickles_in_has_its_own_time_and_no_more(channel: Any, clock: Clock, transport: Any) -> None:
    await trickle(channel, clock, REQUEST, seconds=conf.HTTP_SECONDS - 1)
    await trickle(channel, clock, b"x" * 50, seconds=conf.HTTP_SECONDS - 2)
    assert not transport.disconnecting

    await trickle(channel, clock, b"x" * 40, seconds=4)
    assert transport.disconnecting


async def test_a_request_that_is_there_is_given_all_the_time_it_takes(
    channel: Any, clock: Clock, transport: Any
) -> None:
    channel.dataReceived(REQUEST + b"x" * 100)
    clock.advance(conf.HTTP_SECONDS * 10)
    assert not transport.disconnecting


async def test_an_answer_that_nobody_takes_is_thrown_away(channel: Any, clock: Clock, transport: Any) -> None:
    channel.dataReceived(REQUEST.replace(b"\r\nHost", b"\r\nConnection: close\r\nHost") + b"x" * 100)
    channel.requests[0].basic_error(500, b"Server Error", "an answer")
    assert transport.disconnecting
    assert not transport.aborted

    clock.advance(conf.HTTP_SECONDS)
    clock.advance(channel.abortTimeout)
    assert transport.aborted


async def test_an_upload_takes_as_long_as_it_takes_if_it_keeps_its_pace(
    channel: Any, clock: Clock, transport: Any
) -> None:
    channel.dataReceived(UPLOAD)
    for _ in range(10):
        channel.dataReceived(bytes(conf.UPLOAD_PACE_BYTES))
        clock.advance(conf.HTTP_SECONDS - 1)
    assert not transport.disconnecting

    clock.advance(1)
    assert transport.disconnecting


async def test_an_upload_that_trickles_in_is_not_waited_for(channel: Any, clock: Clock, transport: Any) -> None:
    channel.dataReceived(UPLOAD)
    for _ in range(9):
        channel.dataReceived(bytes(conf.UPLOAD_PACE_BYTES // 10))
        clock.advance(conf.HTTP_SECONDS / 10)
    assert not transport.disconnecting

    clock.advance(conf.HTTP_SECONDS / 10)
    assert transport.disconnecting


async def test_the_next_request_after_an_upload_has_the_usual_time(channel: Any, clock: Clock, transport: Any) -> None:
    channel.dataReceived(UPLOAD.replace(b"90000000", b"5") + b"words")
    channel.requests[0].basic_error(500, b"Server Error", "an answer")
    assert not transport.disconnecting
    clock.advance(conf.HTTP_SECONDS - 1)
    assert not transport.disconnecting
    clock.advance(1)
    assert transport.disconnecting


async def test_who_was_refused_is_soon_left(channel: Any, clock: Clock, transport: Any) -> None:
    channel.dataReceived(REQUEST.replace(b"100", b"9999999") + b"x" * 100)
    assert transport.value().startswith(b"HTTP/1.1 413 ")
    assert not transport.disconnecting, "or the answer might be lost"

    clock.advance(conf.LINGER_SECONDS)
    assert transport.disconnecting
