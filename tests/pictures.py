"""The pictures of the docs: `make pictures` reads the sample articles, serves them, and looks at them with Chromium."""

from __future__ import annotations

import base64
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.migrate import open_store
from storage.schema import events, items
from tests.browser import DESK, PHONE, launched, served
from tests.server import dateline, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from storage.engine import Store

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
TOKEN = "the-token-of-the-pictures"


def main() -> None:
    with samples() as store, launched() as browser, served(store, status_token=TOKEN) as base:
        take(browser, base, item_of(store))


@contextmanager
def samples() -> Iterator[Store]:
    """A store with the sample articles, read as `make run` reads them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/samples.db"
        env = environment(ROOT / "seeds", url)
        for words in (("db", "upgrade"), ("ingest", "--now")):
            done = dateline(*words, env=env)
            assert done.returncode == 0, done.stderr
        store = open_store(url)
        yield store
        store.dispose()


def item_of(store: Store) -> str:
    """The page of the sample that tells most event dates of those in English."""
    query = select(items.c.guid).join(events, events.c.item_id == items.c.id).where(items.c.language == "en")
    with store.read() as conn:
        guid: str = conn.execute(query.order_by(items.c.title).limit(1)).scalar_one()
    return f"/items/{guid.removeprefix('urn:uuid:')}"


def take(browser: Browser, base: str, item: str) -> None:
    shoot(browser, f"{base}/", "front.png")
    shoot(browser, f"{base}/actors/marco-rubio", "actor.png", scheme="dark")
    shoot(browser, f"{base}{item}", "item.png", hover="[aria-labelledby='actors'] .evidence a")
    shoot(browser, f"{base}/actors/south-korea?ui=ko", "phone.png", phone=True)
    shoot(browser, f"{base}/actors/donald-trump+south-korea", "selection.png")
    shoot(browser, f"{base}/select", "select.png")
    shoot(browser, f"{base}/calendar/2025-11", "calendar.png")
    shoot(browser, f"{base}/status", "status.png", scheme="dark")
    shoot_feed(browser, f"{base}/topics/trade-tariffs.atom", "feed.png")


def shoot(
    browser: Browser, url: str, name: str, *, scheme: str = "light", hover: str = "", phone: bool = False
) -> None:
    context = browser.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
        http_credentials={"username": "operator", "password": TOKEN},
    )
    page = context.new_page()
    page.goto(url)
    if hover:
        page.hover(hover)
    page.screenshot(path=FOLDER / name)
    context.close()


def shoot_feed(browser: Browser, url: str, name: str) -> None:
    """By DevTools' own command: Playwright's waits for ever in a document that is no HTML."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    picture = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "png"})
    (FOLDER / name).write_bytes(base64.b64decode(picture["data"]))
    context.close()


if __name__ == "__main__":
    main()
