"""From daphne's connection to the application that serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

# daphne tells the application nothing about itself; but a task inherits the context in which it is made.
_serving: Final = ContextVar[Any]("serving", default=None)


@contextmanager
def served_by(connection: Any) -> Iterator[None]:
    """Applications made within serve this connection."""
    token = _serving.set(connection)
    try:
        yield
    finally:
        _serving.reset(token)


def bounded_connection() -> Any:
    """The bounded connection that the running application serves; None where there is none."""
    return _serving.get()
