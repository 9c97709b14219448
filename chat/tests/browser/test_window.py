"""What a timeline shows is never more, less or other than a stretch of what the server has."""

from __future__ import annotations

from pathlib import Path

from chat.tests.browser.conftest import MakeDevice

MODEL = (Path(__file__).parent / "window_model.js").read_text()
TIMELINE = "/static/chat/js/state/timeline.js"
GAMES = {"seeds": 1000, "steps": 400}


async def test_a_window_has_no_gap_whatever_comes_in_whichever_order(device: MakeDevice) -> None:
    page = await (await device()).tab()
    await page.go("/login/")
    assert await page.page.evaluate(MODEL, {"module": TIMELINE, **GAMES}) is None
