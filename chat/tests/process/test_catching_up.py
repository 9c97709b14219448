"""After any absence a client holds what it would hold had it never been away."""

from chat.tests.process.conftest import Connect, on_sqlite
from chat.tests.process.equal import assert_equal_to_database
from chat.tests.process.people import people, run
from chat.tests.services.site import Daphne, Site

PAGE = 200


async def test_a_client_cut_off_between_two_pages_misses_nothing(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    returning, speaking = await join(pair[0], bia.cookie), await join(pair[1], ana.cookie)
    await returning.cut()
    run(site, "fill", room, ana.cookie, 2 * PAGE + 50)

    await returning.connect(pages=1)
    assert len(returning.rooms[room].messages) == PAGE
    halfway = returning.rooms[room].synced
    await speaking.say(room, "while it catches up")
    await returning.sees(room, "while it catches up")
    assert returning.rooms[room].synced == halfway, "an event beyond a gap proves nothing"
    await returning.cut()
    await speaking.say(room, "while it is away again")

    await returning.connect(pair[1])

    assert_equal_to_database([returning], room, run(site, "stored", room))


@on_sqlite
async def test_edits_and_deletions_are_caught_up_with_as_messages_are(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    returning, speaking = await join(pair[0], bia.cookie), await join(pair[1], ana.cookie)
    for body in ("first", "second", "third"):
        await speaking.say(room, body)
    await returning.sees(room, "third")
    await returning.cut()

    assert (await speaking.ask("edit", room=room, position=1, body="first, better"))["ok"]
    assert (await speaking.ask("delete", room=room, position=2))["ok"]
    await returning.connect()

    assert returning.rooms[room].bodies == ["first, better", "", "third"]
    assert returning.rooms[room].messages[2]["deleted"]
    assert_equal_to_database([returning], room, run(site, "stored", room))


@on_sqlite
async def test_a_client_1500_changes_behind_is_told_to_start_afresh(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    ana, bia = people(site, "ana", "bia")
    room = run(site, "new_room", "garden", [ana.id, bia.id])
    returning = await join(pair[0], bia.cookie)
    before = returning.rooms[room].synced
    await returning.cut()
    run(site, "fill", room, ana.cookie, 1_500)

    await returning.connect()
    assert_equal_to_database([returning], room, run(site, "stored", room)[-50:])

    answer = await returning.ask("catch_up", room=room, revision=before)
    assert (answer["reset"], answer["messages"], answer["more"]) == (True, [], False)
    assert answer["revision"] == returning.hello["rooms"][-1]["revision"]


@on_sqlite
async def test_a_revision_that_the_room_has_not_reached_is_refused(
    site: Site, pair: tuple[Daphne, Daphne], join: Connect
) -> None:
    (ana,) = people(site, "ana")
    room = run(site, "new_room", "garden", [ana.id])
    client = await join(pair[0], ana.cookie)

    refused = await client.ask("catch_up", room=room, revision=client.rooms[room].synced + 1)

    assert refused["error"]["code"] == "bad_revision"
