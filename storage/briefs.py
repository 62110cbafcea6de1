"""Which articles carry a brief along, and which briefs an article carries: read from the origins they share.

The article that carried a brief when it was first seen is kept with the brief, since entries tell of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from storage.items import items_by_id
from storage.log import LIVE, touch_feed
from storage.schema import feed_entries, items, origins
from storage.types import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from storage.engine import Connection
    from storage.types import Item

_article, _brief = origins.alias("article"), origins.alias("brief")
_SAME_SEED = (
    (_article.c.seed == _brief.c.seed)
    & (_article.c.digest == _brief.c.digest)
    & (_article.c.position == 0)
    & (_brief.c.position > 0)
    & _article.c.current
    & _brief.c.current
)
_carrier = items.alias("carrier")
_CARRIERS = (
    select(items.c.id, _carrier.c.guid)
    .join(_carrier, _carrier.c.id == items.c.carrier_id)
    .where(items.c.id.in_(bindparam("ids", expanding=True)), _carrier.c.gone_at.is_(None))
)


def with_carriers(conn: Connection, entries: Sequence[Entry]) -> Sequence[Entry]:
    """Put to each brief the guid of the article that it came via, unless that article is gone."""
    briefs = [entry.item.id for entry in entries if entry.item.report.kind == "brief"]
    if not briefs:
        return entries
    found = {row[0]: row[1] for row in conn.execute(_CARRIERS, {"ids": briefs})}
    return [Entry(one.position, one.item, one.beside, found.get(one.item.id)) for one in entries]


def note_carrier(conn: Connection, brief_id: int, article_id: int) -> None:
    """Remember for good which article carried a new brief; others may carry it too, later."""
    conn.execute(update(items).where(items.c.id == brief_id).values(carrier_id=article_id))


def touch_carried(conn: Connection, article_id: int, at: datetime) -> None:
    """Raise the version of each feed that shows a brief of this article; call it when the article goes or returns."""
    inside = (items.c.carrier_id == article_id, feed_entries.c.state == LIVE)
    query = select(feed_entries.c.feed_id).join(items, items.c.id == feed_entries.c.item_id).where(*inside).distinct()
    for feed_id in sorted(conn.execute(query).scalars()):
        touch_feed(conn, feed_id, at)


def carriers_of(conn: Connection, brief_id: int) -> tuple[Item, ...]:
    """Read the articles that carry this brief now, oldest first."""
    return _read(conn, _article.c.item_id, _brief.c.item_id == brief_id)


def briefs_of(conn: Connection, article_id: int) -> tuple[Item, ...]:
    """Read the briefs that this article carries now, or the full articles that took their places."""
    return _read(conn, _brief.c.item_id, _article.c.item_id == article_id)


def _read(conn: Connection, wanted: ColumnElement[int], condition: ColumnElement[bool]) -> tuple[Item, ...]:
    query = select(wanted).where(_SAME_SEED, condition).distinct().order_by(wanted)
    ids = list(conn.execute(query).scalars())
    found = items_by_id(conn, ids)
    return tuple(found[item_id] for item_id in ids)
