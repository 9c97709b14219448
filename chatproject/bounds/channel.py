"""One TCP connection that speaks HTTP."""

from typing import Any, Final

from twisted.web import http

from chat import conf
from chatproject.bounds.streaming import Outgoing

TOO_LARGE: Final = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedChannel(http.HTTPChannel):
    """A connection on which one request at a time is read, answered and its answer taken, each within its time."""

    deaf = False  # it reads on into nothing

    def __init__(self) -> None:
        super().__init__()
        self.outgoing = Outgoing()

    def refuse(self) -> None:
        """Answer 413."""
        self.write(TOO_LARGE)
        self._linger()

    def _linger(self) -> None:
        """A connection that is closed with data unread is reset, and the reset may overtake the answer."""
        self.deaf = True
        self.setTimeout(conf.LINGER_SECONDS)

    def rawDataReceived(self, data: bytes) -> None:
        if not self.deaf:
            super().rawDataReceived(data)

    def pauseProducing(self) -> None:
        super().pauseProducing()
        self.outgoing.pause()

    def resumeProducing(self) -> None:
        super().resumeProducing()
        self.outgoing.resume()

    def connectionLost(self, reason: Any = None) -> None:
        super().connectionLost(reason)
        self.outgoing.resume()  # nobody is waited for any more

    def resetTimeout(self) -> None:
        """Twisted's idle timer starts anew with every byte: one a minute would hold a connection for days."""

    def requestDone(self, request: http.Request) -> None:
        """Serve nobody who sends the next request before the answer to the last.

        Twisted would answer hundreds of them into its buffer for a client that never reads. Browsers and
        proxies do not pipeline, and whoever does has to expect this (RFC 9112, 9.3.2).
        """
        if self.deaf:  # answered before its body has come
            self.requests.remove(request)
            self._linger()
            return
        if any(self._dataBuffer):
            self.persistent = False
        super().requestDone(request)

    def loseConnection(self) -> None:
        """Twisted keeps what is not sent yet for as long as a client does not read it."""
        super().loseConnection()
        self.setTimeout(conf.HTTP_SECONDS)
