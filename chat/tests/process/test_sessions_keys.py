"""A new signing key, process by process, under people who are signed in."""

import asyncio
from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidStatus

from chat.tests.client import Client, open_socket
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect
from chat.tests.process.scene import EVERYONE, PASSWORD, Stage
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne

STOPPING = 4503
KEYS = ["the first signing key of all", "a second signing key"]


@pytest.fixture
def stage(make_stage: Callable[..., Stage], redis_server: RedisServer) -> Stage:
    return make_stage(REDIS_URL=redis_server.url, REVALIDATE_SECONDS="1", SECRET_KEY=KEYS[0])


async def restart(server: Daphne, **variables: str) -> None:
    server.environment |= variables
    await asyncio.to_thread(server.restart)


async def is_signed_in(server: Daphne, cookie: str) -> bool:
    async with Visitor(server, cookie) as visitor:
        return (await visitor.get("/session/")).status_code == 200


async def serves(clients: list[Client]) -> None:
    for client in clients:
        assert (await client.say(EVERYONE, "still here"))["ok"]


async def test_with_the_former_key_as_a_fallback_nobody_is_signed_out(stage: Stage, join: Connect) -> None:
    ana, bia = stage.people("ana", "bia")
    sockets = [[await join(server, one.cookie) for one in (ana, bia)] for server in stage.pair]

    for server, restarted in zip(stage.pair, sockets, strict=True):
        await restart(server, SECRET_KEY=KEYS[1], SECRET_KEY_FALLBACKS=KEYS[0])
        for client in restarted:
            assert await client.ended() == STOPPING
            await client.connect()
        for clients in sockets:
            await serves(clients)
        for other in stage.pair:
            assert await is_signed_in(other, ana.cookie)

    # And what the new key signs from here on counts at both.
    new = {"new_password1": "another good long password", "new_password2": "another good long password"}
    async with Visitor(stage.pair[0], bia.cookie) as browser:
        assert (await browser.submit("/account/password/", old_password=PASSWORD, **new)).status_code == 302
        await serves([clients[1] for clients in sockets])
        for server in stage.pair:
            assert await is_signed_in(server, browser.cookie)


async def test_where_all_processes_know_the_new_key_first_a_sign_in_under_it_counts_everywhere_at_once(
    make_stage: Callable[..., Stage], redis_server: RedisServer
) -> None:
    known = {"SECRET_KEY": KEYS[0], "SECRET_KEY_FALLBACKS": KEYS[1]}
    stage = make_stage(REDIS_URL=redis_server.url, REVALIDATE_SECONDS="1", **known)
    (ana,) = stage.people("ana")
    first, second = stage.pair
    await restart(first, SECRET_KEY=KEYS[1], SECRET_KEY_FALLBACKS=KEYS[0])

    async with Visitor(first) as browser:
        assert (await browser.sign_in(ana.name, PASSWORD)).status_code == 302
        for server in (first, second):
            assert await is_signed_in(server, browser.cookie)
            socket = await open_socket(server, browser.cookie)
            await socket.close()


async def test_without_a_fallback_everybody_is_signed_out(stage: Stage, join: Connect) -> None:
    (ana,) = stage.people("ana")
    sockets = [await join(server, ana.cookie) for server in stage.pair]

    for server, socket in zip(stage.pair, sockets, strict=True):
        await restart(server, SECRET_KEY=KEYS[1])
        assert await socket.ended() == STOPPING
        assert not await is_signed_in(server, ana.cookie)
        with pytest.raises(InvalidStatus, match="403"):
            await open_socket(server, ana.cookie)

    async with Visitor(stage.pair[0]) as browser:
        assert (await browser.sign_in(ana.name, PASSWORD)).status_code == 302
        assert await is_signed_in(stage.pair[1], browser.cookie)
