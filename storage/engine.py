"""Opening the store: one database, SQLite or PostgreSQL, with the pragmas and transactions that keep its promises."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import ForeignDatabase, OlderDatabase, RowRefused, StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL, Engine

__all__ = ["Connection", "Store", "connect", "savepoint"]

# Written into every SQLite file that is ours (PRAGMA application_id): the letters DTLN.
APPLICATION_ID = 0x44544C4E
_SQLITE_MAGIC = b"SQLite format 3\x00"
_BUSY_MS = 10_000
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# Primary result codes (https://sqlite.org/rescode.html) that speak of the file, the disk or a lock, not of a statement.
_SQLITE_UNUSABLE = _SQLITE_DAMAGED | {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_AUTH,
}


@dataclass(frozen=True)
class Store:
    """The open store. `read` gives one consistent snapshot, `write` one transaction that wins or waits."""

    engine: Engine
    # What a writer holds: on SQLite a lock of this process, since its busy handler lets the impatient win and starves
    # the others. Re-entrant, so that a transaction inside another still fails by SQLite's timeout and does not hang.
    turn: AbstractContextManager[object] = field(default_factory=nullcontext, repr=False, compare=False)

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        if self.engine.dialect.name != "sqlite" or not self.engine.url.database:
            return None
        return Path(self.engine.url.database)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open one snapshot: what is read inside belongs together, whatever is written meanwhile.

        Raises:
            StoreUnreachable: the database went away or is damaged, or no connection came free in time.

        """
        options: dict[str, Any] = {"begin": "BEGIN"}
        if self.engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._transaction(options) as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open one transaction. SQLite takes the writer's lock at once (reliability: a deferred one fails late).

        Raises:
            StoreUnreachable: the database went away, is damaged, read-only or full, or another process kept it locked.

        """
        with self.turn, self._transaction({"begin": "BEGIN IMMEDIATE"}) as conn:
            yield conn

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            with self.engine.connect().execution_options(**options) as conn, conn.begin():
                yield conn
        except PoolTimeout as error:
            raise StoreUnreachable(f"the database {self.engine.url!r} does not answer: {error}") from error
        except DBAPIError as error:
            fault = _fault(error)
            if fault is None:
                raise
            raise StoreUnreachable(f"the database {self.engine.url!r} {fault}: {error.orig}") from error

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _fault(error: DBAPIError) -> str | None:
    """What is wrong with the database; None where the statement is wrong: that is a defect and must show as one."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest are extended codes
        if code in _SQLITE_DAMAGED:
            return "is damaged (restore a backup into a new one)"
        return "does not answer" if code in _SQLITE_UNUSABLE else None
    return "does not answer" if isinstance(error, (OperationalError, InterfaceError)) else None


@contextmanager
def savepoint(conn: Connection) -> Iterator[None]:
    """Run a part of a transaction that may fail by itself.

    Raises:
        RowRefused: the database refused a value; this part is undone, the rest of the transaction stands.

    """
    try:
        with conn.begin_nested():
            yield
    except (IntegrityError, DataError) as error:
        raise RowRefused(f"the database refused it: {error.orig}") from error


def connect(url: str, *, create: bool = False) -> Store:
    """Open the database at `url` without looking at its schema; `create` makes a SQLite file that is not there.

    Raises:
        StoreUnreachable: the URL is wrong or its folder cannot be made.
        ForeignDatabase: the file is no SQLite database, or not ours; it is not touched.

    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        _prepare_file(parsed, create=create)
        engine = create_engine(parsed)
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return Store(engine, threading.RLock())
    # Whatever the server or PGCLIENTENCODING would choose: articles are of every script.
    return Store(create_engine(parsed, pool_pre_ping=True, connect_args={"client_encoding": "utf8"}))


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreUnreachable(f"DATELINE_DATABASE_URL is no database address: {error}") from error
    except ModuleNotFoundError as error:
        raise StoreUnreachable(f"no driver for this database is installed: {error}") from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreUnreachable(f"{parsed.get_backend_name()} is not supported: use sqlite or postgresql")
    return parsed


def _prepare_file(url: URL, *, create: bool) -> None:
    """Refuse a file that is not ours by its header alone, before SQLite could change a byte of it."""
    if not url.database or url.database == ":memory:":
        raise StoreUnreachable("a database in memory cannot be shared by processes: name a file")
    path = Path(url.database)
    if not create and not path.exists():
        raise OlderDatabase(f"there is no database {path} yet: run `dateline db upgrade`")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        header = _header(path)
    except OSError as error:
        raise StoreUnreachable(f"cannot open the database file {path}: {error.strerror}") from error
    if not header:
        return
    if not header.startswith(_SQLITE_MAGIC):
        raise ForeignDatabase(f"{path} is not a SQLite database; name another file in DATELINE_DATABASE_URL")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignDatabase(f"{path} belongs to another program; name another file in DATELINE_DATABASE_URL")


def _header(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(100)


def _sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        f"application_id={APPLICATION_ID}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        _pragma(connection, pragma)


def _pragma(connection: sqlite3.Connection, pragma: str) -> None:
    # Setting what is set already would take the writer's lock, which a reader has no need of.
    name, _, wanted = pragma.partition("=")
    current = connection.execute(f"PRAGMA {name}").fetchone()
    if str(current[0]).lower() != wanted.lower():
        connection.execute(f"PRAGMA {pragma}").close()


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
