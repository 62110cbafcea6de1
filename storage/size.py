"""Which engine the store runs on, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_QUERIES = {
    "sqlite": text("SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT current_setting('server_version'), pg_database_size(current_database())"),
}


@dataclass(frozen=True, slots=True)
class StoreSize:
    """The engine with its version, and the bytes of all tables and indexes."""

    engine: str
    size: int


def measure(conn: Connection) -> StoreSize:
    """Ask the engine."""
    name = conn.dialect.name
    version, size = conn.execute(_QUERIES[name]).one()
    return StoreSize(f"{_NAMES[name]} {version}", size)
