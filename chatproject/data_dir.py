"""The directory that holds what the server makes: database, key, collected static files."""

import os
import secrets
import tempfile
from pathlib import Path

from chatproject.env import refuse


def prepare(path: Path) -> Path:
    """The directory, made if need be and writable, or the end of the start."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Trying is the only sure test: root may write anywhere but on a read-only disk.
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        refuse("DATA_DIR", str(path), f"a directory that can be written ({error.strerror})")
    return path


def secret_key(path: Path) -> str:
    """The key in this file, made on first use. Of two processes that start at once, both get the same."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key.")
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.fsync(file.fileno())
            # A link appears whole or not at all, and never replaces what another process put there.
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first: its key is the one
        finally:
            Path(draft).unlink()
    try:
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if not key:
        refuse("DATA_DIR", str(path.parent), "a directory whose secret_key is a file with a key in it, or missing")
    return key
