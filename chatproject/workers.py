"""A few pages are made at once, each in a thread with a database connection of its own; the rest wait in line.

Django would open a thread and a connection for every request: ten slow ones would take the connections that the
sockets of this process live by.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from inspect import iscoroutinefunction
from typing import Final

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from chat import conf
from chat.views.errors import unavailable

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

HEALTH: Final = ("/healthz", "/readyz")  # they tell how things stand while everything waits
PASSWORDS: Final = ("/login/", "/account/password/")  # forms that anybody may send, and that cost much


class NoAnswer(Exception):
    """The database hangs, as far as can be told from here."""


class Workers:
    """The threads, and the line before them."""

    def __init__(self, number: int) -> None:
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        self._under_way: set[asyncio.Task[HttpResponseBase]] = set()
        self._made = 0
        for _ in range(number):
            self._free.put_nowait(ThreadPoolExecutor(1, thread_name_prefix="page"))

    async def make(self, get_response: GetResponse, request: HttpRequest) -> HttpResponseBase:
        """The response. Raises NoAnswer when it takes too long, though the thread goes on and keeps its place until then."""
        worker = await self._turn()
        page = asyncio.create_task(self._make(worker, get_response, request))
        self._under_way.add(page)
        page.add_done_callback(self._under_way.discard)
        done, _ = await asyncio.wait({page}, timeout=conf.PAGE_SECONDS)
        if not done:
            raise NoAnswer
        return page.result()

    async def _turn(self) -> ThreadPoolExecutor:
        """A free thread. Nobody is sent away from a line that moves."""
        while True:
            made = self._made
            try:
                async with asyncio.timeout(conf.PAGE_SECONDS):
                    return await self._free.get()
            except TimeoutError:
                if made == self._made:
                    raise NoAnswer from None

    async def _make(
        self, worker: ThreadPoolExecutor, get_response: GetResponse, request: HttpRequest
    ) -> HttpResponseBase:
        try:
            async with ThreadSensitiveContext(executor=worker):
                try:
                    return await get_response(request)
                finally:  # not when the answer has been taken: readers may be slow
                    await sync_to_async(close_old_connections)()
        finally:
            self._made += 1
            self._free.put_nowait(worker)


@sync_and_async_middleware
def few_at_once(get_response: GetResponse) -> GetResponse:
    if not iscoroutinefunction(get_response):  # a server without a loop, and the tests' client, have their own threads
        return get_response
    pages, passwords = Workers(conf.PAGES_AT_ONCE), Workers(conf.PASSWORDS_AT_ONCE)

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in HEALTH:
            return await get_response(request)
        with_password = request.method == "POST" and request.path_info in PASSWORDS
        try:
            return await (passwords if with_password else pages).make(get_response, request)
        except NoAnswer:
            return unavailable(request)

    return middleware
