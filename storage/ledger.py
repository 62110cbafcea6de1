"""The ledger of every seed ever seen, and the origins that tie seeds to items, many to many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from storage.schema import items, ledger, origins
from storage.types import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Connection


_CHUNK = 500  # names in one statement: databases bound their number


@dataclass(frozen=True, slots=True)
class Origin:
    """That these bytes of this seed gave an item.

    `current` is False for what the seed said earlier; `leads` is True where the item shows this seed's words.
    """

    seed: bytes
    position: int
    digest: str
    item_id: int
    current: bool
    leads: bool = True
    reason: str = ""


def read_ledger(conn: Connection) -> dict[bytes, LedgerRow]:
    """Read the whole ledger; 100,000 rows take a tenth of a second."""
    return {row.name: LedgerRow(*row) for row in conn.execute(select(ledger))}


def put_rows(conn: Connection, rows: Iterable[LedgerRow]) -> None:
    """Write ledger rows, each in the place of the one of the same name."""
    values = [_values(row) for row in rows]
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        conn.execute(delete(ledger).where(ledger.c.name.in_([value["name"] for value in chunk])))
        conn.execute(insert(ledger), chunk)


def counts(conn: Connection) -> Mapping[str, int]:
    """Count the seeds in each state."""
    query = select(ledger.c.state, func.count()).group_by(ledger.c.state).order_by(ledger.c.state)
    return {row[0]: row[1] for row in conn.execute(query)}


def rejected(conn: Connection, limit: int = 100) -> tuple[LedgerRow, ...]:
    """Read the newest rows of seeds that are no item, with their reasons."""
    query = (
        select(ledger)
        .where(ledger.c.state.in_(["rejected", "unreadable"]))
        .order_by(ledger.c.last_seen.desc(), ledger.c.name)
        .limit(limit)
    )
    return tuple(LedgerRow(*row) for row in conn.execute(query))


def origins_of(conn: Connection, item_id: int) -> tuple[Origin, ...]:
    """Read which seeds gave this item."""
    query = select(origins).where(origins.c.item_id == item_id).order_by(origins.c.seed, origins.c.position)
    return tuple(Origin(*row) for row in conn.execute(query))


def origins_of_seed(conn: Connection, seed: bytes) -> tuple[Origin, ...]:
    """Read what this seed gives now."""
    query = select(origins).where(origins.c.seed == seed, origins.c.current).order_by(origins.c.position)
    return tuple(Origin(*row) for row in conn.execute(query))


def origins_of_digest(conn: Connection, digest: str) -> tuple[Origin, ...]:
    """Read what these very bytes gave, under whatever name they first came."""
    query = select(origins).where(origins.c.digest == digest).order_by(origins.c.seed, origins.c.position)
    return tuple(Origin(*row) for row in conn.execute(query))


def seeds_of_source(conn: Connection, source: str) -> frozenset[bytes]:
    """Read which seeds gave the items of one source."""
    query = select(origins.c.seed).join(items, items.c.id == origins.c.item_id).where(items.c.source == source)
    return frozenset(conn.execute(query.distinct()).scalars())


def is_led_by_another(conn: Connection, seed: bytes, item_id: int) -> bool:
    """Tell whether the item shows the words of another seed that has not left the folder."""
    query = (
        select(origins.c.seed)
        .outerjoin(ledger, ledger.c.name == origins.c.seed)
        .where(origins.c.item_id == item_id, origins.c.seed != seed, origins.c.current, origins.c.leads)
        .where(func.coalesce(ledger.c.state, "") != "gone")
        .limit(1)
    )
    return conn.execute(query).first() is not None


def take_the_lead(conn: Connection, seed: bytes, item_id: int) -> None:
    """From now on the item shows the words of this seed, and of no other."""
    conn.execute(update(origins).where(origins.c.item_id == item_id, origins.c.seed != seed).values(leads=False))


def put_origins(conn: Connection, seed: bytes, found: Iterable[Origin]) -> None:
    """Record what the seed gives now; what it gave before stays on record as no longer current."""
    found = tuple(found)
    conn.execute(update(origins).where(origins.c.seed == seed, origins.c.current).values(current=False))
    for origin in found:
        key = (
            origins.c.seed == seed,
            origins.c.position == origin.position,
            origins.c.digest == origin.digest,
        )
        conn.execute(delete(origins).where(*key))
    if found:
        conn.execute(insert(origins), [_origin_values(origin) for origin in found])


def _values(row: LedgerRow) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in ledger.columns}


def _origin_values(origin: Origin) -> dict[str, Any]:
    return {column.name: getattr(origin, column.name) for column in origins.columns}
