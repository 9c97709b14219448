"""The socket lives exactly as long as the session."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import Error as DatabaseFailure
from django.utils import timezone

from chat import conf
from chat.models.session import LiveSession
from chat.protocol.codes import Close
from chat.realtime.reads import living
from chat.realtime.socket import Socket
from chat.relay.rings import SessionsChanged
from chat.threads import in_watcher

logger = logging.getLogger(__name__)


class Guard:
    """Watches the sessions of all sockets of a process.

    Whatever gives cause to look again (a doorbell, the expiry, the regular check), the database decides. It is
    asked for all sessions in question at once. Without an answer nobody is thrown out, but not for ever.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._sockets: defaultdict[UUID, set[Socket]] = defaultdict(set)
        self._alarms: dict[UUID, asyncio.TimerHandle] = {}
        self._suspects: set[UUID] = set()
        self._looking = asyncio.Event()
        self._check_due = False  # whether the next look is a regular check
        self._missed_checks = 0

    def watch(self, socket: Socket) -> None:
        """To be called before the session is read for the last time: a revocation after that read rings here."""
        self._sockets[socket.device].add(socket)

    def forget(self, socket: Socket) -> None:
        self._sockets[socket.device].discard(socket)
        if not self._sockets[socket.device]:
            del self._sockets[socket.device]
            self._disarm(socket.device)

    def sockets_of(self, device: UUID) -> int:
        """How many sockets a session has in this process."""
        return len(self._sockets.get(device, ()))

    def expect_end(self, device: UUID, expires: datetime) -> None:
        """Look again when the session's time is over: it may have been extended by then."""
        self._disarm(device)
        if device in self._sockets:
            # A timer may ring a moment before the time that it was set for.
            seconds = max((expires - timezone.now()).total_seconds(), conf.EXPIRY_SECONDS)
            self._alarms[device] = self._loop.call_later(seconds, self.look_again, [device])

    def sessions_changed(self, ring: SessionsChanged) -> None:
        users = set(ring.users)
        of_users = (device for device, sockets in self._sockets.items() if {one.user_id for one in sockets} & users)
        self.look_again([*ring.devices, *of_users])

    def look_again(self, devices: Iterable[UUID]) -> None:
        self._suspects |= self._sockets.keys() & set(devices)
        self._looking.set()

    def look_again_at_all(self) -> None:
        self.look_again(list(self._sockets))

    def check(self) -> None:
        """The regular check: it finds what rang nobody, and it is what a database that is away may not miss for long."""
        self._check_due = True
        self.look_again_at_all()

    async def run(self) -> None:
        while True:
            await self._looking.wait()
            self._looking.clear()
            suspects, self._suspects = self._suspects, set()
            regular, self._check_due = self._check_due, False
            try:
                alive = await in_watcher(living, suspects)
            except DatabaseFailure as error:
                self._unanswered(suspects, regular, type(error).__name__)
                continue
            self._missed_checks = 0
            for device in suspects:
                self._judge(device, alive.get(device))

    def _judge(self, device: UUID, session: LiveSession | None) -> None:
        for socket in list(self._sockets.get(device, ())):
            if session is None or session.user_id != socket.user_id:
                socket.close(Close.SIGNED_OUT)
        if session is not None:
            self.expect_end(device, session.expires)

    def _unanswered(self, suspects: set[UUID], regular: bool, why: str) -> None:
        logger.warning("sessions could not be checked", extra={"sessions": len(suspects), "error": why})
        self._suspects |= suspects
        self._loop.call_later(conf.LOOK_AGAIN_SECONDS, self._looking.set)
        if not regular:
            return
        self._missed_checks += 1
        if self._missed_checks >= conf.MISSED_CHECKS:
            for sockets in self._sockets.values():
                for socket in sockets:
                    socket.close(Close.STOPPING)

    def _disarm(self, device: UUID) -> None:
        if alarm := self._alarms.pop(device, None):
            alarm.cancel()
