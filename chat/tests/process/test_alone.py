"""daphne by itself, without `make run` before it."""

from pathlib import Path

import httpx
import pytest

from chat.tests.services.site import Site

pytestmark = pytest.mark.process


def test_daphne_serves_on_a_database_that_was_only_migrated(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.manage("migrate", "--verbosity=0")
    try:
        server = site.daphne()
        page = httpx.get(f"{server.url}/login/")
        assert page.status_code == 200
        assert 'href="/static/chat/css/' in page.text
        styles = page.text.split('href="/static/chat/css/')[1].split('"')[0]
        assert httpx.get(f"{server.url}/static/chat/css/{styles}").status_code == 200
    finally:
        site.close()
