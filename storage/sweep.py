"""Going through all items in the order of their ids, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.schema import items

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def count_items(conn: Connection) -> int:
    """Count the stored items."""
    return conn.execute(select(func.count()).select_from(items)).scalar_one()


def item_ids_after(conn: Connection, last: int, limit: int) -> list[int]:
    """The next ids after `last`; none at the end."""
    return list(conn.execute(select(items.c.id).where(items.c.id > last).order_by(items.c.id).limit(limit)).scalars())


def newest_item_ids(conn: Connection, limit: int) -> list[int]:
    """The ids of the newest items, the newest first."""
    return list(conn.execute(select(items.c.id).order_by(items.c.id.desc()).limit(limit)).scalars())
