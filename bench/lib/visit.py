"""A visit to a room in Chromium, on a processor four times slower than this one, and what it took."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Response

from bench.lib.serving import Served

SLOWER = 4
# Notes when the room can be used: one may write, the newest line is painted, and the server has greeted.
WATCH = """
(() => {
  let usable;
  const marks = (window.marks = { shifts: [] });
  window.onceUsable = new Promise((resolve) => (usable = resolve));
  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => (marks.greeted ??= performance.now()));
    }
  };
  new PerformanceObserver((list) => marks.shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  const inView = (element) => element && element.getBoundingClientRect().top < innerHeight;
  const look = () => {
    const composer = document.getElementById("composer");
    const lines = document.querySelectorAll("#lines > [data-line=message]");
    const drawn = composer && !composer.hidden && inView(lines[lines.length - 1]);
    if (drawn) marks.drawn ??= performance.now();
    // After the frame that shows it.
    if (drawn && marks.greeted) requestAnimationFrame(() => setTimeout(() => usable(marks.usable = performance.now())));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
TIMES = """() => {
  const [{ responseStart, domContentLoadedEventEnd }] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return { answered: responseStart, painted: paint.startTime, scripts: domContentLoadedEventEnd, ...window.marks };
}"""


@dataclass
class Traffic:
    """What a page asked for."""

    hosts: set[str] = field(default_factory=set)
    responses: list[Response] = field(default_factory=list)

    def note(self, response: Response) -> None:
        self.hosts.add(urlsplit(response.url).netloc)
        self.responses.append(response)

    async def size(self, ending: str) -> int:
        """The bytes of all files of a kind, as they are used: not as they travel."""
        return sum([len(await one.body()) for one in self.responses if urlsplit(one.url).path.endswith(ending)])


class Processor:
    """The browser's processor, as one page has it."""

    def __init__(self, client: CDPSession) -> None:
        self._client = client

    @classmethod
    async def of(cls, page: Page) -> Processor:
        client = await page.context.new_cdp_session(page)
        await client.send("Performance.enable", {"timeDomain": "threadTicks"})
        return cls(client)

    async def slow_down(self, times: int = SLOWER) -> None:
        await self._client.send("Emulation.setCPUThrottlingRate", {"rate": times})

    async def spent(self) -> float:
        """How long the page's main thread has worked, in ms: whatever else the machine did meanwhile."""
        return 1000 * await self._metric("TaskDuration")

    async def memory(self) -> float:
        """What the page's scripts hold, in bytes."""
        await self._client.send("HeapProfiler.collectGarbage")
        return await self._metric("JSHeapUsedSize")

    async def _metric(self, name: str) -> float:
        metrics: list[dict[str, Any]] = (await self._client.send("Performance.getMetrics"))["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == name))


async def signed_in(browser: Browser, site: Served, user: int) -> BrowserContext:
    context = await browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    key = site.do("session_key", user)
    await context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
    return context


async def visit(context: BrowserContext, url: str) -> tuple[Page, Traffic, dict[str, Any]]:
    """The page once it can be used, what it asked for, and when what had happened, in ms after the navigation began."""
    page = await context.new_page()
    traffic = Traffic()
    page.on("response", traffic.note)
    await page.add_init_script(WATCH)
    processor = await Processor.of(page)
    await processor.slow_down()
    await page.goto(url, wait_until="commit")
    await page.evaluate("onceUsable")
    worked = await processor.spent()
    return page, traffic, {"worked": worked, **await page.evaluate(TIMES)}
