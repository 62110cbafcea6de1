"""How many dated items each feed shows of each day, kept in step with every move into a feed or out of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import feed_days, items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

UNDATED = 0  # the day of an item without a date: it counts on none

Change = tuple[int, int, int]  # a feed, a day, and how many items more


def days_of(conn: Connection, item_ids: Sequence[int]) -> dict[int, int]:
    """The days at which items count in their feeds: when they were published, in UTC, as `date.toordinal` counts."""
    query = select(items.c.id, items.c.published_at, items.c.published).where(items.c.id.in_(item_ids))
    return {
        row.id: UNDATED if row.published["precision"] == "unknown" else row.published_at.toordinal()
        for row in conn.execute(query)
    }


def count_days(conn: Connection, changes: Iterable[Change]) -> None:
    """Add up what moved; in the order of the keys, so that two writers never wait for each other in a ring."""
    tally: Counter[tuple[int, int]] = Counter()
    for feed_id, day, number in changes:
        if day != UNDATED:
            tally[feed_id, day] += number
    rows = [{"feed_id": feed, "day": day, "number": number} for (feed, day), number in sorted(tally.items()) if number]
    if not rows:
        return
    add = (postgresql if conn.dialect.name == "postgresql" else sqlite).insert(feed_days)
    total = {"number": feed_days.c.number + add.excluded.number}
    conn.execute(add.on_conflict_do_update(index_elements=["feed_id", "day"], set_=total), rows)


def forget_days(conn: Connection, feed_id: int) -> None:
    """Drop the counts of a feed that ends."""
    conn.execute(delete(feed_days).where(feed_days.c.feed_id == feed_id))
