"""Long jobs in short transactions."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import sleep
from typing import TypeVar

from chat import conf

T = TypeVar("T")


def in_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """A few hundred at a time, each to be stored in a transaction of its own.

    Between two of them whoever waits for the same room has a turn. It needs a pause: for SQLite's one lock nobody
    stands in line, but looks again every 0.1 s.
    """
    rest = iter(items)
    chunk = list(islice(rest, conf.JOB_ROWS))
    while chunk:
        yield chunk
        if chunk := list(islice(rest, conf.JOB_ROWS)):
            sleep(conf.JOB_PAUSE_SECONDS)


def until_done(step: Callable[[], bool]) -> None:
    """The same for what is found only under a lock: each step has a transaction of its own, and says whether it was the
    last."""
    while not step():
        sleep(conf.JOB_PAUSE_SECONDS)
