"""Where the event loop's database work runs: threads of its own, not the one that Channels shares among all sockets."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
T = TypeVar("T")

_READERS: Final = ThreadPoolExecutor(4, thread_name_prefix="reader")
_WRITER: Final = ThreadPoolExecutor(1, thread_name_prefix="writer")


async def in_reader(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a query off the loop; its connection is kept by the thread, or goes back to the pool."""
    result: T = await database_sync_to_async(function, thread_sensitive=False, executor=_READERS)(*args, **kwargs)
    return result


async def in_writer(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a change in the one thread that writes."""
    result: T = await database_sync_to_async(function, thread_sensitive=False, executor=_WRITER)(*args, **kwargs)
    return result
