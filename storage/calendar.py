"""The event dates of a feed's items: which entries a calendar is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.items import items_by_id
from storage.log import LIVE
from storage.schema import events, feed_entries
from storage.types import Entry

if TYPE_CHECKING:
    from storage.engine import Connection
    from storage.types import Feed

MOST_DATES = 500  # in one calendar
_SMALL = 10_000  # items of a feed that are faster to go through than the dates of the whole store


def dated_entries(conn: Connection, feed: Feed) -> tuple[Entry, ...]:
    """Read the entries that hold the 500 latest event dates of a feed, however old the entries, highest position first.

    What is to come has the latest dates, so it is always among them; what is long past drops out first. No clock is
    asked.
    """
    if not feed.size:
        return ()
    rows = _of_small(conn, feed) if feed.size <= _SMALL else _of_large(conn, feed)
    found = items_by_id(conn, list(rows))
    return tuple(Entry(position, found[item_id]) for item_id, position in sorted(rows.items(), key=lambda row: -row[1]))


def _of_small(conn: Connection, feed: Feed) -> dict[int, int]:
    """All dates of the feed's items, sorted: positions by item."""
    log = feed_entries.c
    query = (
        select(events.c.first, events.c.item_id, events.c.place, log.position)
        .join(events, events.c.item_id == log.item_id)
        .where(log.feed_id == feed.id, log.state == LIVE)
    )
    latest = sorted(conn.execute(query).all(), reverse=True)[:MOST_DATES]
    return {row.item_id: row.position for row in latest}


def _of_large(conn: Connection, feed: Feed) -> dict[int, int]:
    """The dates of the whole store, the latest first, until enough of them are of the feed."""
    log = feed_entries.c
    query = (
        select(events.c.item_id, log.position)
        .join_from(events, feed_entries, log.item_id == events.c.item_id)
        .where(log.feed_id == feed.id, log.state == LIVE)
        .order_by(events.c.first.desc(), events.c.item_id.desc(), events.c.place.desc())
        .limit(MOST_DATES)
    )
    return {row.item_id: row.position for row in conn.execute(query)}
