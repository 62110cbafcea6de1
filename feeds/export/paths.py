"""What there is to export, in the order of asking, and the file that stands for each address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds.syndication.addresses import archive_path, feed_path, item_path
from feeds.syndication.formats import FORMATS, PAGED
from feeds.web.i18n import INTERFACES, with_language
from feeds.web.subjects import month_paths
from storage.happenings import event_days
from storage.items import shown_uuids
from storage.log import closed_blocks, list_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from storage.engine import Connection

# Answered anew for each request, or about this server and not about its feeds.
NOT_EXPORTED = ("/healthz", "/metrics", "/status", "/select", "/status", "/errors/")


def paths(conn: Connection, fixed: tuple[str, ...]) -> Iterator[str]:
    """Every address: those that hold no name (`fixed`), those of each feed, those of each item.

    Pages are there in each language of the interface, but those of days and items only in the operator's.
    """
    for path in fixed:
        yield from _pages(path) if "." not in path else (path,)
    for kind in ("latest", "topic", "actor"):
        for feed in list_feeds(conn, kind):
            path = feed_path(feed.key)
            yield from _pages(path)
            yield from (f"{path}.{suffix}" for suffix in FORMATS)
            if kind != "latest":
                yield f"{path}.opml"
            for month in month_paths(conn, feed):
                yield from _pages(month)
            for block in range(1, closed_blocks(feed.head) + 1):
                yield from (f"{archive_path(feed.key, block)}.{suffix}" for suffix in PAGED)
    yield from _calendar(event_days(conn))
    for uuid in shown_uuids(conn):
        yield item_path(uuid)
        yield f"{item_path(uuid)}.json"
        yield f"{item_path(uuid)}.ics"


def _calendar(days: Sequence[date]) -> Iterator[str]:
    """Each day with events, and each month from the first of them to the last."""
    yield from (f"/calendar/{day}" for day in days)
    if days:
        for number in range(_month(days[0]), _month(days[-1]) + 1):
            yield from _pages(f"/calendar/{number // 12:04}-{number % 12 + 1:02}")


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _pages(path: str) -> Iterator[str]:
    yield path
    yield from (with_language(path, code) for code in INTERFACES)


def file_name(address: str, media_type: str) -> str:
    """The file for an address: `topics/space.html` for the page of `topics/space.atom`, `ui/ko/…` in a language."""
    path, _, query = address.partition("?")
    name = unquote(path).lstrip("/") or "index"
    folder = f"ui/{query.rpartition('=')[2]}/" if query else ""
    return f"{folder}{name}{'.html' if media_type.startswith('text/html') else ''}"
