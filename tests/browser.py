"""A real Chromium on a real server for the tests of the pages; Debian's browser, since none is downloaded."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from feeds.settings import Settings
from feeds.web.app import create_app
from tests.server import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from storage.engine import Store

PHONE = {"width": 375, "height": 812}
DESK = {"width": 1280, "height": 900}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_browser() -> str | None:
    """Where Chromium or Chrome is installed, if it is."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run the browser; skip the test where there is none, or fail it where nothing may be skipped."""
    path = find_browser()
    if path is None:
        reason = "no Chromium is installed (Debian: apt install chromium)"
        if os.environ.get("DATELINE_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield running
        running.close()


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_args: Any) -> None:
        pass


@contextmanager
def served(store: Store, **settings: Any) -> Iterator[str]:
    """Serve the pages of a store on a free port of this machine, under the address that is given."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    app = create_app(Settings(**{"base_url": base, **settings}), store)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visit:
    """A page that is open, and what it did that no page of ours may do."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open a path; give its status."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer.status


@contextmanager
def visiting(browser: Browser, base: str, **options: Any) -> Iterator[Visit]:
    """Open a window without scripts that notes what the console says and which other hosts are asked."""
    context = browser.new_context(**{"viewport": DESK, "java_script_enabled": False, **options})
    visit = Visit(context.new_page(), base)
    visit.page.on("console", lambda said: visit.complaints.append(said.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("request", lambda asked: None if asked.url.startswith(base) else visit.strangers.append(asked.url))
    try:
        yield visit
    finally:
        context.close()
