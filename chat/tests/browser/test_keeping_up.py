"""What a page holds of the rooms, and how it stays true."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice, Wired
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

KEPT = 150
PAGE = 50
STORY = [f"Message {number}." for number in range(1, 201)]


async def test_a_room_that_is_not_looked_at_is_held_in_part_only(
    ana: ChatPage, device: MakeDevice, theatre: Theatre, cast: Cast
) -> None:
    await ana.enter(cast.kitchen)
    await ana.enter(cast.garden)
    theatre.posts(cast.kitchen, cast.bia, *STORY)
    await ana.expect_unread(cast.kitchen, len(STORY))
    phone = await (await device()).enter(cast.ana, cast.kitchen)
    await phone.jump.click()
    await ana.expect_unread(cast.kitchen, 0)
    await ana.enter(cast.kitchen)
    await expect(ana.lines).to_have_count(KEPT)
    await expect(ana.line("Message 200.")).to_be_in_viewport(ratio=1)
    await ana.scroll_to(0)
    await expect(ana.lines).to_have_count(len(STORY))


async def test_a_room_held_in_part_opens_at_its_first_unread_message_all_the_same(
    ana: ChatPage, theatre: Theatre, cast: Cast
) -> None:
    await ana.enter(cast.kitchen)
    await ana.enter(cast.garden)
    theatre.posts(cast.kitchen, cast.bia, *STORY)
    await ana.expect_unread(cast.kitchen, len(STORY))
    await ana.enter(cast.kitchen)
    await expect(ana.new_line).to_be_in_viewport()
    await expect(ana.line("Message 1.")).to_be_in_viewport()
    await expect(ana.lines).to_have_count(len(STORY))


async def test_a_page_loaded_before_a_backup_was_restored_shows_the_restored_history(
    wired: Wired, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = wired
    await ana.say("Before the backup was restored")
    await ana.expect_lines("Before the backup was restored")
    await wire.cut()
    await ana.page.reload()
    await ana.expect_lines("Before the backup was restored")
    theatre.do("restore_another_history", cast.garden.id, "After it")
    wire.mend()
    await ana.expect_lines("After it")


async def test_a_reply_that_cannot_be_used_does_not_end_the_catching_up(
    device: MakeDevice, bia: ChatPage, cast: Cast
) -> None:
    browser = await device()
    browser.watch.allow("uncaught: .* is not iterable")
    wire = await browser.wire()
    ana = await browser.enter(cast.ana, cast.garden)
    await ana.say("Is this on?")
    await ana.expect_lines("Is this on?")
    await wire.cut()
    await bia.say("One")
    await bia.expect_lines("Is this on?", "One")
    wire.forge_reply("catch_up", messages=None)
    wire.mend()
    await ana.say("Still on?")
    await bia.expect_lines("Is this on?", "One", "Still on?")
    await wire.cut()
    wire.mend()
    await ana.expect_lines("Is this on?", "One", "Still on?")


async def test_a_read_position_that_was_refused_is_not_told_again(wired: Wired, theatre: Theatre, cast: Cast) -> None:
    ana, wire = wired
    await ana.page.clock.install()
    await ana.page.reload()
    wire.forge_reply("read", ok=False, error={"code": "not_found", "detail": ""})
    theatre.posts(cast.garden, cast.bia, "One")
    await ana.expect_lines("One")
    await ana.page.clock.run_for(10_000)
    theatre.posts(cast.garden, cast.bia, "Two")
    await ana.expect_lines("One", "Two")
    for text in ("Three", "Four"):  # by the reply to one, the replies before it are there
        await ana.page.clock.run_for(10_000)
        await ana.say(text)
        await expect(ana.settled.last).to_contain_text(text)
    first, *others = [command["position"] for command in wire.sent("read")]
    assert first == 1
    assert others
    assert 1 not in others
