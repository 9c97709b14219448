"""Takes the README's pictures of a served site with a conversation in it: `make screenshots`."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from chat.tests.browser.device import Device
from chat.tests.browser.theatre import Person, Place, Theatre
from chat.tests.services.chromium import running_chromium
from chat.tests.services.site import Site

IMAGES = Path(__file__).parent / "images"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PICTURES: dict[str, dict[str, Any]] = {
    "room-light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "room-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": PHONE | {"color_scheme": "light"},
    "phone-dark": PHONE | {"color_scheme": "dark"},
}
TALK = [
    ("yesterday 17:41", "Bia", "The printer is booked for Thursday. We need the final files by *Wednesday noon*."),
    ("yesterday 17:43", "Caio", "Then I finish the map tonight."),
    ("09:02", "Ana", "Good morning! I read the programme once more. Three things are open:"),
    ("09:03", "Ana", "1. the page with the **workshops**\n2. who opens the doors at eight\n3. the photo on the cover"),
    ("09:10", "Caio", "The map is done. I left it in the shared folder as `map-final.svg`, for once really final."),
    ("09:12", "Bia", "I take the doors, my key still works."),
    ("09:12", "Bia", "And the workshops: I have all the names but one, Dona Célia calls back this afternoon. @{ana}, can you ask her at lunch?"),
    ("09:20", "Ana", "Wonderful, thank you both. The photo then:\n\n> children with kites on the school field, seen from the roof"),
    ("09:24", "Ana", "Decided. I put everything together and send it to the printer tomorrow morning."),
]  # fmt: skip
# To which line, who, and what.
REACTIONS = [(5, "Ana", "🎉"), (5, "Bia", "🎉"), (5, "Bia", "❤️"), (9, "Bia", "👍"), (9, "Caio", "👍")]
ANSWER = ("09:26", "Then @{ana} has them on Wednesday at ten.")


def moment(when: str) -> str:
    """“yesterday 17:41” or “09:02”, as a time in UTC."""
    day, _, clock = when.rpartition(" ")
    hour, minute = map(int, clock.split(":"))
    today = datetime.now(UTC).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (today - timedelta(days=bool(day))).isoformat()


def play(theatre: Theatre) -> tuple[Person, Place]:
    """A room in which three people talk, as Ana sees it, and others in which she has something to read."""
    people = {name.split()[0]: theatre.person(name) for name in ("Ana Souza", "Bia Lima", "Caio Reis")}
    ana, bia, caio = people.values()
    stage = theatre.room("summer fair", *people.values())
    usernames = {name.lower(): person.username for name, person in people.items()}
    for _when, name, body in TALK:
        theatre.posts(stage, people[name], body.format(**usernames))
    theatre.do("reply", stage.id, caio.id, 1, ANSWER[1].format(**usernames))
    theatre.do("retime", stage.id, [moment(when) for when, *_rest in [*TALK, ANSWER]])
    for position, name, emoji in REACTIONS:
        theatre.do("react", stage.id, people[name].id, position, emoji)
    theatre.do("read_all", stage.id, ana.id)
    others = [
        theatre.room(name, *people.values(), kind="open") for name in ("kitchen", "lost and found", "school garden")
    ]
    theatre.posts(others[0], caio, "Who has the big pan?", "Found it.", "Coffee at ten.")
    theatre.posts(others[2], bia, "The tomatoes have to be watered.")
    theatre.room("parents' board", ana, bia)
    return ana, stage


async def take(browser: Browser, theatre: Theatre, person: Person, room: Place) -> None:
    for name, options in PICTURES.items():
        context = await browser.new_context(locale="en-GB", timezone_id="UTC", **options)
        page = await Device(context, theatre).enter(person, room)
        await page.composer.fill("")
        await page.page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")
        await context.close()


async def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    directory = Path(tempfile.mkdtemp(prefix="prosa-screenshots-"))
    site = Site(directory)
    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--no-input", "--verbosity=0")
    theatre = Theatre(site, site.daphne())
    try:
        person, room = play(theatre)
        async with running_chromium() as browser:
            await take(browser, theatre, person, room)
    finally:
        theatre.close()
        site.close()
        shutil.rmtree(directory)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
