"""The session's row and its data, written from a socket and by pages at once: nothing is lost.

Where SQLite's one lock is not to be had for a second, either side is told so, and asks again.
"""

import asyncio
from itertools import count, takewhile
from threading import Event

import pytest
from django.db import OperationalError, connections
from django.test import Client

from chat.models import Session
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial, Talk

TIMES = 1_000
FEWEST_CHANGES = 20  # or the pages have hardly written meanwhile


def change_passwords(browser: Client, passwords: list[str], enough: Event) -> None:
    """Append one password after another. Each writes the session's data and gives the cookie a new value."""
    try:
        while not enough.is_set():
            new = f"battery staple {len(passwords)}"
            if changed(browser, passwords[-1], new):
                passwords.append(new)
    finally:
        connections.close_all()


def changed(browser: Client, present: str, new: str) -> bool:
    try:
        fields = {"old_password": present, "new_password1": new, "new_password2": new}
        assert browser.post("/account/password/", fields)["Location"] == "/account/password/"
    except OperationalError:
        return False
    return True


async def open_room(socket: Talk, number: int, room: int) -> None:
    code = "unavailable"
    while code == "unavailable":
        reply = await socket.ask(type="open", ref=f"{number}", room=room)
        code = "" if reply["ok"] else reply["error"]["code"]
    assert not code


@pytest.mark.timeout(300)
async def test_a_thousand_rooms_opened_while_the_password_is_changed_over_and_over(cast: Cast, dial: Dial) -> None:
    device, key = cast.ana.session.device, cast.ana.session.session_key
    socket, browser, passwords, enough = await dial(cast.ana), Client(), ["correct horse"], Event()
    browser.cookies["sessionid"] = key
    pages = asyncio.create_task(asyncio.to_thread(change_passwords, browser, passwords, enough))
    try:
        for number in takewhile(lambda done: done < TIMES or len(passwords) <= FEWEST_CHANGES, count()):
            assert not pages.done()
            room = (cast.general, cast.garden)[number % 3 % 2]
            await open_room(socket, number, room.pk)
            assert await Session.objects.filter(device=device, last_room=room).aexists()
    finally:
        enough.set()
        await pages

    row = await Session.objects.aget(device=device)
    assert row.session_key == browser.cookies["sessionid"].value != key
    home = await asyncio.to_thread(browser.get, "/")
    assert home["Location"] == f"/rooms/{room.pk}/"
