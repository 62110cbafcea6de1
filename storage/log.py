"""Every feed is a compacted log: positions, windows and versions. The contract is in docs/contract.md.

An item stands once in each of its feeds, at the position of its last move. It takes the next position when it enters a
feed, when its article is revised, and (as a departure, no longer shown) when it leaves. Whatever a subscriber could see
raises the feed's version. Numbers come from `UPDATE feeds ... RETURNING`, so they roll back with their transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from storage.days import count_days, days_of
from storage.indexing import index_items
from storage.items import items_by_id
from storage.schema import feed_entries, feeds, items
from storage.types import Entry, Feed, FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row

    from storage.days import Change
    from storage.types import FeedKind

BLOCK = 100  # positions in a closed block
WINDOW = 50  # the fewest entries that a window shows, where there are as many
LIVE, LEFT, GONE = 0, 1, 2
# Asked for every answer, so it is put together once.
_FIND = select(feeds).where(feeds.c.kind == bindparam("kind"), feeds.c.slug == bindparam("slug"))


def find_feed(conn: Connection, key: FeedKey) -> Feed | None:
    """Read the row of a feed: the one look-up that decides between 304 and rendering."""
    row = conn.execute(_FIND, {"kind": key.kind, "slug": key.slug}).one_or_none()
    return None if row is None else _feed(row)


def list_feeds(conn: Connection, kind: FeedKind) -> tuple[Feed, ...]:
    """Read every feed of a kind, by label."""
    query = select(feeds).where(feeds.c.kind == kind)
    return tuple(sorted((_feed(row) for row in conn.execute(query)), key=lambda feed: (feed.label, feed.key.slug)))


def largest_feeds(conn: Connection, limit: int) -> tuple[Feed, ...]:
    """Read the feeds of topics and actors that hold most items, those first."""
    query = select(feeds).where(feeds.c.kind != "latest").order_by(feeds.c.size.desc(), feeds.c.label, feeds.c.slug)
    return tuple(_feed(row) for row in conn.execute(query.limit(limit)))


def count_feeds(conn: Connection) -> int:
    """Count the feeds of topics and actors."""
    return conn.execute(select(func.count()).select_from(feeds).where(feeds.c.kind != "latest")).scalar_one()


def busiest_feeds(conn: Connection, kind: FeedKind, limit: int) -> tuple[str, ...]:
    """The slugs of the feeds of a kind that hold most items, those first."""
    query = select(feeds.c.slug).where(feeds.c.kind == kind).order_by(feeds.c.size.desc(), feeds.c.label, feeds.c.slug)
    return tuple(conn.execute(query.limit(limit)).scalars())


def feeds_of(conn: Connection, item_id: int) -> tuple[Feed, ...]:
    """Read the feeds that show this item, `latest` first, then topics and actors by label."""
    query = (
        select(feeds)
        .join(feed_entries, feed_entries.c.feed_id == feeds.c.id)
        .where(feed_entries.c.item_id == item_id, feed_entries.c.state == LIVE)
    )
    order = {"latest": 0, "topic": 1, "actor": 2}
    found = [_feed(row) for row in conn.execute(query)]
    return tuple(sorted(found, key=lambda feed: (order[feed.key.kind], feed.label, feed.key.slug)))


def closed_blocks(head: int) -> int:
    """How many blocks are closed: a block closes once 50 positions follow it, so a window has 50 to 149 entries.

    Block `b` holds the positions `100 b + 1` to `100 b + 100`.
    """
    return max(0, (head - WINDOW) // BLOCK)


def window(conn: Connection, feed: Feed, limit: int | None = None) -> tuple[Entry, ...]:
    """Read the newest entries, highest position first: all after the last closed block, and at least 50.

    Departures make gaps; where fewer than 50 live entries are left after the last closed block, older ones fill up, so
    that window and archives always hold every item between them.
    """
    if not feed.size:
        return ()
    shown = (
        select(feed_entries.c.position, feed_entries.c.item_id)
        .where(feed_entries.c.feed_id == feed.id, feed_entries.c.state == LIVE)
        .order_by(feed_entries.c.position.desc())
    )
    if limit is not None:
        rows = conn.execute(shown.limit(limit)).all()
    else:
        floor = closed_blocks(feed.head) * BLOCK
        rows = conn.execute(shown.where(feed_entries.c.position > floor)).all()
        if len(rows) < WINDOW:
            rows = conn.execute(shown.limit(WINDOW)).all()
    found = items_by_id(conn, [row.item_id for row in rows])
    return tuple(Entry(row.position, found[row.item_id]) for row in rows)


def recent_pace(conn: Connection) -> dict[int, tuple[int, datetime]]:
    """How many items each feed shows of its newest fifty, and when the oldest of these was first seen."""
    log, found = feed_entries.c, {}
    for (feed_id,) in conn.execute(select(feeds.c.id).where(feeds.c.size > 0)).all():
        newest = (
            select(log.item_id)
            .where(log.feed_id == feed_id, log.state == LIVE)
            .order_by(log.position.desc())
            .limit(WINDOW)
            .subquery()
        )
        query = select(func.count(), func.min(items.c.first_seen)).join(newest, newest.c.item_id == items.c.id)
        number, since = conn.execute(query).one()
        found[feed_id] = number, since
    return found


def take_out(conn: Connection, item_id: int, at: datetime) -> None:
    """Take an item out of every feed for good: its place in each log becomes a tombstone."""
    inside = (feed_entries.c.item_id == item_id, feed_entries.c.state == LIVE)
    days = {row.feed_id: row.day for row in conn.execute(select(feed_entries).where(*inside))}
    for feed_id in sorted(days):
        position = _advance(conn, feed_id, size=-1, at=at)
        where = (feed_entries.c.feed_id == feed_id, feed_entries.c.item_id == item_id)
        conn.execute(update(feed_entries).where(*where).values(position=position, state=GONE))
    count_days(conn, [(feed_id, day, -1) for feed_id, day in days.items()])
    index_items(conn, [item_id])


def place_item(conn: Connection, item_id: int, wanted: Iterable[FeedKey], *, revised: bool, at: datetime) -> None:
    """Put an item into the feeds `wanted` and out of all others.

    `revised` moves it to the top of the feeds it stays in; else those only rise in version, since their entry shows
    new tags. Call it only when something visible changed.

    Raises:
        KeyError: a wanted feed does not exist; `storage.names.sync_subjects` makes them.

    """
    wanted_ids = _feed_ids(conn, wanted)
    rows = conn.execute(select(feed_entries).where(feed_entries.c.item_id == item_id)).all()
    states: dict[int, int] = {row.feed_id: row.state for row in rows}
    old_days: dict[int, int] = {row.feed_id: row.day for row in rows}
    day = days_of(conn, [item_id])[item_id]
    counts: list[Change] = []
    # Ascending ids: two writers that lock several feeds never wait for each other in a ring.
    for feed_id in sorted(wanted_ids | {feed_id for feed_id, state in states.items() if state == LIVE}):
        was_in, stays = states.get(feed_id) == LIVE, feed_id in wanted_ids
        if was_in and stays and not revised:
            touch_feed(conn, feed_id, at)
            continue
        position = _advance(conn, feed_id, size=int(stays) - int(was_in), at=at)
        row = {"position": position, "state": LIVE if stays else LEFT, "day": day}
        if feed_id in states:
            where = (feed_entries.c.feed_id == feed_id, feed_entries.c.item_id == item_id)
            conn.execute(update(feed_entries).where(*where).values(row))
        else:
            conn.execute(insert(feed_entries).values(feed_id=feed_id, item_id=item_id, **row))
        counts += [(feed_id, old_days[feed_id], -1)] if was_in else []
        counts += [(feed_id, day, 1)] if stays else []
    count_days(conn, counts)
    index_items(conn, [item_id])


def touch_feed(conn: Connection, feed_id: int, at: datetime) -> None:
    """Raise a feed's version without moving anything: something that it shows reads differently now."""
    conn.execute(update(feeds).where(feeds.c.id == feed_id).values(version=feeds.c.version + 1, changed_at=at))


def date_changes(conn: Connection, began: datetime, at: datetime) -> None:
    """Date the changes of a long transaction at its end: what changed since `began` changed at `at`.

    A poll may come while it runs. Was its `Last-Modified` of the second in which the transaction began, a change dated
    then would never be told to a client that sends nothing but If-Modified-Since.
    """
    conn.execute(update(feeds).where(feeds.c.changed_at >= began).values(changed_at=at))


def _advance(conn: Connection, feed_id: int, *, size: int, at: datetime) -> int:
    change: dict[Any, Any] = {
        feeds.c.head: feeds.c.head + 1,
        feeds.c.version: feeds.c.version + 1,
        feeds.c.size: feeds.c.size + size,
        feeds.c.changed_at: at,
    }
    query = update(feeds).where(feeds.c.id == feed_id).values(change).returning(feeds.c.head)
    head: int = conn.execute(query).scalar_one()
    return head


def _feed_ids(conn: Connection, wanted: Iterable[FeedKey]) -> set[int]:
    ids = set()
    for key in wanted:
        query = select(feeds.c.id).where(feeds.c.kind == key.kind, feeds.c.slug == key.slug)
        found = conn.execute(query).scalar_one_or_none()
        if found is None:
            raise KeyError(f"no feed {key.kind} {key.slug}")
        ids.add(found)
    return ids


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        key=FeedKey(row.kind, row.slug),
        head=row.head,
        version=row.version,
        changed_at=row.changed_at,
        label=row.label,
        size=row.size,
    )
