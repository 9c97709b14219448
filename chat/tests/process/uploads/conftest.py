"""A site that takes files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.tests.process.people import Person, run
from chat.tests.process.uploads.sending import (
    LIMIT_MB,
    new_person,
)
from chat.tests.services.site import Daphne, Site


@pytest.fixture(scope="module")
def site(template_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("uploads")
    shutil.copytree(template_directory, directory, dirs_exist_ok=True)
    site = Site(directory, UPLOAD_MB=str(LIMIT_MB), UPLOAD_UNSENT_MB="200", UPLOAD_BLOCKED="exe,bat")
    yield site
    site.close()


@pytest.fixture(scope="module")
def server(site: Site) -> Daphne:
    return site.daphne()


@pytest.fixture
def ana(site: Site) -> Person:
    return new_person(site)


@pytest.fixture
def garden(site: Site, ana: Person) -> int:
    room: int = run(site, "new_room", "garden", [ana.id])
    return room
