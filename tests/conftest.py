"""Fixtures for every test: a real store on both engines, and sample items."""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from sqlalchemy import create_engine, delete, make_url, text

import storage.history
import storage.log
from storage import item_rows, items, schema
from storage.item_rows import read_items
from storage.migrate import open_store, upgrade
from storage.state import create_state
from tests.postgres import cluster, find_binaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.engine import Connection, Store
    from storage.types import Item

SHARED = Path(__file__).parents[2] / "shared"


_FOR_TESTS = {"DATELINE_TEST_ALL", "DATELINE_SLOW_SCALE"}


@pytest.fixture(autouse=True)
def _no_setting_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DATELINE_") and name not in _FOR_TESTS]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _log_lines_go_where_the_test_looks() -> Iterator[None]:
    """A test that sets up the log lines must not leave them pointed at its own, closed, standard error."""
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _what_is_kept_of_an_item_is_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may read an item that was kept while its rows changed: some write of them gave it no other stamp."""

    def checked(conn: Connection, ids: Sequence[int]) -> dict[int, Item]:
        found = read_items(conn, ids)
        stored = item_rows.read_rows(conn, ids)
        if any(_said(item) != _said(stored[item_id]) for item_id, item in found.items()):
            pytest.fail(f"items were changed and have the stamp that they had: {found} are kept, {stored} are stored")
        return found

    monkeypatch.setattr(items, "read_items", checked)


def _said(item: Item) -> list[object]:
    return [getattr(item, field.name) for field in fields(item)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="slow: run by `make slow`"))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a running cluster's own database."""
    binaries = find_binaries()
    if binaries is None:
        reason = "no PostgreSQL server is installed (Debian: apt install postgresql)"
        if os.environ.get("DATELINE_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    with cluster(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the schema and nothing in it, which is copied in a tenth of the time that it takes to make."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _make_template(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of such a database on PostgreSQL."""
    for url in _new_database(postgres_url):
        _make_template(url)
        yield str(make_url(url).database)


def _make_template(url: str) -> None:
    made, _ = upgrade(url)
    with made.write() as conn:
        conn.execute(delete(schema.store))  # each store begins a life of its own
    made.dispose()


def _begin(url: str) -> Store:
    opened = open_store(url)
    with opened.write() as conn:
        create_state(conn, datetime.now(UTC))
    return opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database, once on each engine; that of `store` where a test has both."""
    copied = "store" in request.fixturenames
    if request.param == "sqlite":
        if copied:
            shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path}/store.db"
        return
    template = request.getfixturevalue("postgres_template") if copied else None
    yield from _new_database(request.getfixturevalue("postgres_url"), template)


@pytest.fixture
def postgres_store_url(postgres_url: str) -> Iterator[str]:
    """The address of a new, empty database on PostgreSQL."""
    yield from _new_database(postgres_url)


def _new_database(admin_url: str, template: str | None = None) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(admin_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else "")))
    yield make_url(admin_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A new store with the current schema, once on each engine."""
    opened = _begin(store_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A new store on SQLite, for what does not depend on the engine."""
    shutil.copy(sqlite_template, tmp_path / "one.db")
    opened = _begin(f"sqlite:///{tmp_path}/one.db")
    yield opened
    opened.dispose()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 12 and windows of 6 to 17 entries, so that a hundred items have a long past."""
    for module in (storage.log, storage.history):
        monkeypatch.setattr(module, "BLOCK", 12)
    monkeypatch.setattr(storage.log, "WINDOW", 6)


@pytest.fixture
def shared() -> Path:
    """The folder of supplied articles beside the project; the test is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the supplied articles (../shared) are not here")
    return SHARED
