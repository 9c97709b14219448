"""While the database hangs nobody is thrown out at once, nothing is changed, and sockets do not stay for ever."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from websockets.exceptions import InvalidStatus

from chat.tests.client import open_socket
from chat.tests.process.conftest import Connect
from chat.tests.process.people import people
from chat.tests.process.scene import EVERYONE
from chat.tests.services.postgres import PostgresServer, hanging
from chat.tests.services.site import Site

STOPPING = 4503
SECONDS_OF_A_CHECK = 5  # as long as the guard has patience with a query


@contextmanager
def silent(server: PostgresServer, url: str) -> Iterator[None]:
    """New connections hang as well."""
    with hanging(url):
        server.pause()
        try:
            yield
        finally:
            server.resume()


async def test_after_two_checks_without_an_answer_the_sockets_close_and_then_all_is_as_it_was(
    make_site: Callable[..., Site], postgres_server: PostgresServer, postgres_template: str, join: Connect
) -> None:
    url = postgres_server.url(postgres_server.create(postgres_template))
    site = make_site(DATABASE_URL=url, REVALIDATE_SECONDS="1")
    server = site.daphne()
    ana, bia = people(site, "ana", "bia")
    sockets = [await join(server, one.cookie) for one in (ana, bia)]
    assert (await sockets[0].say(EVERYONE, "before"))["ok"]

    with silent(postgres_server, url):
        refused = await sockets[0].ask("post", room=EVERYONE, key=str(uuid.uuid4()), body="meanwhile")
        assert refused["error"]["code"] == "unavailable"
        assert [socket.closed for socket in sockets] == [None, None], "one check without an answer ends nothing"
        for socket in sockets:
            assert await socket.ended(seconds=3 * SECONDS_OF_A_CHECK) == STOPPING
        with pytest.raises(InvalidStatus, match="503"):
            await open_socket(server, ana.cookie)

    for socket in sockets:
        await socket.connect()
        assert (await socket.say(EVERYONE, "after"))["ok"]
    assert "Traceback" not in server.log
