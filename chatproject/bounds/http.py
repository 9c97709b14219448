"""HTTP as daphne speaks it, with an end to what one connection may cost."""

import re
from typing import Any, Final

from daphne.http_protocol import HTTPFactory, WebRequest

from chat import conf
from chatproject.bounds.channel import BoundedChannel
from chatproject.bounds.connection import served_by
from chatproject.bounds.streaming import NothingYet, StreamedBody
from chatproject.streams import brings_file, largest_file

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
        self._limit = 0
        self._received = 0
        self._held = b""
        self._streamed: StreamedBody | None = None

    @property
    def body_limit(self) -> int:
        """In bytes. It is asked for when the headers are there: by then the path stands in `self.channel`."""
        return largest_file() if self._brings_file else conf.HTTP_BODY_BYTES

    @property
    def _brings_file(self) -> bool:
        if self.requestHeaders.hasHeader(b"Upgrade"):  # it would be handed to a socket while its body comes
            return False
        path = self.channel._path.partition(b"?")[0]
        return brings_file(self.channel._command.decode("latin1"), path.decode("latin1"))

    def gotLength(self, length: int | None) -> None:
        """The headers are there; `length` is None where chunks hide it."""
        self.channel.setTimeout(conf.HTTP_SECONDS)  # the body has a time of its own
        self._limit = self.body_limit
        if length is not None and length > self._limit:
            self.requestHeaders.removeHeader(b"Expect")  # or "100 Continue" would follow
            self.channel.refuse()
        elif self._brings_file and length != 0:
            self.content = NothingYet()
            self._streamed = StreamedBody(self)
            super().requestReceived(self.channel._command, self.channel._path, self.channel._version)
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > self._limit:
            self._refuse_rest()
        elif self._streamed is not None:
            self._streamed.came(data, self._received)
        else:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if self.channel.deaf:
            return
        if self._streamed is not None:
            self._streamed.end()
        else:
            super().requestReceived(command, path, version)

    def _refuse_rest(self) -> None:
        if self.channel.deaf:
            return
        self.channel.refuse()
        if self._streamed is not None:
            self.finished = 1  # nothing that the application says is sent any more
            self.send_disconnect()

    def process(self) -> Any:
        # Access logs are written from `uri`; the application is given `path` and the query.
        self.uri = ONE_TIME_LINK.sub(rb"\1***", self.uri)
        for name in UNUSED_HEADERS:
            self.requestHeaders.removeHeader(name)
        with served_by(self):
            return super().process()

    def counted(self, receive: Any) -> Any:
        return receive if self._streamed is None else self._streamed.counted(receive)

    def paced(self, send: Any) -> Any:
        return self.channel.outgoing.paced(send, self.channel)

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Let an answer's last byte go out with its end.

        A streamed answer ends with an empty message of its own, a little after its last byte. Whoever counts the
        bytes may send the next request in between, and would be hung up on as one who does not wait for answers.
        """
        if message["type"] == "http.response.start":
            if self._streamed is not None and not self._streamed.complete:
                self._streamed.cut_off()
        elif message["type"] == "http.response.body":
            body = message.get("body", b"")
            if message.get("more_body", False):
                message, self._held = {**message, "body": self._held}, body
            else:
                message = {**message, "body": self._held + body}
        super().handle_reply(message)


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
