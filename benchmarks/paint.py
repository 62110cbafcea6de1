"""How soon a reader sees something: `.venv/bin/python -m benchmarks.paint` looks at every kind of page in Chromium.

The sample articles are served by this process; each visit is in a new window with nothing kept, on a desk and on a
phone. Printed are the medians of the time to the first contentful paint as the browser reports it, the sum of layout
shifts (0 is none), and the bytes of the page with its stylesheets as they came (br).
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tests.browser import DESK, PHONE, launched, served
from tests.pictures import TOKEN, item_of, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATHS = (
    "/",
    "/latest",
    "/topics",
    "/actors",
    "/actors?ui=ko",
    "/actors/names/3",
    "/actors?name=kim",
    "/topics/trade-tariffs",
    "/actors/south-korea",
    "/actors/donald-trump+south-korea",
    "/latest/months/2025-11",
    "/calendar/2025-11",
    "/calendar/2025-11-04",
    "/select",
    "/select?q=topic:trade-tariffs%20-lang:zh",
    "/select?q=actor:nobody",
    "/status",
    "/nowhere",
    "/errors/503",
)
RUNS = 5
SOON, SMALL = 300.0, 60 * 1024
_SEEN = """() => new Promise(done => {
  const told = {shift: 0};
  new PerformanceObserver(list => list.getEntries().forEach(one => told.shift += one.value))
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(one => {
    if (one.name == "first-contentful-paint") setTimeout(() => done({...told, paint: one.startTime,
      bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter(one => one.entryType == "navigation" || one.initiatorType == "link")
        .reduce((sum, one) => sum + one.encodedBodySize, 0)}), 60)
  })).observe({type: "paint", buffered: true});
})"""


class Seen(NamedTuple):
    """What a visit told."""

    paint: float
    shift: float
    size: int


def main() -> None:
    with samples() as store, launched() as browser, served(store, status_token=TOKEN) as base:
        print(f"milliseconds to the first contentful paint, medians of {RUNS}; layout shift; KB with stylesheets")
        bad = [path for path in (*PATHS, item_of(store)) if not measure(browser, base, path)]
    print(f"beyond {SOON:.0f} ms, {SMALL // 1024} KB or with a shift: {', '.join(bad) or 'none'}")
    sys.exit(bool(bad))


def measure(browser: Browser, base: str, path: str) -> bool:
    """Print a line; tell whether the page keeps to the bounds."""
    desk, phone = ([visit(browser, base + path, size) for _ in range(RUNS)] for size in (DESK, PHONE))
    soon = [median(one.paint for one in seen) for seen in (desk, phone)]
    shift, size = max(one.shift for one in (*desk, *phone)), desk[0].size
    print(f"{path:45.45} {soon[0]:6.0f} desk {soon[1]:6.0f} phone  {shift:6.3f}  {size / 1024:5.1f} KB")
    return max(soon) < SOON and not shift and size < SMALL


def visit(browser: Browser, url: str, size: dict[str, int]) -> Seen:
    """Open a page in a new window, and ask the browser what it saw."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        http_credentials={"username": "operator", "password": TOKEN},
    )
    page = context.new_page()
    page.goto(url)
    told = page.evaluate(_SEEN)
    context.close()
    return Seen(told["paint"], told["shift"], told["bytes"])


if __name__ == "__main__":
    main()
