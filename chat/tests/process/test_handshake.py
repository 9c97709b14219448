"""Who gets a socket: a person who is signed in, on a page of this very site (of whose origins see test_owasp.py)."""

from collections.abc import Callable

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from chat.tests.client import open_socket
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.people import Person, people, run
from chat.tests.process.raw import RawSocket
from chat.tests.services.site import Daphne, Site


@pytest.fixture(scope="module")
def server(small_site: Site) -> Daphne:
    return small_site.daphne()


@pytest.fixture(scope="module")
def cast(small_site: Site) -> dict[str, Person]:
    return {person.name: person for person in people(small_site, "ana", "bia", "caio", "davi", "eva")}


@pytest.fixture(scope="module")
def ana(cast: dict[str, Person]) -> Person:
    return cast["ana"]


async def status(server: Daphne, cookie: str | None, *, origin: str | None = "") -> int:
    """The handshake's HTTP status: 101 when a socket was opened."""
    try:
        socket = await open_socket(server, cookie, origin=origin)
    except InvalidStatus as refused:
        return refused.response.status_code
    await socket.close()
    return 101


async def test_who_signed_in_on_the_page_gets_a_socket_under_the_own_name(
    small_site: Site, server: Daphne, join: Connect
) -> None:
    small_site.create_user("rui", "a good long password", "--full-name", "Rui Souza")
    async with Visitor(server) as visitor:
        assert (await visitor.sign_in("rui", "a good long password")).status_code == 302
        client = await join(server, visitor.cookie)

    assert (client.hello["user"]["username"], client.hello["user"]["name"]) == ("rui", "Rui Souza")
    assert [room["name"] for room in client.hello["rooms"]] == ["general"]


@pytest.mark.parametrize("cookie", [None, "", "x" * 32, "ç", "a\\000b", "x" * 5000], ids=repr)
async def test_without_a_session_there_is_no_socket(server: Daphne, ana: Person, cookie: str | None) -> None:
    assert await status(server, ana.cookie) == 101
    assert await status(server, cookie) == 403


async def test_a_tampered_cookie_gets_no_socket(server: Daphne, ana: Person) -> None:
    assert await status(server, ana.cookie[:-1] + ("a" if ana.cookie[-1] != "a" else "b")) == 403


@pytest.mark.parametrize(("name", "end"), [("bia", "delete_session"), ("eva", "delete_session_by_sql")])
async def test_a_deleted_session_gets_no_socket(
    small_site: Site, server: Daphne, cast: dict[str, Person], name: str, end: str
) -> None:
    assert await status(server, cast[name].cookie) == 101
    run(small_site, end, cast[name].cookie)
    assert await status(server, cast[name].cookie) == 403


async def test_an_expired_session_gets_no_socket(small_site: Site, server: Daphne, cast: dict[str, Person]) -> None:
    run(small_site, "expire_session", cast["caio"].cookie, -1)
    assert await status(server, cast["caio"].cookie) == 403


async def test_a_disabled_account_gets_no_socket(small_site: Site, server: Daphne, cast: dict[str, Person]) -> None:
    run(small_site, "update_user", cast["davi"].id, {"is_active": False})
    assert await status(server, cast["davi"].cookie) == 403


async def test_with_a_public_url_only_its_pages_get_a_socket(make_site: Callable[..., Site]) -> None:
    site = make_site(PUBLIC_URL="https://chat.example.org,http://intranet:8080")
    server = site.daphne()
    (ana,) = people(site, "ana")

    for own in ("https://chat.example.org", "http://intranet:8080"):
        assert await status(server, ana.cookie, origin=own) == 101
    for foreign in (server.url, "http://chat.example.org", "https://chat.example.org:444", "http://intranet", "null"):
        assert await status(server, ana.cookie, origin=foreign) == 403


# -- headers that others have a use for ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Daphne-Root-Path", "/elsewhere"),
        ("Daphne-Root-Path", "%ff"),
        ("Daphne-Root-Path", "ç"),
        ("Sec-WebSocket-Protocol", "chat, chat"),
        ("Sec-WebSocket-Protocol", "ç"),
        ("X-Forwarded-For", "ç"),
        ("X_Forwarded_For", "10.0.0.1"),
    ],
)
async def test_headers_of_no_use_change_nothing(server: Daphne, ana: Person, name: str, value: str) -> None:
    async with RawSocket(server) as socket:
        answer = await socket.shake_hands(ana.cookie, headers={name: value})
        assert " 101 " in answer
        assert "sec-websocket-protocol" not in answer.lower()
        assert (await socket.text()).startswith('{"type":"hello"')
    assert "Traceback" not in server.log


@pytest.mark.parametrize("root", ["//evil.example", "%ff", "ç"])
def test_nobody_moves_the_addresses_of_pages(server: Daphne, root: str) -> None:
    answer = httpx.get(server.url, headers=[(b"Daphne-Root-Path", root.encode())])
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/")


@pytest.mark.parametrize("version", [None, "0", "8", "14", "x", "13, 8"])
async def test_no_draft_of_the_protocol_is_spoken(server: Daphne, ana: Person, version: str | None) -> None:
    async with RawSocket(server) as socket:
        assert " 400 " in await socket.shake_hands(ana.cookie, headers={"Sec-WebSocket-Version": version})
