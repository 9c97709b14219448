"""Where visitors come from, behind a proxy and without one: on the devices page, in the log, and for the throttle."""

from collections.abc import Iterator

import httpx
import pytest

from chat.tests.process.people import Person, people
from chat.tests.process.raw import RawSocket, logged
from chat.tests.services.site import Daphne, Site

PASSWORD = "a good long password"
ELSEWHERE, FAR_AWAY = "198.51.100.7", "203.0.113.9"
FREE_FAILURES = 5


@pytest.fixture(scope="module")
def alone(small_site: Site) -> Daphne:
    return small_site.daphne()


@pytest.fixture(scope="module")
def behind_a_proxy(small_site: Site) -> Daphne:
    return small_site.daphne(TRUSTED_PROXIES="127.0.0.1")


@pytest.fixture
def visitor() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as browser:
        yield browser


def sign_in(browser: httpx.Client, server: Daphne, name: str, password: str, forwarded: str) -> int:
    browser.get(f"{server.url}/login/")
    fields = {"username": name, "password": password, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    headers = {"Origin": server.url, "X-Forwarded-For": forwarded}
    return browser.post(f"{server.url}/login/", data=fields, headers=headers).status_code


def person(site: Site, name: str) -> Person:
    return people(site, name, password=PASSWORD)[0]


def test_behind_a_proxy_a_device_has_the_address_that_the_proxy_tells(
    small_site: Site, behind_a_proxy: Daphne, visitor: httpx.Client
) -> None:
    ana = person(small_site, "ana")
    assert sign_in(visitor, behind_a_proxy, ana.name, PASSWORD, f"{FAR_AWAY}, {ELSEWHERE}") == 302
    page = visitor.get(f"{behind_a_proxy.url}/account/sessions/").text
    assert ELSEWHERE in page
    assert FAR_AWAY not in page, "anybody may write that"


def test_without_one_nobody_is_believed(small_site: Site, alone: Daphne, visitor: httpx.Client) -> None:
    bia = person(small_site, "bia")
    assert sign_in(visitor, alone, bia.name, PASSWORD, ELSEWHERE) == 302
    page = visitor.get(f"{alone.url}/account/sessions/").text
    assert "127.0.0.1" in page
    assert ELSEWHERE not in page


async def test_a_sockets_line_in_the_log_has_the_same_address(small_site: Site, behind_a_proxy: Daphne) -> None:
    caio = person(small_site, "caio")
    async with RawSocket(behind_a_proxy) as socket:
        assert " 101 " in await socket.shake_hands(caio.cookie, headers={"X-Forwarded-For": ELSEWHERE})
        assert f"ip={ELSEWHERE}" in await logged(behind_a_proxy, f"user={caio.id}")


def test_behind_a_proxy_each_visitor_is_throttled_alone(
    small_site: Site, behind_a_proxy: Daphne, visitor: httpx.Client
) -> None:
    davi = person(small_site, "davi")
    failed = [sign_in(visitor, behind_a_proxy, davi.name, "wrong", FAR_AWAY) for _ in range(FREE_FAILURES + 1)]
    assert failed == [200] * FREE_FAILURES + [429]
    assert sign_in(visitor, behind_a_proxy, davi.name, PASSWORD, ELSEWHERE) == 302


def test_without_one_a_made_up_address_brings_no_new_attempts(
    small_site: Site, alone: Daphne, visitor: httpx.Client
) -> None:
    eva = person(small_site, "eva")
    made_up = [f"198.51.100.{number}" for number in range(FREE_FAILURES + 1)]
    assert [sign_in(visitor, alone, eva.name, "wrong", one) for one in made_up] == [200] * FREE_FAILURES + [429]
