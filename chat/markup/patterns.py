"""Pygments' patterns, of which none may search for long.

Python's regular expressions try every way to share a text out among the parts of a pattern, hold up all other threads
meanwhile, and cannot be stopped. In Pygments, `<<aaaa…` is one for Bash that takes minutes, and spaces behind a name
are one for C. A pattern that repeats no more than one kind of character once goes over the text once. All others are
given to a machine that can be stopped; it is slower, and is asked only where the pattern may begin.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import local
from time import thread_time
from typing import Any, Final

import regex
from pygments.lexer import RegexLexerMeta
from pygments.util import Future

Match = Callable[..., Any]

_FLAGS: Final = {
    re.IGNORECASE: regex.I,
    re.MULTILINE: regex.M,
    re.DOTALL: regex.S,
    re.VERBOSE: regex.X,
    re.ASCII: regex.A,
}
_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_CLASS: Final = re.compile(r"\[\^?\]?[^]]*\]")
_REPEATED: Final = re.compile(r"[*+]|\{\d*,\d*\}")
_LOOKING_BACK: Final = re.compile(r"\(\?<[=!]|^[(?:]*\\[bB]")
_GROUP_REPEATED: Final = re.compile(r"\)(?:[*+]|\{\d*,?\d*\})")


class TooLong(Exception):
    """There is no time left."""


class _Clock(local):
    """Of each thread: its CPU, and when its own time will have come. It stands still while a pattern is compiled:
    that is done once, and the first message in a language is no dearer than the next."""

    end: float = 0.0
    aside: float = 0.0

    def now(self) -> float:
        return thread_time() - self.aside

    def left(self) -> float:
        seconds = self.end - self.now()
        if seconds <= 0:
            raise TooLong
        return seconds


_clock: Final = _Clock()


@contextmanager
def _aside() -> Iterator[None]:
    started = thread_time()
    try:
        yield
    finally:
        _clock.aside += thread_time() - started


def cpu() -> float:
    """Seconds that this thread has used, without those in which patterns were compiled."""
    return _clock.now()


@contextmanager
def seconds(amount: float) -> Iterator[Callable[[], float]]:
    """All lexers that are used in the block have so much of this thread's CPU together, or raise TooLong."""
    _clock.end = _clock.now() + amount
    try:
        yield _clock.left
    except TimeoutError as error:
        raise TooLong from error


def tame_lexers() -> None:
    """From now on: a lexer that has been used keeps the patterns that it has."""
    RegexLexerMeta._process_regex = _compiled


def may_take_long(pattern: str) -> bool:
    """Whether it may go over the same text more than once."""
    bare = _CLASS.sub("c", _ESCAPED.sub("e", pattern))
    return len(_REPEATED.findall(bare)) > 1 or bool(_GROUP_REPEATED.search(bare))


class Stoppable:
    """A pattern that stops when its time has come. It is compiled when it is first asked."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern
        self._flags = sum(other for flag, other in _FLAGS.items() if flags & flag)
        self._looks_back = bool(_LOOKING_BACK.search(pattern))
        self._beginnings: dict[str, bool] = {}

    def __call__(self, text: str, position: int = 0, end: int = sys.maxsize) -> Any:
        first = text[position : position + 1]
        may_begin = self._beginnings.get(first)
        if may_begin is None:
            may_begin = self._beginnings[first] = self._may_begin(first)
        return self._match(text, position, end, timeout=_clock.left()) if may_begin else None

    @cached_property
    def _match(self) -> Match:
        with _aside():
            match: Match = regex.compile(self._source, self._flags).match
        return match

    def _may_begin(self, first: str) -> bool:
        """What stands before is not known here: a pattern that looks back is always asked."""
        return self._looks_back or self._match(first, partial=True) is not None


def _compiled(_lexer: type, pattern: str | Future, flags: int, _state: str) -> Match:
    source = pattern.get() if isinstance(pattern, Future) else pattern
    if may_take_long(source):
        return Stoppable(source, flags)
    return re.compile(source, flags).match
