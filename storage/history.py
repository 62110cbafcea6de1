"""What came before the window, and what came after a cursor: archives, pages since a position, and departures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from storage.items import items_by_id
from storage.log import BLOCK, GONE, LEFT, LIVE, closed_blocks
from storage.schema import feed_entries, items
from storage.types import Departure, Entry

if TYPE_CHECKING:
    from storage.engine import Connection
    from storage.types import Feed

_log = feed_entries.c
_successor = items.alias("successor")  # made once: it takes longer than the query
_GONE = (
    select(_log.position, _log.state, items.c.guid, items.c.gone_at, items.c.gone_reason, _successor.c.guid)
    .join(items, items.c.id == _log.item_id)
    .outerjoin(_successor, _successor.c.id == items.c.superseded_by)
    .where(
        _log.feed_id == bindparam("feed"),
        _log.position.between(bindparam("first"), bindparam("last")),
        _log.state >= bindparam("state"),
    )
    .order_by(_log.position)
)


def archive(conn: Connection, feed: Feed, block: int) -> tuple[Entry, ...] | None:
    """Read a closed block, highest position first; None where there is no such block, or it is still open.

    Block 1 holds the positions 1 to 100. A closed block only ever loses entries: they moved up, or left.
    """
    if not 1 <= block <= closed_blocks(feed.head):
        return None
    inside = _log.feed_id == feed.id, _log.position.between(*_positions(block)), _log.state == LIVE
    query = select(_log.position, _log.item_id).where(*inside)
    rows = conn.execute(query.order_by(_log.position.desc())).all()
    found = items_by_id(conn, [row.item_id for row in rows])
    return tuple(Entry(row.position, found[row.item_id]) for row in rows)


def since(
    conn: Connection, feed: Feed, position: int, limit: int
) -> tuple[tuple[Entry, ...], tuple[Departure, ...], int]:
    """Read what happened after `position`, oldest first: entries, departures, and the position reached.

    `limit` bounds the moves read at once; the position reached is below `feed.head` where more is to come.
    """
    after = (_log.feed_id == feed.id) & (_log.position > position)
    query = select(_log.position, _log.item_id, _log.state).where(after).order_by(_log.position).limit(limit)
    rows = conn.execute(query).all()
    found = items_by_id(conn, [row.item_id for row in rows if row.state == LIVE])
    entries = tuple(Entry(row.position, found[row.item_id]) for row in rows if row.state == LIVE)
    departed = [row.position for row in rows if row.state != LIVE]
    gone = tuple(_departures(conn, feed, departed[0], departed[-1], LEFT)) if departed else ()
    # The last positions of a log may be empty: their items have moved on, within the part that was read.
    reached = rows[-1].position if len(rows) == limit else feed.head
    return entries, gone, reached


def tombstones(conn: Connection, feed: Feed, block: int | None = None) -> tuple[Departure, ...]:
    """Read which items are gone for good, the newest first: those of a closed block, else those after the last one."""
    if not feed.head:
        return ()
    first, last = (closed_blocks(feed.head) * BLOCK + 1, feed.head) if block is None else _positions(block)
    return tuple(reversed(_departures(conn, feed, first, last, GONE)))


def _positions(block: int) -> tuple[int, int]:
    """The first and the last position of a block."""
    return (block - 1) * BLOCK + 1, block * BLOCK


def _departures(conn: Connection, feed: Feed, first: int, last: int, state: int) -> list[Departure]:
    """Read those between two positions, of this state or a later one: who left is not yet gone."""
    wanted = {"feed": feed.id, "first": first, "last": last, "state": state}
    return [_departure(row, feed) for row in conn.execute(_GONE, wanted)]


def _departure(row: Any, feed: Feed) -> Departure:
    position, state, guid, gone_at, reason, successor = row
    kind = "gone" if state == GONE else "left"
    return Departure(position, guid, kind, gone_at or feed.changed_at, reason or "", successor)  # type: ignore[arg-type]
