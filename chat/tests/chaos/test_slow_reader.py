"""One who does not read costs little, and delays nobody."""

import asyncio
import subprocess
from time import monotonic

from chat.tests.client import open_socket
from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.people import people, run
from chat.tests.services.site import Daphne, Site

SLOW = 5
POSTS = 500
BODY = "<" * 10_000  # some 50 KB as an event: each reader is sent 25 MB
ALLOWED_MB = 80  # of the 125 MB that five buffers without bound would hold


def resident_mb(server: Daphne) -> float:
    kilobytes = subprocess.run(["ps", "-o", "rss=", "-p", str(server.pid)], capture_output=True, check=True).stdout
    return int(kilobytes) / 1024


@on_sqlite
async def test_those_who_never_read_are_closed_and_the_others_get_everything_promptly(
    site: Site, join: Connect
) -> None:
    server = site.daphne()
    ana, bia = people(site, "ana", "bia", devices=SLOW)
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    speaker, reader = await join(server, ana.cookie), await join(server, bia.cookie)
    slow = [await open_socket(server, cookie) for cookie in bia.cookies]
    before = peak = resident_mb(server)
    slowest = 0.0

    for start in range(0, POSTS, 10):
        began = monotonic()
        answers = [await speaker.post(room, f"{number} {BODY}"[:10_000]) for number in range(start, start + 10)]
        for answer in answers:
            assert (await asyncio.wait_for(answer, 15))["ok"]
        await reader.holds(room, start + 10)
        slowest = max(slowest, monotonic() - began)
        peak = max(peak, resident_mb(server))

    assert server.log.count("code=4408 reason=too_slow") == SLOW
    assert peak - before < ALLOWED_MB
    assert slowest < 5
    assert reader.closed is None
    for socket in slow:
        socket.transport.abort()
