"""No session key, no cookie and no password stands in Redis, in a log line, in an answer or in an address."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from chat.tests.client import Client
from chat.tests.forms import Visitor
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Daphne, Site

OLD, NEW, WRONG = "a good long password", "another good long password", "a wrong password of ana"
BODY = "what ana said to rui"


@contextmanager
def monitored(server: RedisServer) -> Iterator[list[str]]:
    """All that Redis is asked within the block; the list is filled at its end."""
    heard: list[str] = []
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=15) as wire:
        lines = wire.makefile("rwb")
        lines.write(b"MONITOR\r\n")
        lines.flush()
        assert lines.readline().startswith(b"+OK")
        yield heard
        with socket.create_connection(wire.getpeername(), timeout=15) as last:
            last.sendall(b"PING the-end\r\n")
            for line in lines:
                heard.append(line.decode(errors="replace"))
                if "the-end" in heard[-1]:
                    return


async def live(pair: tuple[Daphne, Daphne], join: Connect) -> set[str]:
    """A whole life: refused and let in, talking, a new password, a device ended. Its secrets."""
    secrets = {OLD, NEW, WRONG}
    async with Visitor(pair[0]) as phone, Visitor(pair[1]) as laptop:
        assert (await phone.sign_in("ana", WRONG)).status_code == 200
        for visitor in (phone, laptop):
            assert (await visitor.sign_in("ana", OLD)).status_code == 302
            secrets |= set(visitor.cookies.values())
        lost = phone.cookie
        talking = [await join(pair[1], lost), await join(pair[0], laptop.cookie)]
        await talk(talking)
        changed = await laptop.submit("/account/password/", old_password=OLD, new_password1=NEW, new_password2=NEW)
        assert changed.status_code == 302
        secrets |= set(laptop.cookies.values())
        assert await talking[0].ended() == 4401
        assert (await phone.get("/session/")).status_code == 401
        await refused(join, pair[0], lost)
        assert (await laptop.submit("/account/sessions/", others="1")).status_code == 302
        assert (await laptop.submit("/", "/logout/")).status_code == 302
        assert await talking[1].ended() == 4401
    return secrets


async def talk(talking: list[Client]) -> None:
    for client in talking:
        assert (await client.say(1, BODY))["ok"]
        assert (await client.ask("open", room=1))["ok"]
        await client.send_raw("rubbish")
    for client in talking:
        await client.holds(1, 2)


async def refused(join: Connect, server: Daphne, cookie: str) -> None:
    with pytest.raises(Exception, match="403") as refusal:
        await join(server, cookie)
    assert cookie not in str(refusal.value)


@on_sqlite
@pytest.mark.parametrize("debug", ["0", "1"])
async def test_no_secret_leaves_its_place(site: Site, redis_server: RedisServer, join: Connect, debug: str) -> None:
    site.create_user("ana", OLD)
    pair = site.daphne(DEBUG=debug), site.daphne(DEBUG=debug)
    with monitored(redis_server) as traffic:
        secrets = await live(pair, join)
    for server in pair:
        server.terminate()  # the last lines come after the answers
    logs = [server.log for server in pair]

    assert len(secrets) >= 8, "three passwords, two sign-ins with two cookies each, and a new key"
    assert BODY in "".join(traffic), "events were seen on their way"
    for log in logs:
        assert "socket opened" in log and "socket closed" in log and "4401" in log
        assert BODY not in log
    assert "socket refused" in logs[0]
    for place in [*traffic, *logs]:
        assert not [secret for secret in secrets if secret in place]
