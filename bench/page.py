"""The room page in Chromium, of a room with 100,000 messages: how soon it can be used, and what it weighs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.async_api import Browser

from bench.lib.report import heading, table
from bench.lib.serving import Served, served
from bench.lib.visit import SLOWER, Traffic, signed_in, visit
from chat.tests.services.chromium import running_chromium

MESSAGES = 100_000
RUNS = 11
STAGES = {
    "answered": "the server's answer begins",
    "painted": "something is painted",
    "scripts": "the scripts have run",
    "drawn": "the newest message stands there, and one may write",
    "greeted": "the socket is greeted",
    "usable": "all of it, and painted",
    "worked": "time that the page's main thread worked until then",
}
Times = dict[str, Any]


@dataclass(frozen=True)
class Weight:
    requests: int = 0
    hosts: int = 0
    scripts: int = 0
    styles: int = 0

    def rows(self) -> list[list[str]]:
        return [
            ["requests", f"{self.requests}, to {self.hosts} host"],
            ["scripts, uncompressed", f"{self.scripts / 1000:.1f} KB"],
            ["styles, uncompressed", f"{self.styles / 1000:.1f} KB"],
            ["together", f"{(self.scripts + self.styles) / 1000:.1f} KB"],
        ]


async def weigh(traffic: Traffic) -> Weight:
    scripts, styles = await traffic.size(".js"), await traffic.size(".css")
    return Weight(len(traffic.responses), len(traffic.hosts), scripts, styles)


async def first_visits(browser: Browser, site: Served, user: int, address: str) -> tuple[list[Times], Weight]:
    """With nothing in the browser's cache; and what the last of them weighed."""
    times, weight = [], Weight()
    for _ in range(RUNS):
        context = await signed_in(browser, site, user)
        page, traffic, took = await visit(context, address)
        await page.wait_for_load_state("networkidle")
        weight = await weigh(traffic)
        times.append(took)
        await context.close()
    return times, weight


async def later_visits(browser: Browser, site: Served, user: int, address: str) -> list[Times]:
    """With scripts and styles in the cache."""
    context = await signed_in(browser, site, user)
    times = []
    for _ in range(RUNS + 1):
        page, _, took = await visit(context, address)
        times.append(took)
        await page.close()
    await context.close()
    return times[1:]


def row(stage: str, *visits: list[Times]) -> list[str]:
    return [STAGES[stage], *(f"{median(one[stage] for one in times):.0f} ms" for times in visits)]


async def main() -> None:
    heading("page", f"A room of {MESSAGES:,} messages, on a processor {SLOWER} times slower")
    with served() as site:
        ana, *others = site.do("people")
        room = site.do("room", "workshop", [ana, *others], MESSAGES)
        address = f"{site.url}/rooms/{room}/"
        async with running_chromium() as browser:
            first, weight = await first_visits(browser, site, ana, address)
            later = await later_visits(browser, site, ana, address)
    table([f"median of {RUNS} visits", "first", "later"], [row(stage, first, later) for stage in STAGES])
    table(["first visit", ""], weight.rows())


if __name__ == "__main__":
    asyncio.run(main())
