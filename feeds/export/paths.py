"""What there is to export, in the order of asking, with what each address hangs on, and the file that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeds.syndication.addresses import archive_path, feed_path, item_path
from feeds.syndication.formats import FORMATS, PAGED
from feeds.text import digest
from feeds.web.i18n import INTERFACES, with_language
from feeds.web.lists import name_paths
from feeds.web.subjects import month_paths
from storage.happenings import event_days
from storage.items import shown_uuids
from storage.log import closed_blocks, list_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from storage.engine import Connection
    from storage.types import Feed

# Answered anew for each request, or about this server and not about its feeds.
NOT_EXPORTED = ("/healthz", "/metrics", "/status", "/select", "/errors/")


class Address(NamedTuple):
    """A path with its query; while its `stamp` is the same, so are its bytes. Without one it has to be asked for."""

    path: str
    stamp: str = ""


def addresses(conn: Connection, fixed: tuple[str, ...], mark: str, today: date) -> Iterator[Address]:
    """Every address: those that hold no name (`fixed`), those of each feed, those of each item.

    `mark` stands for whatever shows in a feed or on its pages beside the feed itself. Pages are there in each language
    of the interface, but those of days and items only in the operator's.
    """
    for path in fixed:
        yield from map(Address, _pages(path) if "." not in path else (path,))
    for names in (*name_paths(conn, "topic"), *name_paths(conn, "actor")):
        yield from map(Address, _pages(names))
    for kind in ("latest", "topic", "actor"):
        for feed in list_feeds(conn, kind):
            stamp = digest(mark, str(feed.id), str(feed.version))[:16]
            yield from (Address(path, stamp) for path in _of_feed(conn, feed))
    yield from map(Address, _calendar(event_days(conn), today))
    for uuid in shown_uuids(conn):
        yield from (Address(f"{item_path(uuid)}{suffix}") for suffix in ("", ".json", ".ics"))


def _of_feed(conn: Connection, feed: Feed) -> Iterator[str]:
    path = feed_path(feed.key)
    yield from _pages(path)
    yield from (f"{path}.{suffix}" for suffix in FORMATS)
    if feed.key.kind != "latest":
        yield f"{path}.opml"
    for month in month_paths(conn, feed) if feed.size else ():
        yield from _pages(month)
    for block in range(1, closed_blocks(feed.head) + 1):
        yield from (f"{archive_path(feed.key, block)}.{suffix}" for suffix in PAGED)


def _calendar(days: Sequence[date], today: date) -> Iterator[str]:
    """Each day with events, and each month from the first of them to the last and to this one, which shows first."""
    yield from (f"/calendar/{day}" for day in days)
    if days:
        for number in range(_month(min(days[0], today)), _month(max(days[-1], today)) + 1):
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
