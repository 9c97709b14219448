"""One line an event."""

import logging


class WithoutTraceback(logging.Filter):
    """A Redis that is away is expected and lived with: channels_redis would log a traceback for it every second."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = "%s: %s", (record.getMessage(), type(record.exc_info[1]).__name__)
            record.exc_info = record.exc_text = None
        return True
