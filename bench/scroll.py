"""Reading back through thousands of messages and down again, on a slow processor: how smooth it is, and what it keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from statistics import median, quantiles

from playwright.async_api import Page

from bench.lib.report import heading, table
from bench.lib.serving import served
from bench.lib.visit import SLOWER, Processor, signed_in, visit
from chat.tests.services.chromium import running_chromium

MESSAGES = 100_000
BACK = 10_000
PIXELS = 600  # a frame: with sixty of them a second, more than forty screens
SAID = 10
# A hand that keeps turning the wheel until a message stands at that end; the times between frames, in ms.
TURN = """([pixels, goal]) => new Promise((resolve) => {
  const timeline = document.getElementById("timeline");
  const frames = [];
  let last;
  const isThere = () => {
    const lines = [...document.getElementById("lines").children].filter((line) => line.dataset.position);
    const position = Number(pixels < 0 ? lines[0].dataset.position : lines[lines.length - 1].dataset.position);
    const atEnd = timeline.scrollTop + timeline.clientHeight >= timeline.scrollHeight - 1;
    return pixels < 0 ? position <= goal : position >= goal && atEnd;
  };
  const step = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    if (frames.length % 10 === 0 && isThere()) return resolve(frames);
    timeline.scrollTop += pixels;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
# Says something, and waits until it stands there settled and painted.
SAY = """async (times) => {
  const body = document.getElementById("body");
  const lines = document.getElementById("lines");
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (let said = 0; said < times; said += 1) {
    body.value = `Number ${said}`;
    document.getElementById("composer").requestSubmit();
    do await frame(); while (lines.lastElementChild.dataset.state !== "settled");
  }
}"""
HELD = "() => [document.querySelectorAll('#lines > [data-line=message]').length, document.querySelectorAll('*').length]"


@dataclass(frozen=True)
class Turn:
    frames: list[float]
    worked: float

    def row(self, name: str) -> list[str]:
        late = quantiles(self.frames, n=20)[-1]
        times = (median(self.frames), late, max(self.frames), self.worked / len(self.frames))
        return [name, str(len(self.frames)), *(f"{time:.0f} ms" for time in times)]


async def turn(page: Page, processor: Processor, pixels: int, goal: int) -> Turn:
    before = await processor.spent()
    frames = await page.evaluate(TURN, [pixels, goal])
    return Turn(frames, await processor.spent() - before)


async def cost(processor: Processor, work: Awaitable[object]) -> float:
    before = await processor.spent()
    await work
    return await processor.spent() - before


async def main() -> None:
    heading("scroll", f"{BACK:,} messages up and down again, on a processor {SLOWER} times slower")
    with served() as site:
        ana, *others = site.do("people")
        room = site.do("room", "workshop", [ana, *others], MESSAGES)
        async with running_chromium() as browser:
            context = await signed_in(browser, site, ana)
            page, _, _ = await visit(context, f"{site.url}/rooms/{room}/")
            processor = await Processor.of(page)
            at_first = await cost(processor, page.evaluate(SAY, SAID))
            up = await turn(page, processor, -PIXELS, MESSAGES - BACK)
            lines, elements = await page.evaluate(HELD)
            memory = await processor.memory()
            down = await turn(page, processor, PIXELS, MESSAGES + SAID)
            later = await cost(processor, page.evaluate(SAY, SAID))
    columns = ["", "frames", "median", "95 of 100 within", "longest", "work a frame"]
    table(columns, [up.row("up"), down.row("down")])
    table(
        ["", ""],
        [
            ["messages in the page, at the far end", f"{lines:,}"],
            ["elements of the page", f"{elements:,}"],
            ["memory of its scripts", f"{memory / 1e6:.1f} MB"],
            ["work for one's own message, at first", f"{at_first / SAID:.0f} ms"],
            ["work for one's own message, afterwards", f"{later / SAID:.0f} ms"],
        ],
    )


if __name__ == "__main__":
    asyncio.run(main())
