"""A whole site for a benchmark, in a directory of its own: SQLite and the in-process layer, as `make run` has them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chat.tests.services.site import Site


class Served:
    """The site, its one daphne, and a hand behind the scenes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.daphne = site.daphne()
        self.url = self.daphne.url

    def do(self, function: str, *arguments: Any) -> Any:
        """Call a function of `filling.py`."""
        return self.site.call("bench.lib.filling", function, *arguments)


@contextmanager
def served() -> Iterator[Served]:
    directory = Path(tempfile.mkdtemp(prefix="prosa-bench-"))
    site = Site(directory)
    try:
        site.manage("migrate", "--verbosity=0")
        site.manage("collectstatic", "--no-input", "--verbosity=0")
        yield Served(site)
    finally:
        site.close()
        shutil.rmtree(directory)
