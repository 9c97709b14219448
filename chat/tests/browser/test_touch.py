"""What is pressed with a thumb is large enough for one."""

from __future__ import annotations

import pytest

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.scenes import Play, dialogs, pages, rooms, talk
from chat.tests.browser.sheets import PHONE
from chat.tests.browser.theatre import Cast

LEAST = 40
# In a line of text, as the name above a message is; or pressed by the whole of what is around it, as a radio by its label.
WITHIN_OTHERS = (
    ".prose *, .message__head *, .message__more, .avatar, .hit__link, .wordmark, label *, .jump-to *, .composer__box *"
)
# In the dialog on top, or in the page where none is open.
TOO_SMALL = """([least, within]) => {
  const root = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const isThere = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert], .visually-hidden, .skip");
  const isSmall = ({ width, height }) => width > 1 && Math.min(width, height) < least;
  return [...root.querySelectorAll("a, button, summary, label.check, [role=option], .field__input")]
    .filter((one) => isThere(one) && !one.matches(within) && isSmall(one.getBoundingClientRect()))
    .map((one) => one.outerHTML.slice(0, 200));
}"""
SCENES = [
    talk.answers,
    dialogs.card,
    pages.devices,
    talk.files,
    talk.full_view,
    pages.nothing_found,
    talk.own_menu,
    pages.profile_refused,
    dialogs.shortcuts,
    talk.talk,
    rooms.browse,
    rooms.create_refused,
    rooms.members,
    rooms.room_menu,
]


@pytest.mark.parametrize("play", SCENES, ids=lambda play: play.__name__)
async def test_what_is_pressed_is_large_enough(play: Play, device: MakeDevice, cast: Cast) -> None:
    page = await play(await device(**PHONE), cast)
    assert await page.look(TOO_SMALL, [LEAST, WITHIN_OTHERS]) == []


async def test_what_is_too_small_is_found(device: MakeDevice, cast: Cast) -> None:
    page = await rooms.members(await device(**PHONE), cast)
    await page.dialog.get_by_role("button", name="Close").evaluate("(button) => (button.style.minBlockSize = 0)")
    await page.dialog.get_by_role("button", name="Close").evaluate("(button) => (button.style.padding = 0)")
    (found,) = await page.look(TOO_SMALL, [LEAST, WITHIN_OTHERS])
    assert "Close" in found
