"""Not sockets but processes are in the channel layer's groups."""

from collections.abc import Callable

import redis

from chat.tests.process.conftest import Connect
from chat.tests.process.people import people, run
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

SOCKETS = 100


async def test_a_hundred_sockets_in_a_room_are_one_subscriber_a_process(
    make_redis: Callable[[], RedisServer], make_site: Callable[..., Site], join: Connect
) -> None:
    own = make_redis()
    site = make_site(REDIS_URL=own.url)
    servers = [site.daphne(), site.daphne()]
    (ana,) = people(site, "ana", devices=SOCKETS)
    room = run(site, "new_room", "garden", [ana.id])
    clients = [await join(servers[number % 2], cookie) for number, cookie in enumerate(ana.cookies)]
    await clients[0].say(room, "hello")
    for client in clients:
        await client.sees(room, "hello")

    with redis.Redis.from_url(own.url) as asked:
        channels = [channel.decode() for channel in asked.pubsub_channels()]
        subscribers = {name.decode(): count for name, count in asked.pubsub_numsub(*channels)}

    groups = {channel for channel in channels if "group" in channel}
    assert len([channel for channel in groups if channel.endswith(f"room.{room}")]) == 1
    assert {subscribers[group] for group in groups} == {len(servers)}
    assert len(channels) == len(groups) + len(servers), channels
