"""Collects static files under hashed names, when they changed since the last time."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_changed() -> bool:
    """Whether there was anything to collect."""
    root = Path(settings.STATIC_ROOT)
    note = root.with_name(f"{root.name}.collected")
    present = fingerprint()
    if root.is_dir() and note.is_file() and note.read_text() == present:
        return False
    note.unlink(missing_ok=True)  # an interrupted run must not look complete
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(present)
    return True


def fingerprint() -> str:
    """Changes with every file added, removed or written."""
    return hashlib.sha256("\n".join(sorted(sources())).encode()).hexdigest()


def sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            yield f"{path} {status.st_size} {status.st_mtime_ns}"
