"""Which articles carry a brief along, and which briefs an article carries: read from the origins they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.items import items_by_id
from storage.schema import origins

if TYPE_CHECKING:
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
