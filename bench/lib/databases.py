"""A site for a benchmark, on either database, whose functions are called and whose pages nobody serves."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chat.tests.services.postgres import PostgresServer
from chat.tests.services.site import Site


@contextmanager
def site_on(database: str) -> Iterator[Site]:
    directory = Path(tempfile.mkdtemp(prefix="prosa-bench-"))
    postgres = PostgresServer() if database == "PostgreSQL" else None
    variables = {}
    if postgres:
        postgres.start()
        variables["DATABASE_URL"] = postgres.url(postgres.create())
    site = Site(directory, **variables)
    try:
        site.manage("migrate", "--verbosity=0")
        site.manage("collectstatic", "--no-input", "--verbosity=0")
        yield site
    finally:
        site.close()
        if postgres:
            postgres.close()
        shutil.rmtree(directory)
