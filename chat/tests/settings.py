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
# Named again: pytest's workers inherit the environment, and asgi.py would name the product's settings there.
_environment = clean(DATA_DIR=_directory.name, DJANGO_SETTINGS_MODULE=__name__)
if os.environ.get("TEST_DATABASE") == "postgres":
    _postgres = PostgresServer()
    _postgres.start()
    atexit.register(_postgres.close)
    _environment["DATABASE_URL"] = _postgres.url("prosa")
os.environ.clear()
os.environ.update(_environment)

from chatproject.settings import *  # noqa: E402, F403
from chatproject.settings import DATABASES, STORAGES  # noqa: E402

if "DATABASE_URL" not in _environment:
    # A file: SQLite's in-memory database has no WAL and other locks. No test here cuts the power, and a disk that is
    # slow to take a commit would hold the one lock longer than others wait for it: as PostgreSQL's fsync=off.
    DATABASES["default"]["TEST"] = {"NAME": f"{_directory.name}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong ones are slow on purpose
SERVESTATIC_USE_MANIFEST = False
SERVESTATIC_USE_FINDERS = SERVESTATIC_AUTOREFRESH = True
