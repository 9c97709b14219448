"""The page of a room, with what people say in it."""

from __future__ import annotations

from io import BytesIO

from playwright.async_api import FilePayload, expect

from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.scenes.scene import scene
from chat.tests.browser.theatre import Cast
from chat.tests.pictures.samples import halves

TALK = (
    "Good **morning**, *all* of you. ~~No~~ news.\nSee https://example.org/minutes and `make run`.",
    "- the list\n- of things\n\n1. one\n2. two\n\n> said before",
    "```\nfor line in lines:\n    print(line)\n```",
    "مرحبا بكم في هذه الغرفة",
)


PROGRAM = """```python
@decorated
class Word(str):  # a comment
    def length(self) -> int:
        return len("text") + 42 if self and not None else 0
```
```diff
@@ -1 +1 @@
-old
+new
```
```html
<a href="/">link</a>
```"""


@scene("home")
async def no_room(device: Device, cast: Cast) -> ChatPage:
    await device.sign_in(cast.caio)  # which takes everybody into some rooms
    device.theatre.do("leave_every_room", cast.caio.id)
    tab = await device.tab()
    await tab.go("/")
    await expect(tab.page.get_by_role("heading", name="No room yet")).to_be_visible()
    return tab


@scene("room")
async def talk(device: Device, cast: Cast) -> ChatPage:
    """Messages of all kinds, unread ones here and elsewhere, and one's own in every state but those that are waiting."""
    device.theatre.posts(cast.garden, cast.bia, *TALK)
    device.theatre.posts(cast.kitchen, cast.bia, "The soup is ready")
    ana = await device.enter(cast.ana, cast.garden)
    for text in ("To be corrected", "To be taken back", "\x00refused"):
        await ana.say(text)
    await expect(ana.page.locator("#lines > [data-state=failed]")).to_be_visible()
    await ana.act("To be taken back", "Delete")
    await ana.dialog.get_by_role("button", name="Delete").click()
    await expect(ana.line("This message was deleted.")).to_be_visible()
    await ana.act("To be corrected", "Edit")
    await ana.say("Corrected")
    await expect(ana.line("Corrected")).to_contain_text("edited")
    await ana.line("Corrected").focus()
    return ana


@scene("room")
async def writing(device: Device, cast: Cast) -> ChatPage:
    """With somebody to be called, below messages that call and a program in all its colours."""
    device.theatre.posts(cast.garden, cast.bia, f"@{cast.ana.username} and @{cast.bia.username}", PROGRAM)
    tab = await device.enter(cast.ana, cast.garden)
    await tab.composer.press_sequentially("Ask @b")
    await expect(tab.page.locator("#suggestions [role=option]")).to_have_count(1)
    return tab


@scene("room")
async def talk_without_a_connection(device: Device, cast: Cast) -> ChatPage:
    wire = await device.wire()
    ana = await device.enter(cast.ana, cast.garden)
    await ana.say("It was")
    await ana.expect_lines("It was")
    await wire.cut()
    await ana.say("Nobody hears this")
    await ana.act("It was", "Edit")
    await expect(ana.page.get_by_text("Editing your message")).to_be_visible()
    await expect(ana.state_bar).to_have_text("Connecting again…")
    return ana


@scene("room")
async def own_menu(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    opener = ana.page.get_by_role("button", name="Rooms", exact=True)
    if await opener.is_visible():
        await opener.click()
    await ana.own_menu.click()
    await expect(ana.page.get_by_role("button", name="Sign out")).to_be_visible()
    return ana


@scene("room")
async def answers(device: Device, cast: Cast) -> ChatPage:
    """To what stands there, to what was deleted, and one that is being written."""
    theatre, garden = device.theatre, cast.garden
    theatre.posts(garden, cast.bia, "By the wall, or beside the path? " * 5, "Nonsense", "- a list\n- of things")
    for position, body in ((1, "By the wall"), (2, "What was that?"), (3, "All of them")):
        theatre.do("reply", garden.id, cast.bia.id, position, body)
    theatre.do("delete", garden.id, cast.bia.id, 2)
    ana = await device.enter(cast.ana, garden)
    await expect(ana.quote("What was that?")).to_contain_text("deleted")
    await ana.act("All of them", "Reply")
    await expect(ana.replying).to_contain_text("All of them")
    return ana


@scene("room")
async def far_back_without_a_connection(device: Device, cast: Cast) -> ChatPage:
    """Among old messages, below which stands what one has just written; newer ones, between the two, do not come."""
    device.watch.allow("net::ERR_FAILED .*/messages/")
    wire = await device.wire()
    device.theatre.posts(cast.garden, cast.bia, *(f"Message {number}." for number in range(1, 201)))
    device.theatre.do("read_all", cast.garden.id, cast.ana.id)
    ana = await device.visit(cast.ana, cast.garden.link(20))
    await ana.expect_visited("Message 20.")
    await device.context.route("**/messages/?*", lambda route: route.abort())
    await wire.cut()
    await ana.say("Nobody hears this")
    await expect(ana.gap).to_have_text("Newer messages stand between")
    await ana.gap.scroll_into_view_if_needed()
    await expect(ana.page.locator("#timeline-bottom")).to_contain_text("could not be loaded")
    return ana


def pictures() -> list[FilePayload]:
    """Two, as somebody picks them."""
    found: list[FilePayload] = []
    for name, size in (("kites.png", (800, 500)), ("the long way home.png", (300, 900))):
        content = BytesIO()
        halves(size).save(content, "PNG")
        found.append({"name": name, "mimeType": "image/png", "buffer": content.getvalue()})
    return found


@scene("room")
async def files(device: Device, cast: Cast) -> ChatPage:
    """Some that were sent, and some that are about to be, one of which the server does not want."""
    device.watch.allow("status of 422")
    ana = await device.enter(cast.ana, cast.garden)
    notes: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
    broken: FilePayload = {"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    uploads = ana.page.locator("[data-upload]")
    for chosen in ([*pictures(), notes], [*pictures(), broken]):
        await ana.page.set_input_files("#file-input", chosen)
        await expect(ana.page.locator("[data-upload]:is([data-state=done], [data-state=failed])")).to_have_count(3)
        if chosen[-1] is notes:
            await ana.say("Here they are")
            await ana.expect_lines("Here they are")
    await expect(uploads.last).to_contain_text("damaged")
    return ana


@scene("viewer")
async def full_view(device: Device, cast: Cast) -> ChatPage:
    ana = await device.enter(cast.ana, cast.garden)
    await ana.page.set_input_files("#file-input", pictures())
    await expect(ana.page.locator("[data-upload][data-state=done]")).to_have_count(2)
    await ana.say("Look")
    await ana.expect_lines("Look")
    await ana.page.get_by_role("link", name="kites.png").click()
    await expect(ana.dialog).to_contain_text("1 / 2")
    return ana
