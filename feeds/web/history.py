"""The rest of a feed: its window with the way into the past, closed blocks, and what came after a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.errors import NotFound
from feeds.syndication.addresses import archive_path, feed_path, with_suffix
from feeds.syndication.build import build
from feeds.syndication.cursor import read_cursor, write_cursor
from feeds.syndication.document import Channel, Paging
from feeds.syndication.writing import write
from feeds.web import site
from feeds.web.answers import answer_written
from feeds.web.links import links_of_part
from feeds.web.parameters import limit
from storage.briefs import with_carriers
from storage.calendar import dated_entries
from storage.groups import with_groups
from storage.history import archive, since, tombstones
from storage.log import closed_blocks, window
from storage.state import get_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from feeds.syndication.document import FeedDocument
    from feeds.syndication.formats import Format
    from feeds.web.site import Site
    from storage.engine import Connection
    from storage.types import Entry, Feed

_PAGE = 100  # moves that a page after a cursor tells


def channel(here: Site) -> Channel:
    """What of the settings shows in a feed."""
    settings = here.settings
    return Channel(settings.base_url, settings.title, settings.content, settings.max_age)


def window_document(conn: Connection, feed: Feed, known: Channel, store_id: str) -> FeedDocument:
    """The newest entries, the tombstones among them, where the past begins, and the cursor of this moment."""
    closed = closed_blocks(feed.head)
    entries = window(conn, feed)
    paging = Paging(
        current=None,
        previous=known.base_url + archive_path(feed.key, closed) if closed else None,
        cursor=write_cursor(store_id, feed, feed.head),
    )
    return document(conn, feed, entries, known, paging=paging, departures=tombstones(conn, feed))


def calendar_document(conn: Connection, feed: Feed, known: Channel) -> FeedDocument:
    """The entries that hold the latest event dates of the feed."""
    return document(conn, feed, dated_entries(conn, feed), known)


def written(path: str, form: Format, told: FeedDocument) -> bytes:
    """Write a document, without the entries that cannot be written: those are noted, and the feed goes on."""
    result = write(form, told)
    site.current().faults.left_out(path, result.faults)
    return result.data


def document(conn: Connection, feed: Feed, entries: Sequence[Entry], known: Channel, **told: Any) -> FeedDocument:
    """Build a document of entries, with the names and groups that the store has for them."""
    return build(feed, with_groups(conn, with_carriers(conn, entries)), site.current().names.read(conn), known, **told)


def answer_archive(conn: Connection, feed: Feed, form: Format, block: int) -> Response:
    """Answer with a closed block. Its bytes are its validator: what happens elsewhere in the feed does not change them.

    Raises:
        NotFound: the block is still open, and its items are in the window; or there is none of this number.

    """
    entries = archive(conn, feed, block)
    if entries is None:
        raise NotFound("There is no such archive (yet): the newest items are in the feed itself.")
    known, closed = channel(site.current()), closed_blocks(feed.head)
    address, own = known.base_url + feed_path(feed.key), archive_path(feed.key, block)
    paging = Paging(
        archive=True,
        here=known.base_url + own,
        current=address,
        previous=known.base_url + archive_path(feed.key, block - 1) if block > 1 else None,
        # After the newest archive comes the feed itself; an archive that leads nowhere counts as incomplete.
        following=known.base_url + archive_path(feed.key, block + 1) if block < closed else address,
    )
    path = with_suffix(own, form.suffix)

    def make() -> bytes:
        gone = tombstones(conn, feed, block)
        return written(path, form, document(conn, feed, entries, known, paging=paging, departures=gone))

    return answer_written(path, form.media_type, make, links_of_part(site.current(), own, feed_path(feed.key), form))


def answer_since(conn: Connection, feed: Feed, form: Format, cursor: str) -> Response:
    """Answer with what came after a cursor, oldest first, and the next cursor.

    Raises:
        BadRequest: the cursor or `limit` is none.
        Gone: the cursor is of another feed, or of an earlier life of the store.

    """
    store_id = get_state(conn).store_id
    most = limit()
    entries, departures, reached = since(conn, feed, read_cursor(cursor, store_id, feed), most or _PAGE)
    known = channel(site.current())
    following, own = write_cursor(store_id, feed, reached), _after(feed, cursor, most)
    paging = Paging(
        here=known.base_url + own,
        current=known.base_url + feed_path(feed.key),
        cursor=following,
        later=known.base_url + _after(feed, following, most) if reached < feed.head else None,
    )
    path = with_suffix(own, form.suffix)

    def make() -> bytes:
        return written(path, form, document(conn, feed, entries, known, paging=paging, departures=departures))

    return answer_written(path, form.media_type, make, links_of_part(site.current(), own, feed_path(feed.key), form))


def _after(feed: Feed, cursor: str, most: int | None) -> str:
    """The path of what came after a cursor, with the limit that was asked for."""
    return f"{feed_path(feed.key)}?since={cursor}" + (f"&limit={most}" if most else "")
