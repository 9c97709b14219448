"""Where the event loop's slow work runs: threads of its own, not the one that Channels shares among all sockets."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import OperationalError

from chat import conf

P = ParamSpec("P")
T = TypeVar("T")

_READERS: Final = ThreadPoolExecutor(conf.READERS, thread_name_prefix="reader")
_WATCHERS: Final = ThreadPoolExecutor(conf.WATCHERS, thread_name_prefix="watcher")
_WRITER: Final = ThreadPoolExecutor(1, thread_name_prefix="writer")
_JANITOR: Final = ThreadPoolExecutor(1, thread_name_prefix="janitor")
_DISK: Final = ThreadPoolExecutor(conf.DISK_WORKERS, thread_name_prefix="disk")
_PICTURES: Final = ThreadPoolExecutor(1, thread_name_prefix="pictures")


async def in_reader(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a query that a client waits for. Raises OperationalError, as `_answered` does."""
    return await _answered(_READERS, function, *args, **kwargs)


async def in_watcher(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a check that a promise rests on: it must not stand in line behind a thousand clients that come back.

    Raises OperationalError, as `_answered` does.
    """
    return await _answered(_WATCHERS, function, *args, **kwargs)


async def in_writer(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a change in the one thread that writes. How long to wait is the caller's: what was begun may still be stored."""
    result: T = await database_sync_to_async(function, thread_sensitive=False, executor=_WRITER)(*args, **kwargs)
    return result


async def in_janitor(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a long job that nobody waits for."""
    result: T = await database_sync_to_async(function, thread_sensitive=False, executor=_JANITOR)(*args, **kwargs)
    return result


async def on_disk(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Read or write a piece of a file. It asks no database."""
    return await asyncio.get_running_loop().run_in_executor(_DISK, partial(function, *args, **kwargs))


async def with_pictures(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Decode a picture. One at a time: each may take hundreds of megabytes, and some seconds."""
    return await asyncio.get_running_loop().run_in_executor(_PICTURES, partial(function, *args, **kwargs))


async def _answered(executor: ThreadPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Off the loop; the connection is kept by the thread, or goes back to the pool.

    Raises OperationalError also where a database that hangs gives no answer: no driver's time-out sees that.
    """
    query = database_sync_to_async(function, thread_sensitive=False, executor=executor)(*args, **kwargs)
    try:
        # Not wait_for: before Python 3.12 it may swallow a cancellation.
        async with asyncio.timeout(conf.READ_SECONDS):
            result: T = await query
    except TimeoutError:
        raise OperationalError("the database does not answer") from None
    return result
