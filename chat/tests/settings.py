"""The settings of the tests that run in pytest's own process: nothing of the developer's environment leaks in.

TEST_DATABASE=postgres runs them on a PostgreSQL that is started for them; they run on SQLite otherwise.
"""

import atexit
import os
import tempfile

from chat.management.translations import compile_changed
from chat.tests.services.environment import PROJECT, clean
from chat.tests.services.postgres import PostgresServer

compile_changed([PROJECT / "locale"])  # Django reads the compiled ones alone
_directory = tempfile.TemporaryDirectory(prefix="prosa-tests-")
atexit.register(_directory.cleanup)
_environment = clean(DATA_DIR=_directory.name)
if os.environ.get("TEST_DATABASE") == "postgres":
    _postgres = PostgresServer()
    _postgres.start()
    atexit.register(_postgres.close)
    _environment["DATABASE_URL"] = _postgres.url("prosa")
os.environ.clear()
os.environ.update(_environment)

from chatproject.settings import *  # noqa: E402, F403
from chatproject.settings import DATABASES, STORAGES  # noqa: E402

# A file: SQLite's in-memory database has no WAL and other locks.
DATABASES["default"]["TEST"] = {
    "NAME": f"{_directory.name}/test.sqlite3" if "DATABASE_URL" not in _environment else None
}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong ones are slow on purpose
SERVESTATIC_USE_MANIFEST = False
SERVESTATIC_USE_FINDERS = SERVESTATIC_AUTOREFRESH = True
