"""Opening the store: what is refused, and that readers and writers do not fail each other."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, insert, make_url, select, text, update
from sqlalchemy.exc import DBAPIError

from storage import migrate, schema
from storage.engine import APPLICATION_ID, Store, connect
from storage.errors import ForeignDatabase, NewerDatabase, OlderDatabase, StoreUnreachable
from storage.migrate import open_store, revisions, schema_status, upgrade
from storage.state import get_state, tick
from tests.builders import NOON, add_item, later, name_subjects, report, uuid_of


def test_an_empty_database_wants_an_upgrade_first(store_url: str) -> None:
    with pytest.raises(OlderDatabase, match=r"(is empty|there is no database .* yet): run `dateline db upgrade`"):
        open_store(store_url)
    first, before = upgrade(store_url)
    first.dispose()
    assert before.current is None
    again = open_store(store_url)
    with again.read() as conn:
        assert len(get_state(conn).store_id) == 32
    again.dispose()


def test_a_second_upgrade_changes_nothing(store: Store, store_url: str) -> None:
    with store.read() as conn:
        before = get_state(conn)
    other, status = upgrade(store_url)
    with other.read() as conn:
        assert get_state(conn) == before
    other.dispose()
    assert status.current == status.head


def test_the_migrations_make_exactly_the_schema(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    # Full text is the engine's own: the tables and indexes of that name are no part of the schema.
    options = {"include_name": lambda name, _kind, _parents: not (name or "").startswith("texts_index")}
    with store.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts=options), schema.metadata) == []


def test_each_migration_is_named_by_its_revision() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))

    assert revisions() == [script.revision for script in reversed(list(scripts.walk_revisions()))]


def test_a_process_that_opens_the_store_does_not_load_alembic(store: Store, store_url: str) -> None:
    program = f"import sys; from storage.migrate import open_store; open_store({store_url!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()

    assert "sqlalchemy" in loaded
    assert "alembic" not in loaded


def test_a_newer_database_is_refused_untouched(store: Store, store_url: str) -> None:
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for opener in (open_store, upgrade):
        with pytest.raises(NewerDatabase, match="newer Dateline"):
            opener(store_url)
    assert schema_status(store).current == "9999"


def test_a_foreign_database_is_refused_untouched(store_url: str, tmp_path: Path) -> None:
    if store_url.startswith("sqlite"):
        path = tmp_path / "store.db"
        with sqlite3.connect(path) as foreign:
            foreign.execute("CREATE TABLE theirs (id INTEGER)")
        foreign.close()
        before = path.read_bytes()
        with pytest.raises(ForeignDatabase, match="belongs to another program"):
            upgrade(store_url)
        assert path.read_bytes() == before
        assert sorted(file.name for file in tmp_path.iterdir()) == ["store.db"]
        return
    foreign_store = connect(store_url)
    with foreign_store.write() as conn:
        conn.execute(text("CREATE TABLE theirs (id INTEGER)"))
    foreign_store.dispose()
    with pytest.raises(ForeignDatabase, match="belongs to another program"):
        upgrade(store_url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("dear diary " * 20)
    with pytest.raises(ForeignDatabase, match="is not a SQLite database"):
        connect(f"sqlite:///{path}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "no database address"),
        ("sqlite://", "in memory"),
        ("mysql://localhost/x", "driver|not supported"),
        ("sqlite:////proc/nowhere/x.db", "cannot open"),
    ],
)
def test_a_wrong_address_is_one_clear_sentence(url: str, words: str) -> None:
    with pytest.raises(StoreUnreachable, match=words):
        connect(url, create=True)


def test_an_unreachable_server_is_one_clear_sentence() -> None:
    with pytest.raises(StoreUnreachable, match="does not answer"):
        open_store("postgresql://dateline:secret@/x?host=/nowhere")


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_script_is_refused(postgres_url: str, encoding: str) -> None:
    name = f"narrow_{encoding.lower()}"
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0"))
    admin.dispose()
    url = make_url(postgres_url).set(database=name).render_as_string()
    for opener in (upgrade, open_store):
        with pytest.raises(StoreUnreachable, match=f"has the encoding {encoding}, .*createdb --encoding=UTF8"):
            opener(url)


def test_the_password_is_in_no_message() -> None:
    with pytest.raises(StoreUnreachable) as caught:
        open_store("postgresql://dateline:hunter2@/x?host=/nowhere")
    assert "hunter2" not in str(caught.value)


def test_sqlite_keeps_what_it_commits(sqlite_store: Store) -> None:
    with sqlite_store.read() as conn:
        pragmas = ["journal_mode", "synchronous", "foreign_keys", "application_id"]
        found = [conn.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert found == ["wal", 2, 1, APPLICATION_ID]


def test_the_clock_rises_strictly_even_when_the_machine_s_goes_back(store: Store) -> None:
    with store.write() as conn:
        first = tick(conn, later(5_000_000))
        second = tick(conn, NOON)
        assert second > first
        assert tick(conn, later(6_000_000)) == later(6_000_000)


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    with store.read() as reading:
        before = get_state(reading).clock
        with store.write() as writing:
            tick(writing, later(5_000_000))
        assert get_state(reading).clock == before


def test_two_writers_and_readers_never_fail_each_other(store: Store) -> None:
    """A deferred transaction that reads before it writes fails two times in three here; BEGIN IMMEDIATE never."""
    name_subjects(store)
    failures: list[BaseException] = []

    def work(write: bool) -> None:
        try:
            for _ in range(60):
                with store.write() if write else store.read() as conn:
                    query = select(schema.feeds.c.head).where(schema.feeds.c.id == 1)
                    head = conn.execute(query.with_for_update() if write else query).scalar_one()
                    if write:
                        conn.execute(update(schema.feeds).where(schema.feeds.c.id == 1).values(head=head + 1))
        except BaseException as error:  # noqa: BLE001 - the point is that there is none
            failures.append(error)

    threads = [threading.Thread(target=work, args=(write,)) for write in (True, True, False, False, False, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as conn:
        assert conn.execute(select(schema.feeds.c.head).where(schema.feeds.c.id == 1)).scalar_one() == 120


def test_writers_of_one_process_queue_and_do_not_time_out(sqlite_store: Store) -> None:
    """SQLite's busy handler sleeps and tries again: who comes at the right moment wins, and the others starve."""
    sqlite_store.dispose()
    event.listen(sqlite_store.engine, "connect", lambda conn, _: conn.execute("PRAGMA busy_timeout=1").close())
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with sqlite_store.write() as conn:
                tick(conn, later(5_000_000))
        except BaseException as error:  # noqa: BLE001 - the point is that there is none
            failures.append(error)

    second = threading.Thread(target=work)
    with sqlite_store.write() as conn:
        tick(conn, NOON)
        second.start()
        second.join(timeout=0.3)
        assert second.is_alive()
    second.join()
    assert failures == []


def test_a_write_inside_a_write_fails_and_does_not_hang(sqlite_store: Store) -> None:
    sqlite_store.dispose()
    event.listen(sqlite_store.engine, "connect", lambda conn, _: conn.execute("PRAGMA busy_timeout=1").close())
    with sqlite_store.write(), pytest.raises(StoreUnreachable, match="locked"), sqlite_store.write():
        pass


@pytest.mark.parametrize("start", [16, 4096], ids=["its header is overwritten", "its pages are overwritten"])
def test_a_damaged_file_is_told_as_such(sqlite_store: Store, start: int) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("Talks"), uuid=uuid_of(1), at=later(1))
    sqlite_store.dispose()  # the last one out folds the write-ahead log into the file
    assert sqlite_store.sqlite_path is not None
    whole = sqlite_store.sqlite_path.read_bytes()
    sqlite_store.sqlite_path.write_bytes(whole[:start] + b"\xa5" * (len(whole) - start))
    with pytest.raises(StoreUnreachable, match="is damaged"), sqlite_store.read() as conn:
        conn.execute(select(schema.items)).all()


@pytest.mark.parametrize("statement", ["SELECT nothing FROM store", "SELEKT 1", "SELECT 1 FROM nowhere"])
def test_a_statement_that_is_wrong_is_a_defect_and_no_unreachable_store(store: Store, statement: str) -> None:
    for transaction in (store.read, store.write):
        with pytest.raises(DBAPIError), transaction() as conn:
            conn.execute(text(statement))


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    row = {"kind": "topic", "old": "a", "slug": "b"}
    with pytest.raises(RuntimeError), store.write() as conn:
        conn.execute(insert(schema.redirects).values(row))
        raise RuntimeError
    with store.read() as conn:
        assert conn.execute(select(schema.redirects)).all() == []


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="needs a zone"), store.write() as conn:
        tick(conn, NOON)
        conn.execute(update(schema.store).values(clock=NOON.replace(tzinfo=None)))
