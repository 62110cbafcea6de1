"""Backup and restore: one consistent snapshot of either engine into one SQLite file, and back into either engine."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, func, insert, select, update

from storage.errors import ForeignDatabase, NewerDatabase, StorageError
from storage.fulltext import rebuild
from storage.migrate import upgrade
from storage.schema import feeds, metadata, store
from storage.state import tick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from storage.engine import Store

_ROWS = 1_000  # copied at once


class Copying(Protocol):
    """Called with the table at work, the rows done and the rows in all."""

    def __call__(self, table: str, done: int, total: int, /) -> None:
        """Show where the copy stands."""


def _silent(table: str, done: int, total: int) -> None:
    pass


def backup(source: Store, path: Path, progress: Copying = _silent) -> None:
    """Copy the whole store into a new SQLite file at `path`, while others go on reading and writing.

    The file appears under its name only when it is complete and on disk.

    Raises:
        StorageError: `path` exists.

    """
    if path.exists():
        raise StorageError(f"{path} exists already: name a new file")
    part = path.with_name(path.name + ".part")
    _remove(part)
    try:
        with _opened(upgrade(f"sqlite:///{part}")[0]) as target, source.read() as reading, target.write() as writing:
            _copy(reading, writing, progress)
        _fold_wal(part)
        _sync(part)
        part.rename(path)
        _sync(path.parent)
    finally:
        _remove(part)


def restore(path: Path, url: str, progress: Copying = _silent) -> None:
    """Load a backup into the empty or new database at `url`.

    The store gets a new id: validators and cursors that were given out after the backup was made must not match.

    Raises:
        StorageError: there is no such file, it is no backup, or the database holds items already.

    """
    if not path.is_file():
        raise StorageError(f"{path} is no file: name a backup made by `dateline db backup`")
    with (
        TemporaryDirectory() as place,
        # A copy: it may be of an older schema, and a backup may lie where nothing can be written.
        _opened(_open_copy(path, place)) as source,
        _opened(upgrade(url)[0]) as target,
        source.read() as reading,
        target.write() as writing,
    ):
        if writing.execute(select(store.c.last_item)).scalar_one():
            raise StorageError("the database holds items already: name a new one in DATELINE_DATABASE_URL")
        _copy(reading, writing, progress)
        writing.execute(update(store).values(store_id=secrets.token_hex(16)))
        # The past has changed: whoever asks by date alone must not be told that nothing did.
        writing.execute(update(feeds).values(changed_at=tick(writing, datetime.now(UTC))))


def _open_copy(path: Path, place: str) -> Store:
    try:
        return upgrade(f"sqlite:///{shutil.copy(path, place)}")[0]
    except ForeignDatabase as error:
        raise ForeignDatabase(f"{path} is no backup: name a file made by `dateline db backup`") from error
    except NewerDatabase as error:
        raise NewerDatabase(f"{path} was made by a newer Dateline: restore it with that version") from error


@contextmanager
def _opened(opened: Store) -> Iterator[Store]:
    try:
        yield opened
    finally:
        opened.dispose()


def _copy(reading: Connection, writing: Connection, progress: Copying) -> None:
    for table in reversed(metadata.sorted_tables):
        writing.execute(delete(table))
    for table in metadata.sorted_tables:
        total = reading.execute(select(func.count()).select_from(table)).scalar_one()
        rows = reading.execution_options(yield_per=_ROWS).execute(select(table)).mappings()
        done = 0
        for chunk in rows.partitions(_ROWS):
            writing.execute(insert(table), [dict(row) for row in chunk])
            done += len(chunk)
            progress(table.name, done, total)
    rebuild(writing)


def _fold_wal(path: Path) -> None:
    """Make it one file with nothing beside it, that can be copied anywhere."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")


def _remove(part: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
