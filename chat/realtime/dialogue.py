"""Commands in, replies out: what one client asks, and what it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any, ClassVar

from django.db import Error as DatabaseFailure

from chat import conf
from chat.actions.changes import Change, ChangeCommand, Committed
from chat.errors import BadFrame, ChatError, RateLimited, SignedOut, Unavailable
from chat.protocol import codec
from chat.protocol.codes import Close
from chat.protocol.commands import AnyCommand, Asked, Beat, CatchUp, Delete, Edit, Open, Post, React, Read, Typing
from chat.protocol.events import Done, Frame, Person, TypingSeen
from chat.realtime.limits import Rates
from chat.realtime.reads import catch_up
from chat.realtime.runtime import Runtime
from chat.realtime.socket import Socket
from chat.relay.rings import RoomTyping, room_group
from chat.threads import in_reader

Handler = Callable[["Dialogue", Any], None]


class Dialogue:
    """Every frame is refused, handed on or answered at once; a bad one never ends the conversation.

    Changes take effect in the order sent, as the writer's queue keeps it; `catch_up` waits for the changes
    before it.
    """

    def __init__(self, runtime: Runtime, socket: Socket) -> None:
        self._runtime = runtime
        self._socket = socket
        self._rates = Rates(runtime.person_rates.of(socket.user_id))
        self._changes: set[asyncio.Future[Committed]] = set()
        self._questions: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()
        self._looking = asyncio.Lock()
        self._typed: dict[int, float] = {}

    def hear(self, frame: str | bytes) -> None:
        """Take one frame, text or binary."""
        if self._socket.outbox.closing is not None:
            return
        try:
            command = self._understand(frame)
        except BadFrame as refusal:
            self._refuse(self._too_fast() or refusal, refusal.ref)
            return
        if command is None or (isinstance(command, Beat) and self._socket.outbox.confirm(command.id)):
            return
        if (limited := self._too_fast(len(getattr(command, "body", "")))) is None:
            self._handlers[type(command)](self, command)
        elif isinstance(command, Asked):
            self._refuse(limited, command.ref)

    def end(self) -> None:
        """Nobody waits for an answer any more. Changes under way are stored all the same."""
        for question in self._questions:
            question.cancel()

    def _understand(self, frame: str | bytes) -> AnyCommand | None:
        """The command; None, and the socket closed, when the frame is over the limit."""
        size = len(frame.encode(errors="replace") if isinstance(frame, str) else frame)
        self._rates.charge_bytes(size)
        if size > conf.FRAME_BYTES:
            self._socket.close(Close.FRAME_TOO_LARGE)
            return None
        if isinstance(frame, bytes):
            raise BadFrame("The frame is binary.")
        return codec.decode(frame)

    def _too_fast(self, characters: int = 0) -> RateLimited | None:
        try:
            self._rates.take_command(characters)
        except RateLimited as refusal:
            if not self._rates.bears_refusal():
                self._socket.close(Close.FLOODING)
            return refusal
        return None

    # -- changes ---------------------------------------------------------------------------------

    def _change(self, command: ChangeCommand) -> None:
        done = self._runtime.writer.submit(Change(self._socket.actor, command))
        self._changes.add(done)
        done.add_done_callback(partial(self._settled, command))

    def _settled(self, command: ChangeCommand, done: asyncio.Future[Committed]) -> None:
        self._changes.discard(done)
        if done.cancelled():
            return
        refusal = done.exception()
        if isinstance(refusal, ChatError):
            self._refuse(refusal, command.ref)
            return
        committed = done.result()
        if isinstance(command, Open):
            self._ask(self._look(command))
        else:
            self._socket.tell(Done(command.ref, committed.room, committed.position, committed.revision))

    # -- questions -------------------------------------------------------------------------------

    def _catch_up(self, command: CatchUp) -> None:
        if len(self._questions) >= conf.PENDING_QUESTIONS:
            self._refuse(RateLimited(retry_after=1), command.ref)
            return
        self._ask(self._answer(command, set(self._changes)))

    def _ask(self, answer: Coroutine[Any, Any, None]) -> None:
        question = asyncio.create_task(answer)
        self._questions.add(question)
        question.add_done_callback(self._questions.discard)

    async def _answer(self, command: CatchUp, before: set[asyncio.Future[Committed]]) -> None:
        if before:
            await asyncio.wait(before)
        async with self._one_at_a_time:
            await self._reply(command.ref, in_reader(catch_up, self._socket.actor, command))

    async def _look(self, command: Open) -> None:
        """What was opened last is looked at, however long it takes to find out who is there."""
        async with self._looking:
            await self._reply(command.ref, self._opened(command))

    async def _opened(self, command: Open) -> Done:
        return Done(command.ref, command.room, online=await self._runtime.hub.look(self._socket, command.room))

    async def _reply(self, ref: str, answer: Awaitable[Frame]) -> None:
        try:
            reply = await answer
        except ChatError as refusal:
            self._refuse(refusal, ref)
        except DatabaseFailure:
            self._refuse(Unavailable(), ref)
        else:
            self._rates.charge_bytes(self._socket.tell(reply))

    # -- the rest --------------------------------------------------------------------------------

    def _typing(self, command: Typing) -> None:
        now = self._runtime.loop.time()
        if command.room not in self._socket.rooms:
            return
        if now - self._typed.get(command.room, -conf.TYPING_SECONDS) < conf.TYPING_SECONDS:
            return
        self._typed[command.room] = now
        text = codec.encode(TypingSeen(command.room, Person(self._socket.user_id, self._socket.name)))
        self._runtime.publisher.publish(room_group(command.room), RoomTyping(command.room, self._socket.user_id, text))

    def _stray_beat(self, _command: Beat) -> None:
        """An echo of no beat of ours says nothing."""

    def _refuse(self, refusal: ChatError, ref: str | None) -> None:
        if isinstance(refusal, SignedOut):
            self._socket.close(Close.SIGNED_OUT)
        else:
            self._socket.tell(codec.refusal(refusal, ref))

    _handlers: ClassVar[Mapping[type, Handler]] = {
        Post: _change,
        Edit: _change,
        Delete: _change,
        React: _change,
        Read: _change,
        Open: _change,
        CatchUp: _catch_up,
        Typing: _typing,
        Beat: _stray_beat,
    }
