"""Many items into and out of their feeds at once: what `storage.log.place_item` does, for a whole batch of a retag."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, tuple_, update

from storage.days import count_days, days_of
from storage.indexing import index_items
from storage.log import LEFT, LIVE
from storage.schema import feed_entries, feeds
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

_CHUNK = 500


def move_items(conn: Connection, wanted: Mapping[int, set[FeedKey]], at: datetime) -> None:
    """Put each item into the feeds wanted for it and out of all others; call it only for items that read otherwise now.

    An item takes the next position of a feed that it enters or leaves, in the order of the ids; a feed that it stays
    in rises in version, once however many of its items changed.

    Raises:
        KeyError: a wanted feed does not exist; `storage.names.sync_subjects` makes them.

    """
    ids = _feed_ids(conn, {key for keys in wanted.values() for key in keys})
    states = _states(conn, list(wanted))
    moves: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    touched = set()
    for item_id in sorted(wanted):
        here = {feed_id for feed_id, state in states[item_id].items() if state == LIVE}
        there = {ids[key] for key in wanted[item_id]}
        touched |= here & there
        for feed_id in here ^ there:
            moves[feed_id].append((item_id, feed_id in there))
    # Ascending ids, as in `storage.log`: two writers never wait for each other in a ring.
    for feed_id in sorted(touched | moves.keys()):
        _move(conn, feed_id, moves.get(feed_id, []), at)
    index_items(conn, sorted(wanted))


def _move(conn: Connection, feed_id: int, moves: list[tuple[int, bool]], at: datetime) -> None:
    change: dict[Any, Any] = {
        feeds.c.head: feeds.c.head + len(moves),
        feeds.c.version: feeds.c.version + 1,
        feeds.c.size: feeds.c.size + sum(1 if enters else -1 for _, enters in moves),
        feeds.c.changed_at: at,
    }
    head = conn.execute(update(feeds).where(feeds.c.id == feed_id).values(change).returning(feeds.c.head)).scalar_one()
    if not moves:
        return
    gone = [item_id for item_id, _ in moves]
    days = days_of(conn, gone)
    inside = (feed_entries.c.feed_id == feed_id, feed_entries.c.item_id.in_(gone), feed_entries.c.state == LIVE)
    counts = [(feed_id, day, -1) for day in conn.execute(select(feed_entries.c.day).where(*inside)).scalars()]
    counts += [(feed_id, days[item_id], 1) for item_id, enters in moves if enters]
    conn.execute(delete(feed_entries).where(feed_entries.c.feed_id == feed_id, feed_entries.c.item_id.in_(gone)))
    rows = [
        {
            "feed_id": feed_id,
            "position": position,
            "item_id": item_id,
            "state": LIVE if enters else LEFT,
            "day": days[item_id],
        }
        for position, (item_id, enters) in enumerate(moves, start=head - len(moves) + 1)
    ]
    conn.execute(insert(feed_entries), rows)
    count_days(conn, counts)


def _feed_ids(conn: Connection, keys: Iterable[FeedKey]) -> dict[FeedKey, int]:
    found: dict[FeedKey, int] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        query = select(feeds.c.kind, feeds.c.slug, feeds.c.id).where(tuple_(feeds.c.kind, feeds.c.slug).in_(chunk))
        rows = {FeedKey(row.kind, row.slug): row.id for row in conn.execute(query)}
        for key in chunk:
            if key not in rows:
                raise KeyError(f"no feed {key.kind} {key.slug}")
            found[key] = rows[key]
    return found


def _states(conn: Connection, item_ids: list[int]) -> dict[int, dict[int, int]]:
    """The state of each item in each feed that it is or was in."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for start in range(0, len(item_ids), _CHUNK):
        chunk = item_ids[start : start + _CHUNK]
        query = select(feed_entries).where(feed_entries.c.item_id.in_(chunk))
        for row in conn.execute(query):
            found[row.item_id][row.feed_id] = row.state
    return found
