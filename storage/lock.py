"""The writer's lock: one worker at a time, released by the kernel or the server when its holder dies.

It saves work; correctness does not rest on it (unique keys and transactions do). No lease with a wall-clock expiry.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.errors import StoreBusy, StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from storage.engine import Store

_ADVISORY_KEY = 0x44544C4E  # "DTLN"


@contextmanager
def writer_lock(store: Store) -> Iterator[Callable[[], bool]]:
    """Hold the lock for as long as the block runs, and give what tells whether it is held still.

    A server drops it with its session: a restart, a failover, a network that forgets. A file's lasts as long as we do.

    Raises:
        StoreBusy: another process holds it.
        StoreUnreachable: the database does not answer.

    """
    path = store.sqlite_path
    with _file_lock(path) if path else _advisory_lock(store) as still_held:
        yield still_held


@contextmanager
def _file_lock(path: Path) -> Iterator[Callable[[], bool]]:
    # Beside the database, never the database itself: closing any descriptor of it would drop SQLite's own locks.
    handle = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(_BUSY) from error
        yield lambda: True
    finally:
        os.close(handle)


@contextmanager
def _advisory_lock(store: Store) -> Iterator[Callable[[], bool]]:
    # A session of its own: the lock lives exactly as long as this connection.
    with _session(store) as session:
        if not _ask(session, "SELECT pg_try_advisory_lock(:key)"):
            raise StoreBusy(_BUSY)
        try:
            yield lambda: _ask(session, _HELD)
        finally:
            _ask(session, "SELECT pg_advisory_unlock(:key)")


def _session(store: Store) -> Connection:
    try:
        return store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except DBAPIError as error:
        raise StoreUnreachable(f"the database {store.engine.url!r} does not answer: {error.orig}") from error


def _ask(session: Connection, question: str) -> bool:
    """Ask the server; a session that it has dropped holds nothing."""
    if session.invalidated:
        return False
    try:
        return bool(session.execute(text(question), {"key": _ADVISORY_KEY}).scalar_one())
    except DBAPIError:
        session.invalidate()
        return False


_HELD = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    " AND objsubid = 1 AND classid = 0 AND objid = :key)"
)
_BUSY = "another worker is running on this database (dateline serve or watch): stop it first, or let it do the work"
