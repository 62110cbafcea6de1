"""The schema's version: bringing it up to date, and refusing a database that this program must not touch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError

from storage import schema
from storage.engine import Store, connect
from storage.errors import ForeignDatabase, NewerDatabase, OlderDatabase, StoreUnreachable
from storage.indexing import index_missing
from storage.state import create_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection


_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADING = 0x44544C50  # an advisory lock of its own, apart from the writer's


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """Where a database stands: `current` is its revision (None when empty), `head` the one this program writes."""

    current: str | None
    head: str
    foreign: bool
    newer: bool


def open_store(url: str) -> Store:
    """Open a database that is ready for use.

    Raises:
        StoreUnreachable, ForeignDatabase, NewerDatabase, OlderDatabase: each says in one sentence what to do.

    """
    store = connect(url)
    with _disposed_on_error(store):
        status = schema_status(store)
        _refuse(store, status)
        if status.current is None:
            raise OlderDatabase(f"the database {_name(store)} is empty: run `dateline db upgrade`")
        if status.current != status.head:
            raise OlderDatabase(
                f"the database {_name(store)} has schema {status.current}, this program wants {status.head}: "
                "run `dateline db upgrade`"
            )
    return store


def upgrade(url: str) -> tuple[Store, SchemaStatus]:
    """Create or upgrade the database; give the open store and where it stood before.

    Raises:
        StoreUnreachable, ForeignDatabase, NewerDatabase.

    """
    store = connect(url, create=True)
    with _disposed_on_error(store):
        before = schema_status(store)
        _refuse(store, before)
        if before.current != before.head:
            before = _run_migrations(store)
    return store, before


def schema_status(store: Store) -> SchemaStatus:
    """Look at a database without changing it.

    Raises:
        StoreUnreachable: it cannot be opened, or cannot hold every script.

    """
    try:
        with store.read() as conn:
            encoding = _encoding(conn)
            status = _status(conn)
    except DatabaseError as error:
        raise StoreUnreachable(f"cannot open the database {_name(store)}: {error.orig}") from error
    if encoding != "UTF8":
        raise StoreUnreachable(
            f"the database {_name(store)} has the encoding {encoding}, which cannot hold every script: "
            "make one by `createdb --encoding=UTF8 --template=template0` and name it in DATELINE_DATABASE_URL"
        )
    return status


def _encoding(conn: Connection) -> str:
    """What the server keeps text in: of an `initdb` without a locale that is SQL_ASCII, which checks nothing."""
    if conn.dialect.name != "postgresql":
        return "UTF8"
    return str(conn.execute(text("SHOW server_encoding")).scalar_one())


@contextmanager
def _disposed_on_error(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.dispose()
        raise


def _run_migrations(store: Store) -> SchemaStatus:
    """Bring the schema up to date, one process at a time; give where this one found it."""
    # Alembic is 12 MB, and a server or worker on a database that is up to date has no need of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with store.write() as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADING})
        found = _status(conn)
        _refuse(store, found)
        if found.current != found.head:
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
            if conn.execute(select(schema.store.c.id)).one_or_none() is None:
                create_state(conn, datetime.now(UTC))
            index_missing(conn)
    return found


def _status(conn: Connection) -> SchemaStatus:
    known = revisions()
    tables = set(inspect(conn).get_table_names())
    current = schema_now(conn) if "alembic_version" in tables else None
    ours = "store" in tables and current is not None
    return SchemaStatus(current, known[-1], foreign=bool(tables) and not ours, newer=ours and current not in known)


def schema_now(conn: Connection) -> str | None:
    """Which revision a database of ours has."""
    found = conn.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return str(found[0]) if len(found) == 1 else None


def revisions() -> list[str]:
    """Every revision that this program knows, the oldest first: their files are named by them."""
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _refuse(store: Store, status: SchemaStatus) -> None:
    if status.foreign:
        raise ForeignDatabase(
            f"the database {_name(store)} belongs to another program; name another one in DATELINE_DATABASE_URL"
        )
    if status.newer:
        raise NewerDatabase(
            f"the database {_name(store)} was written by a newer Dateline (schema {status.current}, "
            f"this one knows up to {status.head}): install that version, or restore a backup into a new database"
        )


def _name(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=True)
