"""What people write stays text."""

from __future__ import annotations

from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import Cast, Theatre

ATTACK = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


async def test_markup_in_a_message_is_inert(ana: ChatPage, bia: ChatPage) -> None:
    await ana.say(ATTACK)
    for page in (ana, bia):
        await page.expect_lines(ATTACK)
        await page.page.reload()
        await page.expect_lines(ATTACK)
        await expect(page.lines.locator("img, script")).to_have_count(0)
        assert await page.page.evaluate("typeof window.hacked") == "undefined"


async def test_markup_in_a_draft_that_waits_is_inert(device: MakeDevice, cast: Cast) -> None:
    ana = await (await device()).tab()
    await ana.page.route_web_socket("**/ws/chat/", lambda _socket: None)  # it opens, and never answers
    await ana.sign_in(cast.ana, cast.garden)
    await ana.say(ATTACK)
    await expect(ana.pending.locator("[data-part=body]")).to_have_text(ATTACK)
    await expect(ana.lines.locator("img, script")).to_have_count(0)


async def test_markup_in_the_name_of_a_person_or_a_room_is_inert(theatre: Theatre, device: MakeDevice) -> None:
    mallory = theatre.person("<b>Mallory</b></script><script>window.hacked=1</script>")
    ana = theatre.person("Ana Souza")
    room = theatre.room("</script><i>den</i>", ana, mallory)
    pages = []
    for person in (mallory, ana):
        page = await (await device()).tab()
        await page.sign_in(person, room)
        pages.append(page)
    await pages[1].say("Is anybody there?")  # typing is told only to who has the room open by then
    await pages[0].expect_lines("Is anybody there?")
    await pages[0].composer.fill("Who am I?")
    await expect(pages[1].typing).to_have_text(f"{mallory.name} is typing…")
    await pages[0].composer.press("Enter")
    for page in pages:
        await expect(page.line("Who am I?").locator("[data-part=author]")).to_have_text(mallory.name)
        await expect(page.heading).to_have_text(room.name)
        await expect(page.page.locator("#sidebar :is(b, i), main :is(b, i):not(.composer__hint *)")).to_have_count(0)
        assert await page.page.evaluate("typeof window.hacked") == "undefined"


async def test_a_link_in_a_message_gives_nothing_away(ana: ChatPage) -> None:
    await ana.say("See https://example.org/ and [this](javascript:window.hacked=1)")
    link = ana.lines.get_by_role("link")
    await expect(link).to_have_count(1)
    await expect(link).to_have_attribute("href", "https://example.org/")
    rel = (await link.get_attribute("rel") or "").split()
    assert {"noopener", "nofollow"} <= set(rel)


async def test_every_page_comes_with_a_strict_policy(ana: ChatPage, cast: Cast) -> None:
    for path in (cast.garden.path, "/login/", "/account/sessions/", "/account/password/"):
        answer = await ana.page.request.get(ana.url + path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
