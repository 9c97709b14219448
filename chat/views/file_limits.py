"""What may be sent, as the page tells it before anything is sent."""

from typing import Any

from django.conf import settings
from msgspec import Struct

from chat import conf


class FileLimits(Struct, frozen=True):
    """Bytes of a file, endings that alone may be sent (none: all) and those that may not, files of a message."""

    bytes: int
    types: list[str]
    blocked: list[str]
    count: int = conf.ATTACHMENTS


def file_limits() -> FileLimits:
    """For scripts."""
    return FileLimits(settings.UPLOAD_BYTES, settings.UPLOAD_TYPES, settings.UPLOAD_BLOCKED)


def in_words() -> dict[str, Any]:
    """For people."""
    return {
        "file_size": f"{settings.UPLOAD_BYTES // conf.MIB} MB",
        "file_types": ", ".join(settings.UPLOAD_TYPES),
        "file_blocked": ", ".join(settings.UPLOAD_BLOCKED),
        "file_accept": ",".join(f".{ending}" for ending in settings.UPLOAD_TYPES),
    }
