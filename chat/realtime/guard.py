"""The socket lives exactly as long as the session."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import Error as DatabaseFailure
from django.utils import timezone

from chat import conf
from chat.models.session import LiveSession
from chat.protocol.codes import Close
from chat.realtime.reads import living
from chat.realtime.socket import Socket
from chat.relay.rings import SessionsChanged
from chat.threads import in_reader

logger = logging.getLogger(__name__)


class Guard:
    """Watches the sessions of all sockets of a process.

    Whatever gives cause to look again (a doorbell, the expiry, the regular check), the database decides. It is
    asked for all sessions in question at once.
    """

    def __init__(self) -> None:
        self._sockets: defaultdict[UUID, set[Socket]] = defaultdict(set)
        self._suspects: set[UUID] = set()
        self._looking = asyncio.Event()
        self._missed_checks = 0

    def watch(self, socket: Socket) -> None:
        """To be called before the session is read for the last time: a revocation after that read rings here."""
        self._sockets[socket.device].add(socket)

    def forget(self, socket: Socket) -> None:
        self._sockets[socket.device].discard(socket)
        if not self._sockets[socket.device]:
            del self._sockets[socket.device]

    def sessions_changed(self, ring: SessionsChanged) -> None:
        users = set(ring.users)
        of_users = (device for device, sockets in self._sockets.items() if {one.user_id for one in sockets} & users)
        self.look_again([*ring.devices, *of_users])

    def look_again(self, devices: Iterable[UUID]) -> None:
        self._suspects |= self._sockets.keys() & set(devices)
        self._looking.set()

    def look_again_at_all(self) -> None:
        self.look_again(list(self._sockets))

    def tick(self) -> None:
        """To be called about every second: sessions whose time is over are looked at again, as it may have been extended."""
        now = timezone.now()
        over = [
            device
            for device, sockets in self._sockets.items()
            if any(one.expires is not None and one.expires <= now for one in sockets)
        ]
        if over:
            self.look_again(over)

    async def run(self) -> None:
        while True:
            await self._looking.wait()
            self._looking.clear()
            suspects, self._suspects = self._suspects, set()
            try:
                alive = await in_reader(living, suspects)
            except DatabaseFailure as error:  # without an answer nobody is thrown out, but not for ever
                self._suspects |= suspects  # to be asked for again at the next look
                self._unanswered(type(error).__name__)
                continue
            self._missed_checks = 0
            for device in suspects:
                self._judge(device, alive.get(device))

    def _judge(self, device: UUID, session: LiveSession | None) -> None:
        for socket in list(self._sockets.get(device, ())):
            if session is None or session.user_id != socket.user_id:
                socket.close(Close.SIGNED_OUT)
            else:
                socket.expires = session.expires

    def _unanswered(self, why: str) -> None:
        logger.warning("sessions could not be checked: %s", why)
        self._missed_checks += 1
        if self._missed_checks >= conf.MISSED_CHECKS:
            for sockets in self._sockets.values():
                for socket in sockets:
                    socket.close(Close.STOPPING)
