"""A socket lives exactly as long as its session, in every process."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from chat.tests.client import Client
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import Person, people, run
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

SIGNED_OUT = 4401
PROMISED_SECONDS = 1.0
PASSWORD = "a good long password"


class Signed:
    """Ana on two devices and Bia on one, each with a socket at both processes."""

    def __init__(self, site: Site, pair: tuple[Daphne, Daphne], join: Connect) -> None:
        self.site, self.pair, self._join = site, pair, join
        self.ana, self.bia = people(site, "ana", "bia", devices=2)
        self.sockets: dict[str, list[Client]] = {}

    async def connect(self) -> None:
        for cookie in (*self.ana.cookies, self.bia.cookie):
            self.sockets[cookie] = [await self._join(server, cookie) for server in self.pair]

    async def in_site(self, function: str, *arguments: object) -> None:
        await asyncio.to_thread(run, self.site, function, *arguments)

    async def closed(self, *cookies: str, seconds: float = PROMISED_SECONDS) -> None:
        for cookie in cookies:
            for socket in self.sockets[cookie]:
                assert await socket.ended(seconds=seconds) == SIGNED_OUT

    async def alive(self, *cookies: str) -> None:
        for cookie in cookies:
            for socket in self.sockets[cookie]:
                assert (await socket.say(1, "still here"))["ok"]


@pytest_asyncio.fixture
async def signed(site: Site, pair: tuple[Daphne, Daphne], join: Connect) -> AsyncIterator[Signed]:
    signed = Signed(site, pair, join)
    await signed.connect()
    yield signed


async def test_a_deleted_session_closes_its_sockets_in_every_process_and_no_others(signed: Signed) -> None:
    phone, laptop = signed.ana.cookies

    await signed.in_site("delete_session", phone)

    await signed.closed(phone)
    await signed.alive(laptop, signed.bia.cookie)


@on_sqlite
async def test_revoking_a_persons_sessions_closes_all_of_that_persons_sockets(signed: Signed) -> None:
    await asyncio.to_thread(signed.site.manage, "revoke_sessions", "--user", "ana")

    await signed.closed(*signed.ana.cookies)
    await signed.alive(signed.bia.cookie)


@on_sqlite
async def test_disabling_an_account_closes_all_of_that_persons_sockets(signed: Signed) -> None:
    await signed.in_site("disable", signed.ana.id)

    await signed.closed(*signed.ana.cookies)
    await signed.alive(signed.bia.cookie)


@on_sqlite
async def test_signing_out_on_a_page_closes_the_sockets_of_that_browser_only(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    site.create_user("rui", PASSWORD)
    async with Visitor(pair[0]) as phone, Visitor(pair[1]) as laptop:
        for visitor in (phone, laptop):
            assert (await visitor.sign_in("rui", PASSWORD)).status_code == 302
        ending = [await join(server, phone.cookie) for server in pair]
        staying = [await join(server, laptop.cookie) for server in pair]

        assert (await phone.submit("/", "/logout/")).status_code == 302

        for socket in ending:
            assert await socket.ended(seconds=PROMISED_SECONDS) == SIGNED_OUT
        for socket in staying:
            assert (await socket.say(1, "still here"))["ok"]


async def test_a_changed_password_closes_the_sockets_of_all_other_browsers(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    site.create_user("rui", PASSWORD)
    async with Visitor(pair[0]) as phone, Visitor(pair[1]) as laptop:
        for visitor in (phone, laptop):
            assert (await visitor.sign_in("rui", PASSWORD)).status_code == 302
        ending = [await join(server, phone.cookie) for server in pair]
        staying = [await join(server, laptop.cookie) for server in pair]

        new = "another good long password"
        changed = await laptop.submit("/account/password/", old_password=PASSWORD, new_password1=new, new_password2=new)
        assert changed.status_code == 302

        for socket in ending:
            assert await socket.ended(seconds=PROMISED_SECONDS) == SIGNED_OUT
        for socket in staying:
            assert (await socket.say(1, "still here"))["ok"]
        assert (await laptop.get("/session/")).status_code == 200


async def test_a_post_after_the_session_ended_changes_nothing_even_where_no_word_of_it_came(
    make_site: Callable[..., Site], database: str, redis_server: RedisServer, join: Connect
) -> None:
    site = make_site(DATABASE_URL=database, REDIS_URL=redis_server.url, REVALIDATE_SECONDS="3600")
    server = site.daphne()
    (ana,) = people(site, "ana")
    socket = await join(server, ana.cookie)
    assert (await socket.say(1, "before"))["ok"]

    run(site, "delete_session_by_sql", ana.cookie)
    await socket.post(1, "after")

    assert await socket.ended() == SIGNED_OUT
    assert [message["body"] for message in run(site, "stored", 1)] == ["before"]


@on_sqlite
@pytest.mark.parametrize("end", ["delete_session_by_sql", "disable_without_signal"])
async def test_what_rings_no_doorbell_is_found_by_the_regular_check(
    make_site: Callable[..., Site], database: str, redis_server: RedisServer, join: Connect, end: str
) -> None:
    site = make_site(DATABASE_URL=database, REDIS_URL=redis_server.url, REVALIDATE_SECONDS="1")
    server = site.daphne()
    ana, bia = people(site, "ana", "bia")
    ending, staying = await join(server, ana.cookie), await join(server, bia.cookie)

    run(site, end, _named(ana, end))

    assert await ending.ended(seconds=1 + PROMISED_SECONDS) == SIGNED_OUT
    assert (await staying.say(1, "still here"))["ok"]


def _named(person: Person, end: str) -> int | str:
    return person.id if end.startswith("disable") else person.cookie


@on_sqlite
async def test_a_session_that_expires_closes_its_sockets(site: Site, join: Connect) -> None:
    server = site.daphne()
    (ana,) = people(site, "ana")
    run(site, "expire_session", ana.cookie, 3)
    socket = await join(server, ana.cookie)

    assert await socket.ended(seconds=3 + 2 * PROMISED_SECONDS) == SIGNED_OUT


@on_sqlite
async def test_the_room_opened_last_is_kept_in_the_session(site: Site, join: Connect) -> None:
    server = site.daphne()
    site.create_user("rui", PASSWORD)
    async with Visitor(server) as visitor:
        await visitor.sign_in("rui", PASSWORD)
        socket = await join(server, visitor.cookie)
        room = run(site, "new_room", "garden", [socket.hello["user"]["id"]])
        await socket.until(lambda: room in socket.rooms, "the room is told")

        assert (await socket.ask("open", room=room))["ok"]

        assert run(site, "last_room", visitor.cookie) == room
        assert (await visitor.get("/")).url.path == f"/rooms/{room}/"
