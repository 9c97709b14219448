"""HTTP as daphne speaks it, with an end to what one connection may cost."""

import re
from typing import Any, Final

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.web import http

from chat import conf
from chatproject.bounds.connection import served_by

TOO_LARGE: Final = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
# daphne takes the application's place among the site's addresses from any client, and fails where it cannot
# decode one of these. Nobody here needs them; handshakes pass through here as well.
UNUSED_HEADERS: Final = (b"Daphne-Root-Path", b"Sec-WebSocket-Protocol")
ONE_TIME_LINK: Final = re.compile(rb"(/setup/)[^?]+")


class BoundedRequest(WebRequest):
    """A request that is refused as soon as its body is too large."""

    uri: bytes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Twisted reads a form into objects a hundred times its size, on the loop; daphne makes no use of them.
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)
        self._received = 0
        self._held = b""

    @property
    def body_limit(self) -> int:
        """In bytes. It is asked for when the headers are there: by then the path stands in `self.channel`."""
        return conf.HTTP_BODY_BYTES

    def gotLength(self, length: int | None) -> None:
        """The headers are there; `length` is None where chunks hide it."""
        self.channel.setTimeout(conf.HTTP_SECONDS)  # the body has a time of its own
        if length is not None and length > self.body_limit:
            self.requestHeaders.removeHeader(b"Expect")  # or "100 Continue" would follow
            self.channel.refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        self._received += len(data)
        if self._received <= self.body_limit:
            super().handleContentChunk(data)
        elif not self.channel.refused:
            self.channel.refuse()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if not self.channel.refused:
            super().requestReceived(command, path, version)

    def process(self) -> Any:
        # Access logs are written from `uri`; the application is given `path` and the query.
        self.uri = ONE_TIME_LINK.sub(rb"\1***", self.uri)
        for name in UNUSED_HEADERS:
            self.requestHeaders.removeHeader(name)
        with served_by(self):
            return super().process()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Let an answer's last byte go out with its end.

        A streamed answer ends with an empty message of its own, a little after its last byte. Whoever counts the
        bytes may send the next request in between, and would be hung up on as one who does not wait for answers.
        """
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            if message.get("more_body", False):
                message, self._held = {**message, "body": self._held}, body
            else:
                message = {**message, "body": self._held + body}
        super().handle_reply(message)


class BoundedChannel(http.HTTPChannel):
    """A connection on which one request at a time is read, answered and its answer taken, each within its time."""

    refused = False

    def refuse(self) -> None:
        """Answer 413, and read on into nothing for a moment.

        A connection that is closed with data unread is reset, and the reset may overtake the answer.
        """
        self.refused = True
        self.write(TOO_LARGE)
        self.setTimeout(conf.LINGER_SECONDS)

    def rawDataReceived(self, data: bytes) -> None:
        if not self.refused:
            super().rawDataReceived(data)

    def resetTimeout(self) -> None:
        """Twisted's idle timer starts anew with every byte: one a minute would hold a connection for days."""

    def requestDone(self, request: http.Request) -> None:
        """Serve nobody who sends the next request before the answer to the last.

        Twisted would answer hundreds of them into its buffer for a client that never reads. Browsers and
        proxies do not pipeline, and whoever does has to expect this (RFC 9112, 9.3.2).
        """
        if any(self._dataBuffer):
            self.persistent = False
        super().requestDone(request)

    def loseConnection(self) -> None:
        """Twisted keeps what is not sent yet for as long as a client does not read it."""
        super().loseConnection()
        self.setTimeout(conf.HTTP_SECONDS)


class BoundedHTTPFactory(HTTPFactory):
    protocol = BoundedChannel

    def buildProtocol(self, addr: Any) -> Any:
        channel = super().buildProtocol(addr)
        channel.requestFactory = BoundedRequest
        channel.timeOut = conf.HTTP_SECONDS
        return channel

    def acceptableProtocols(self) -> list[bytes]:
        """HTTP/2 would go past the bounded channel."""
        return [b"http/1.1"]
