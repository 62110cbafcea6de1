"""How items open: digests of their title and first sentences, so that a brief and its full article find each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from storage.items import items_by_id
from storage.schema import items, openings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.engine import Connection
    from storage.types import Item, ItemKind


def put_openings(conn: Connection, item_id: int, digests: Iterable[str]) -> None:
    """Give the item these openings and no others."""
    conn.execute(delete(openings).where(openings.c.item_id == item_id))
    rows = [{"digest": digest, "item_id": item_id} for digest in sorted(set(digests))]
    if rows:
        conn.execute(insert(openings), rows)


def opening_alike(conn: Connection, digests: Iterable[str], kind: ItemKind) -> tuple[Item, ...]:
    """Find the items of a kind that share an opening, oldest first; superseded ones are left out."""
    query = (
        select(openings.c.item_id)
        .join(items, items.c.id == openings.c.item_id)
        .where(openings.c.digest.in_(sorted(set(digests))), items.c.kind == kind, items.c.superseded_by.is_(None))
        .distinct()
        .order_by(openings.c.item_id)
    )
    ids = list(conn.execute(query).scalars())
    found = items_by_id(conn, ids)
    return tuple(found[item_id] for item_id in ids)
