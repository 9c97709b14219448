"""One line an event, in logfmt: `event="socket opened" user=3 …`, for people and for programs."""

import logging
import re
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ONE_TIME_LINK: Final = re.compile(r"(/setup/)[^/]+")
CONTROLS: Final = {code: f"\\u{code:04x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}
UNAVAILABLE: Final = 503


class WithoutTraceback(logging.Filter):
    """A Redis that is away is expected and lived with: channels_redis would log a traceback for it every second."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = "%s: %s", (record.getMessage(), type(record.exc_info[1]).__name__)
            record.exc_info = record.exc_text = None
        return True


class RequestRefused(logging.Filter):
    """What Django says of a request that failed names its path, which may hold a one-time link.

    A database that is away is no fault of the code: what it said is worth more than where.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.args = tuple(ONE_TIME_LINK.sub(r"\1***", str(argument)) for argument in record.args or ())
        if getattr(record, "status_code", None) == UNAVAILABLE and record.exc_info:
            record.error = str(record.exc_info[1]).partition("\n")[0]
            record.exc_info = record.exc_text = None
        return True


def without_request(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Django hands the request to its loggers: its path may hold a one-time link, and its text is the client's."""
    event.pop("request", None)
    return event


def without_controls(_logger: WrappedLogger, _name: str, line: Any) -> str:
    """structlog writes line feeds as `\\n` and leaves the rest: a carriage return, or a terminal's commands."""
    return str(line).translate(CONTROLS)


def formatter(*, debug: bool) -> dict[str, Any]:
    """What a handler's formatter is made of: logging's own records, with the fields given as `extra`.

    In logfmt no value breaks a line, so nobody can forge one through a name; a traceback is a field like others.
    For developers it is laid out to be read.
    """
    fields: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        without_request,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    logfmt = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"])
    layout: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=False)]
        if debug
        else [structlog.processors.format_exc_info, logfmt, without_controls]
    )
    return {
        "()": "structlog.stdlib.ProcessorFormatter",
        "foreign_pre_chain": fields,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *layout],
    }
