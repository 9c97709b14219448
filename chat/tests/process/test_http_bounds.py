"""What one HTTP connection may cost."""

import sys
import urllib.error
import urllib.request
from collections.abc import Sequence

import httpx
import pytest

from chat.tests.process.raw import Wire, costing_less_than
from chat.tests.services.site import Daphne, Site

MIB = 1024 * 1024
LITTLE = 30  # MB, where hundreds are sent or asked for
LARGE_FILE = "/static/admin/js/vendor/xregexp/xregexp.js"
STREAMED_FILE = "/static/chat/css/tokens.css"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


def request(method: str, path: str, *headers: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "\r\n"]).encode()


@pytest.mark.parametrize(
    ("header", "piece"),
    [
        (f"Content-Length: {400 * MIB}", bytes(MIB)),
        ("Transfer-Encoding: chunked", b"100000\r\n" + bytes(MIB) + b"\r\n"),
    ],
    ids=["told", "hidden by chunks"],
)
async def test_a_body_over_the_limit_is_answered_413_and_never_held(server: Daphne, header: str, piece: bytes) -> None:
    with costing_less_than(server, LITTLE):
        async with Wire(server) as wire:
            await wire.send(request("POST", "/healthz", header))
            await wire.send_until_hung_up(piece, times=400)
            answer = await wire.rest()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert server.ready()


async def test_nobody_is_told_to_go_on_with_a_body_that_is_too_large(server: Daphne) -> None:
    async with Wire(server) as wire:
        await wire.send(request("POST", "/healthz", f"Content-Length: {400 * MIB}", "Expect: 100-continue"))
        assert (await wire.rest()).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_exactly_the_limit_is_read(server: Daphne, chunked: bool) -> None:
    half = bytes(MIB // 2)
    answer = httpx.post(f"{server.url}/login/", content=iter([half, half]) if chunked else half + half)
    assert answer.status_code == 403, "Django has read it, and found no CSRF token"


def test_a_large_form_is_not_taken_apart_by_the_server(server: Daphne) -> None:
    form = "&".join(f"{number:x}=" for number in range(150_000))
    with costing_less_than(server, LITTLE):
        answer = httpx.post(f"{server.url}/session/", content=form, headers={"Content-Type": FORM})
    assert answer.status_code in (403, 405)


@pytest.mark.parametrize(
    "headers",
    [[f"X-{number}: 1" for number in range(501)], ["X: " + "x" * 16_000, "Y: " + "y" * 16_000], ["X: " + "x" * 10**6]],
    ids=["too many", "too large", "one too large"],
)
async def test_headers_without_end_are_refused(server: Daphne, headers: list[str]) -> None:
    async with Wire(server) as wire:
        await wire.send_until_hung_up(request("GET", "/healthz", *headers))
        assert b"200 OK" not in await wire.rest()


async def test_only_the_first_of_pipelined_requests_is_answered(server: Daphne) -> None:
    async with Wire(server) as wire:
        await wire.send(request("GET", "/healthz") * 100)
        assert (await wire.rest()).count(b"HTTP/1.1 200 OK") == 1


async def test_whoever_counts_the_bytes_of_a_streamed_answer_is_served_again(server: Daphne) -> None:
    async with Wire(server) as wire:
        for _ in range(300):
            await wire.send(request("GET", STREAMED_FILE))
            head = (await wire.head()).lower()
            assert head.startswith("http/1.1 200 ")
            await wire.read(int(head.split("content-length: ")[1].split()[0]))


async def test_a_client_that_never_reads_is_answered_once(server: Daphne) -> None:
    with costing_less_than(server, LITTLE):
        async with Wire(server) as wire:
            await wire.send_until_hung_up(request("GET", LARGE_FILE) * 500)
            assert all(server.ready() for _ in range(300)), "meanwhile others are served, as often"


class Unbounded(Daphne):
    def command(self) -> Sequence[str]:
        return [sys.executable, "-m", "daphne", "-p", str(self.port), "chat.tests.services.unbounded:application"]

    def ready(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=5)
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        raise AssertionError("it serves without bounds")


def test_a_daphne_that_passes_the_bounds_by_serves_nothing(small_site: Site) -> None:
    server = small_site.daphne(Unbounded)

    assert httpx.get(f"{server.url}/healthz").status_code == 500
    assert "does not use the bounds" in server.log
