"""A client as docs/protocol.md describes one, written without any of the server's code."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from chat.tests.services.site import Daphne
from chat.tests.timeline import Frame, Timeline

SECONDS = 15.0  # how long anything may take that no promise gives a time to


class Client:
    """Keeps its timelines and its outbox over any number of connections; cutting and connecting are the test's to do."""

    def __init__(self, server: Daphne, cookie: str) -> None:
        self.server = server
        self.cookie = cookie
        self.hello: Frame = {}
        self.rooms: dict[int, Timeline] = {}
        self.frames: list[Frame] = []  # every frame of every connection, in the order of arrival
        self.outbox: dict[str, Frame] = {}  # posts without an answer, by key
        self.replies: defaultdict[str, list[Frame]] = defaultdict(list)  # to posts, by key
        self.closed: int | None = None
        self._posts: dict[str, asyncio.Future[Frame]] = {}
        self._sent: dict[str, str] = {}  # the key of each post under way, by ref
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._refs = map(str, itertools.count(1))
        self._catching_up = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._socket: ClientConnection | None = None

    # -- the connection --------------------------------------------------------------------------

    async def connect(self, server: Daphne | None = None, *, pages: int | None = None) -> None:
        """Open a socket, catch up (with at most so many pages a room), and send again what has no answer."""
        self.server = server or self.server
        self.closed = None
        self._socket = await open_socket(self.server, self.cookie)
        self.hello = json.loads(await self._socket.recv())
        assert self.hello["type"] == "hello", self.hello
        self._keep(self._read(self._socket))
        for room in self.hello["rooms"]:
            self._hold(room)
        for room_id, timeline in list(self.rooms.items()):
            if timeline.synced < timeline.base:
                await self.catch_up(room_id, pages=pages)
        for key in list(self.outbox):
            await self._send_post(key)

    async def cut(self) -> None:
        """Lose the connection as a network does: no close frame, what was under way is gone."""
        assert self._socket is not None, "not connected"
        self._socket.transport.abort()
        await self.ended()

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- commands --------------------------------------------------------------------------------

    async def ask(self, kind: str, **fields: Any) -> Frame:
        """Send a command; its reply."""
        ref = next(self._refs)
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        await self._send({"type": kind, "ref": ref, **fields})
        return await asyncio.wait_for(answer, SECONDS)

    async def post(self, room: int, body: str, *, times: int = 1) -> asyncio.Future[Frame]:
        """Put a message into the outbox and send it so many times; the future is its reply, whenever it comes."""
        key = str(uuid.uuid4())
        self.outbox[key] = {"type": "post", "room": room, "key": key, "body": body}
        answer = self._posts[key] = asyncio.get_running_loop().create_future()
        for _ in range(times):
            if key in self.outbox:
                await self._send_post(key)
        return answer

    async def say(self, room: int, body: str) -> Frame:
        """Post, and wait for the reply."""
        return await asyncio.wait_for(await self.post(room, body), SECONDS)

    async def catch_up(self, room: int, *, pages: int | None = None) -> None:
        timeline = self.rooms[room]
        async with self._catching_up:
            for page in itertools.count(1):
                reply = await self.ask("catch_up", room=room, revision=timeline.synced)
                assert reply["ok"], reply
                for message in reply["messages"]:
                    timeline.apply(message)
                if reply["reset"]:
                    timeline.messages = await self._newest_page(room)
                timeline.synced = max(timeline.synced, reply["revision"])
                if not reply["more"] or page == pages:
                    return

    async def send_raw(self, frame: str | bytes) -> None:
        assert self._socket is not None, "not connected"
        await self._socket.send(frame)

    async def until(self, true: Callable[[], object], what: str, *, seconds: float = SECONDS) -> None:
        """Wait until something is true that frames from the server bring about."""
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"not within {seconds} s: {what}; the last frames: {self.frames[-3:]}") from None

    async def sees(self, room: int, body: str, *, seconds: float = SECONDS) -> None:
        await self.until(lambda: body in self.rooms[room].bodies, f"{body!r} arrives", seconds=seconds)

    async def holds(self, room: int, count: int) -> None:
        await self.until(lambda: len(self.rooms[room].messages) >= count, f"{count} messages arrive")

    async def ended(self, *, seconds: float = SECONDS) -> int | None:
        """Wait until the socket is closed; the code that it was closed with."""
        await self.until(lambda: self.closed is not None, "the socket is closed", seconds=seconds)
        return self.closed

    def events(self, kind: str) -> list[Frame]:
        return [frame for frame in self.frames if frame["type"] == kind]

    # -- what comes in ---------------------------------------------------------------------------

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                await self._take(json.loads(text))
        except ConnectionClosed:
            pass
        self.closed = socket.close_code
        for answer in self._answers.values():
            answer.cancel()
        self._answers.clear()
        self._sent.clear()
        self._news.set()

    async def _take(self, frame: Frame) -> None:
        self.frames.append(frame)
        match frame["type"]:
            case "beat":
                await self._send(frame)
            case "message":
                self.rooms[frame["room"]].apply(frame)
                self.rooms[frame["room"]].passed(frame["revision"])
            case "member":
                self.rooms[frame["room"]].passed(frame["revision"])
            case "room" if frame["room"]["id"] not in self.rooms:
                self._hold(frame["room"])
                self._keep(self.catch_up(frame["room"]["id"]))
            case "left":
                del self.rooms[frame["room"]]
            case "reply":
                self._answered(frame)
        self._news.set()

    def _answered(self, reply: Frame) -> None:
        if key := self._sent.pop(str(reply["ref"]), None):
            self._settle(key, reply)
        elif (answer := self._answers.pop(str(reply["ref"]), None)) and not answer.done():
            answer.set_result(reply)

    def _settle(self, key: str, reply: Frame) -> None:
        self.replies[key].append(reply)
        if not reply["ok"] and reply["error"]["code"] in ("unavailable", "rate_limited"):
            self._keep(self._send_later(key))
            return
        self.outbox.pop(key, None)
        if not self._posts[key].done():
            self._posts[key].set_result(reply)

    def _hold(self, room: Frame) -> None:
        self.rooms.setdefault(room["id"], Timeline()).base = room["revision"]

    # -- helpers ---------------------------------------------------------------------------------

    async def _send(self, frame: Frame) -> None:
        assert self._socket is not None, "not connected"
        with contextlib.suppress(ConnectionClosed):  # what is lost shows as a missing answer
            await self._socket.send(json.dumps(frame))

    async def _send_post(self, key: str) -> None:
        ref = next(self._refs)
        self._sent[ref] = key
        await self._send({**self.outbox[key], "ref": ref})

    async def _send_later(self, key: str) -> None:
        await asyncio.sleep(0.2)
        if key in self.outbox:
            await self._send_post(key)

    async def _newest_page(self, room: int) -> dict[int, Frame]:
        async with httpx.AsyncClient(base_url=self.server.url, cookies={"sessionid": self.cookie}) as http:
            answer = await http.get(f"/rooms/{room}/messages/")
        return {message["position"]: message for message in answer.json()["messages"]}

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def open_socket(server: Daphne, cookie: str | None, *, origin: str | None = "") -> ClientConnection:
    """A bare connection, with the server's own Origin unless another, or None, is given."""
    headers = {} if cookie is None else {"Cookie": f"sessionid={cookie}"}
    return await connect(
        server.ws_url,
        origin=server.url if origin == "" else origin,  # type: ignore[arg-type]
        additional_headers=headers,
        max_size=None,
        ping_interval=None,
        proxy=None,
    )
