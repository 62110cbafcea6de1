"""Backup and restore, from either engine into either engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from storage import schema
from storage.backup import backup, restore
from storage.errors import ForeignDatabase, NewerDatabase, StorageError
from storage.ledger import put_origins
from storage.migrate import open_store
from storage.state import get_state
from tests.builders import add_item, change_item, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Column, Table

    from storage.engine import Store


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for what a restore sets anew: the store's id and the dates of changes."""
    with store.read() as conn:
        return {
            table.name: sorted((tuple(row) for row in conn.execute(select(*_kept(table)))), key=str)
            for table in schema.metadata.sorted_tables
            if table.name != "store"
        }


def _kept(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name != "changed_at"]


def fill(store: Store) -> None:
    from storage.ledger import Origin

    name_subjects(store)
    item = add_item(store, report("한미 정상회담", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    change_item(store, item, report("韩美首脑会谈", tags=[tag("topic", "trade-tariffs")]))
    with store.write() as conn:
        put_origins(conn, b"bad \xff name", [Origin(b"bad \xff name", 0, "d", item.id, current=True)])


def test_a_backup_restores_into_a_new_database_of_either_engine(store: Store, store_url: str, tmp_path: Path) -> None:
    fill(store)
    seen: list[str] = []
    backup(store, tmp_path / "saved", lambda table, _done, _total: seen.append(table))
    assert {"items", "tags", "feeds"} <= set(seen)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("saved")] == ["saved"]
    other = f"sqlite:///{tmp_path}/other.db"
    before = (tmp_path / "saved").read_bytes()
    restore(tmp_path / "saved", other)
    assert (tmp_path / "saved").read_bytes() == before, "a backup is read, never written"
    again = open_store(other)
    assert contents(again) == contents(store)
    with store.read() as old, again.read() as new:
        assert get_state(old).store_id != get_state(new).store_id, "validators of the old life must not match"
    again.dispose()


def test_a_backup_of_sqlite_moves_into_the_other_engine(sqlite_store: Store, store_url: str, tmp_path: Path) -> None:
    fill(sqlite_store)
    backup(sqlite_store, tmp_path / "saved")
    restore(tmp_path / "saved", store_url)
    moved = open_store(store_url)
    assert contents(moved) == contents(sqlite_store)
    moved.dispose()


def test_a_backup_never_overwrites(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("precious")
    with pytest.raises(StorageError, match="exists already"):
        backup(sqlite_store, tmp_path / "saved")
    assert (tmp_path / "saved").read_text() == "precious"


def test_a_restore_needs_a_file_and_an_empty_database(store: Store, store_url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is no file"):
        restore(tmp_path / "missing", store_url)
    fill(store)
    backup(store, tmp_path / "saved")
    before = contents(store)
    with pytest.raises(StorageError, match="holds items already"):
        restore(tmp_path / "saved", store_url)
    assert contents(store) == before


def test_what_is_no_backup_is_told_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Not a database")
    with pytest.raises(
        ForeignDatabase, match=r"^\S*/notes\.md is no backup: name a file made by `dateline db backup`$"
    ):
        restore(tmp_path / "notes.md", f"sqlite:///{tmp_path}/new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_backup_of_a_newer_version_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    sqlite_store.dispose()
    with pytest.raises(
        NewerDatabase, match=r"^\S*/one\.db was made by a newer Dateline: restore it with that version$"
    ):
        restore(tmp_path / "one.db", f"sqlite:///{tmp_path}/new.db")
