"""A WebSocket as daphne speaks it, with an end to what one connection may cost."""

from collections import deque
from http import HTTPStatus
from typing import Any, ClassVar, Final

from autobahn.websocket.types import ConnectionDeny
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from chat import conf
from chat.errors import RateLimited
from chat.sessions.origin import is_own_origin
from chat.token_bucket import TokenBucket
from chatproject.bounds.connection import served_by

CONTROL: Final = 8  # the lowest opcode of a control frame
POLICY_VIOLATION: Final = 1008


class BoundedWebSocket(WebSocketProtocol):
    """A socket that is read no faster than the application listens, and closed by name when it misbehaves."""

    # A class attribute wins over the factory's option, and so over all flags of daphne's.
    maxFramePayloadSize = maxMessagePayloadSize = conf.MESSAGE_BYTES
    versions: ClassVar = [13]  # RFC 6455; autobahn would speak a draft as well
    # Otherwise a violation ends in a TCP reset: a client would blame the network, and do it again.
    failByDrop = False
    # It would end in a reset as well: `check_timeouts` answers instead.
    openHandshakeTimeout = 0
    closeHandshakeTimeout = conf.LINGER_SECONDS

    def connectionMade(self) -> None:
        self._asked = False  # the application, whether to accept
        self._paused = False
        self._waiting = deque[int]()  # the sizes of the messages that the application has not taken yet
        self._loose_frames = TokenBucket(burst=conf.LOOSE_FRAMES_BURST, rate=conf.LOOSE_FRAMES_PER_SECOND)
        super().connectionMade()

    # -- the handshake ---------------------------------------------------------------------------

    def processHandshake(self) -> None:
        """Called with all that comes before the handshake is decided.

        What a client sends behind it waits in the kernel. Here it would pile up, and be taken for a second handshake.
        """
        if self._asked:
            self.transport.pauseProducing()
        else:
            super().processHandshake()

    def onConnect(self, request: Any) -> Any:
        self._asked = True
        with served_by(self):
            return super().onConnect(request)

    def onOpen(self) -> None:
        self.transport.resumeProducing()
        super().onOpen()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """daphne does not know ASGI's denial response, by which a handshake is refused otherwise than with 403.

        And it raises an error in an application that speaks on while the connection is being closed, of which
        that learns only when it is closed.
        """
        if message["type"] == "websocket.http.response.start":
            self._deny(message["status"])
        elif self.state in (self.STATE_CONNECTING, self.STATE_OPEN):
            super().handle_reply(message)

    def check_timeouts(self) -> None:
        if self.state != self.STATE_CONNECTING:
            super().check_timeouts()
        elif self.duration() > conf.HANDSHAKE_SECONDS:
            self._deny(HTTPStatus.SERVICE_UNAVAILABLE)

    def failHandshake(self, reason: str, code: int = HTTPStatus.BAD_REQUEST, responseHeaders: Any = None) -> None:
        """autobahn has an answer of its own to an Origin that it cannot parse; to us it is as foreign as any other."""
        headers = [(name.encode("latin1"), value.encode("latin1")) for name, value in self.http_headers.items()]
        if code < HTTPStatus.INTERNAL_SERVER_ERROR and not is_own_origin(headers):
            reason, code = "Access denied", HTTPStatus.FORBIDDEN
        super().failHandshake(reason, int(code), responseHeaders)

    def _deny(self, status: int) -> None:
        self.handshake_deferred.errback(ConnectionDeny(code=status, reason=HTTPStatus(status).phrase))
        del self.handshake_deferred
        self.server.protocol_disconnected(self)

    # -- what comes in ---------------------------------------------------------------------------

    def processData(self) -> bool:
        """Take one step in what has come; False when no other can follow now."""
        if self.failedByMe:
            # autobahn would go on, and take in control frames of any length. Reading into nothing until the
            # connection is dropped keeps a reset from overtaking the close frame.
            self.data = b""
        return not self._paused and not self.failedByMe and bool(super().processData())

    def onFrameBegin(self) -> None:
        """Pings, pongs and fragments cost work and memory, and no rate of commands counts them.

        Pongs to who never reads would pile up as well: with the rate, few have gone out when the beats give it up.
        """
        if self.current_frame.opcode >= CONTROL or not self.current_frame.fin:
            try:
                self._loose_frames.take(1)
            except RateLimited:
                self.failedByMe = True
                self.sendCloseFrame(code=POLICY_VIOLATION)
                return
        super().onFrameBegin()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        if self.state != self.STATE_OPEN:  # we have closed: nobody listens any more
            return
        self._waiting.append(len(payload))
        super().onMessage(payload, isBinary)
        if len(self._waiting) >= conf.INBOUND_MESSAGES or sum(self._waiting) >= conf.INBOUND_BYTES:
            self._paused = True
            self.transport.pauseProducing()

    def counted(self, receive: Any) -> Any:
        """The application's `receive`, which tells how far it has got: daphne's queue tells nobody."""

        async def take() -> Any:
            message = await receive()
            if message["type"] == "websocket.receive":
                self._taken()
            return message

        return take

    def _taken(self) -> None:
        self._waiting.popleft()
        if self._paused and not self._waiting:
            self._paused = False
            self.transport.resumeProducing()
            self.consumeData()

    # -- the end ---------------------------------------------------------------------------------

    def dropConnection(self, abort: bool = False) -> None:
        """Never at once: a reset may overtake the close frame. Nor when all is sent, as Twisted would: some never read."""
        super().dropConnection(abort=False)
        self.factory.reactor.callLater(conf.LINGER_SECONDS, self.transport.abortConnection)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """The application is told why, also where the peer said nothing more."""
        if self._asked:  # else daphne was never told that it begins
            super().onClose(wasClean, self.localCloseCode if self.failedByMe else code, reason)


class BoundedWebSocketFactory(WebSocketFactory):
    protocol = BoundedWebSocket
