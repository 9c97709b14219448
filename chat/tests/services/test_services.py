"""The servers that tests start do what tests rely on."""

import os
import socket
from collections.abc import Callable

import httpx
import psycopg
import pytest
import redis
from django.conf import settings
from playwright.async_api import Browser

from chat.tests.services.environment import missing
from chat.tests.services.postgres import PostgresServer
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

pytestmark = pytest.mark.process


def test_whoever_is_started_from_here_tests_with_the_same_settings() -> None:
    assert os.environ["DJANGO_SETTINGS_MODULE"] == settings.SETTINGS_MODULE == "chat.tests.settings"


def test_a_killed_daphne_comes_back_at_its_address_with_its_data(site: Site) -> None:
    daphne = site.daphne()
    key = site.manage("shell", "-v0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    first = daphne.pid
    daphne.kill()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{daphne.url}/healthz")
    daphne.start()
    assert daphne.pid != first
    assert httpx.get(f"{daphne.url}/healthz").status_code == 200
    assert key == site.manage("shell", "-v0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")


def test_daphne_ends_cleanly_when_asked(make_site: Callable[..., Site]) -> None:
    daphne = make_site().daphne()
    assert daphne.terminate() == 0
    assert "Traceback" not in daphne.log


def test_both_daphnes_of_a_site_are_ready_with_redis(site: Site) -> None:
    for daphne in (site.daphne(), site.daphne()):
        assert httpx.get(f"{daphne.url}/readyz").status_code == 200


def test_a_paused_redis_hangs_and_goes_on(make_redis: Callable[[], RedisServer]) -> None:
    server = make_redis()
    with redis.Redis.from_url(server.url, socket_timeout=0.2, retry=None) as client:
        server.pause()
        with pytest.raises(redis.TimeoutError):
            client.ping()
        socket.create_connection(("127.0.0.1", server.port)).close()
        server.resume()
        assert client.ping()


def test_a_stopped_redis_comes_back_at_its_address(make_redis: Callable[[], RedisServer]) -> None:
    server = make_redis()
    server.stop()
    assert not server.ready()
    server.start()
    assert server.ready()


def test_a_new_database_is_migrated_and_empty_of_people(
    postgres_server: PostgresServer, postgres_template: str
) -> None:
    name = postgres_server.create(postgres_template)
    with psycopg.connect(postgres_server.url(name)) as connection:
        assert connection.execute("SELECT count(*) FROM chat_user").fetchone() == (0,)


async def test_chromium_opens_the_sign_in_page(chromium: Browser, make_site: Callable[..., Site]) -> None:
    page = await chromium.new_page()
    await page.goto(make_site().daphne().url)
    assert page.url.endswith("/login/?next=/")


def test_a_missing_part_is_skipped_unless_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such part"):
        missing("no such part")
    monkeypatch.setenv("REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no such part"):
        missing("no such part")
