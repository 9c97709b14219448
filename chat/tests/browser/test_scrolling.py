"""The view of a list stays where the reader is."""

from __future__ import annotations

import pytest

from chat.tests.browser.conftest import MakeDevice

MODULE = "/static/chat/js/ui/scroller.js"
# Scrolled and added to in one turn: the event of scrolling comes with the frame after it.
ADD_A_LINE = """async ([module, top]) => {
  const { Scroller } = await import(module);
  const [view, list] = [document.createElement("div"), document.createElement("div")];
  const line = () => Object.assign(document.createElement("p"), { textContent: "A line" });
  Object.assign(view.style, { height: "200px", overflow: "auto" });
  list.append(...Array.from({ length: 50 }, line));
  view.append(list);
  document.body.append(view);
  const scroller = new Scroller(view, list, () => {});
  scroller.toBottom();
  if (top !== null) view.scrollTo(0, top);
  scroller.steady(() => list.append(line()));
  return [view.scrollTop, view.scrollHeight - view.clientHeight];
}"""


@pytest.mark.parametrize("top", [300, None], ids=["scrolled", "at the end"])
async def test_a_line_that_comes_right_after_one_scrolled_up_takes_nobody_down(
    device: MakeDevice, top: int | None
) -> None:
    page = await (await device()).tab()
    await page.go("/login/")
    at, end = await page.page.evaluate(ADD_A_LINE, [MODULE, top])
    assert at == (end if top is None else top)
