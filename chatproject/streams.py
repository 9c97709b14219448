"""Which requests bring a file: their bodies go to the disk as they come, and may be larger than others."""

import re
from typing import Final

from django.conf import settings

_PATHS: Final = re.compile(r"/rooms/[^/]+/files/")


def brings_file(method: str, path: str) -> bool:
    return method == "POST" and _PATHS.fullmatch(path) is not None


def largest_file() -> int:
    """In bytes."""
    size: int = settings.UPLOAD_BYTES
    return size
