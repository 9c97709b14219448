"""Collects static files under hashed names, when they changed since the last time."""

import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MANIFEST: Final = "staticfiles.json"  # ManifestStaticFilesStorage writes it last


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


def collect_missing() -> None:
    """Collect if that was never done: pages cannot name their files before. Of processes that start at once, one does it."""
    root = Path(settings.STATIC_ROOT)
    if not settings.SERVESTATIC_USE_MANIFEST or (root / MANIFEST).exists():
        return
    with root.with_name(f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / MANIFEST).exists():
            collect_changed()


def fingerprint() -> str:
    """Changes with every file added, removed or written."""
    return hashlib.sha256("\n".join(sorted(sources())).encode()).hexdigest()


def sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            yield f"{path} {status.st_size} {status.st_mtime_ns}"
