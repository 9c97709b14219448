"""The names of files: theirs, not ours."""

import re
import unicodedata
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import Final

from django.conf import settings

from chat import conf

NAMELESS: Final = "file"
ANYTHING: Final = "application/octet-stream"
# Signs that turn the direction of writing: with one of them "photo\u202egpj.exe" reads "photoexe.jpg".
_TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_TURNING}]")
_ENDING: Final = re.compile(r"\.([^.\s]{1,16})$")
_types: Final = MimeTypes()  # those that Python knows, whatever the machine does
_ENDINGS: Final = {"image/jpeg": ".jpg", "image/webp": ".webp", "image/avif": ".avif"}


def safe_name(name: str) -> str:
    """A name as it may be shown and saved under: one line, no folders, no tricks, and not too long."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Windows leaves out dots and spaces at the end, so that "a.exe." would be "a.exe"; a dot in front hides a file.
    tidy = re.sub(r"\s+", " ", _UNSEEN.sub("", name)).strip(" .")
    return _shortened(tidy) or NAMELESS


def ending_of(name: str) -> str:
    """What follows the last dot, in lower case; nothing where there is no dot."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def type_of(name: str) -> str:
    """What a file's name says that it is."""
    return _types.guess_type(f"{NAMELESS}.{ending_of(name)}", strict=False)[0] or ANYTHING


def may_be_sent(name: str) -> bool:
    """Whether the settings allow files that are named like that. Of "a.exe.pdf" both endings are looked at."""
    allowed = not settings.UPLOAD_TYPES or ending_of(name) in settings.UPLOAD_TYPES
    return allowed and not set(name.lower().split(".")[1:]) & set(settings.UPLOAD_BLOCKED)


def named_as(name: str, mime_type: str) -> str:
    """The name with the ending of what the file really is."""
    if type_of(name) == mime_type:
        return name
    return _shortened(name + (_ENDINGS.get(mime_type) or _types.guess_extension(mime_type) or ""))


def _shortened(name: str) -> str:
    """The ending stays: it says what the file is."""
    ending = PurePosixPath(name).suffix if _ENDING.search(name) else ""
    stem = name.removesuffix(ending)
    return stem[: conf.FILE_NAME_CHARACTERS - len(ending)] + ending
