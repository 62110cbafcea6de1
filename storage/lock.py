"""The writer's lock: one worker at a time, released by the kernel or the server when its holder dies.

It saves work; correctness does not rest on it (unique keys and transactions do). No lease with a wall-clock expiry.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.errors import StoreBusy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.engine import Store

_ADVISORY_KEY = 0x44544C4E  # "DTLN"


@contextmanager
def writer_lock(store: Store) -> Iterator[None]:
    """Hold the lock for as long as the block runs.

    Raises:
        StoreBusy: another process holds it.

    """
    path = store.sqlite_path
    with _file_lock(path) if path else _advisory_lock(store):
        yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    # Beside the database, never the database itself: closing any descriptor of it would drop SQLite's own locks.
    handle = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(_BUSY) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _advisory_lock(store: Store) -> Iterator[None]:
    # A session of its own: the lock lives exactly as long as this connection.
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        if not session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar_one():
            raise StoreBusy(_BUSY)
        try:
            yield
        finally:
            session.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_KEY})


_BUSY = "another worker is running on this database (dateline serve or watch): stop it first, or let it do the work"
