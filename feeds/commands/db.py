"""`dateline db`: create and upgrade the database, say where it stands, save it and bring it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.common import OUT, opened_store, plain_errors, progress_bar, settings_from_environment
from storage.backup import backup, restore
from storage.engine import connect
from storage.migrate import schema_status, upgrade

if TYPE_CHECKING:
    from rich.progress import Progress

    from storage.backup import Copying


@click.group()
def db() -> None:
    """Create, upgrade, save and restore the database (DATELINE_DATABASE_URL)."""


@db.command(name="upgrade")
def upgrade_() -> None:
    """Create the database, or bring its schema up to date; safe to run again."""
    settings = settings_from_environment()
    with plain_errors():
        store, before = upgrade(settings.database_url)
    store.dispose()
    if before.current == before.head:
        OUT.print(f"The database is up to date (schema {before.head}).")
    else:
        OUT.print(f"The database went from {before.current or 'empty'} to schema {before.head}.")


@db.command()
def status() -> None:
    """Say which schema the database has and which this program wants. Exit code 1: `dateline db upgrade` is due."""
    settings = settings_from_environment()
    with plain_errors():
        store = connect(settings.database_url)
        found = schema_status(store)
    store.dispose()
    have = "somebody else's" if found.foreign else found.current or "empty"
    OUT.print(f"database  {store.engine.url.render_as_string(hide_password=True)}")
    OUT.print(f"schema    {have}; this program writes {found.head}")
    if found.foreign or found.newer or found.current != found.head:
        raise SystemExit(1)


@db.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_(file: Path) -> None:
    """Save the whole store into FILE while the server goes on; FILE restores into SQLite and PostgreSQL alike."""
    settings = settings_from_environment()
    with opened_store(settings) as store, progress_bar() as bar:
        backup(store, file, _shown(bar))
    OUT.print(f"Saved {file} ({file.stat().st_size:,} bytes).")


@db.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore_(file: Path) -> None:
    """Load a backup into the new, empty database that DATELINE_DATABASE_URL names."""
    settings = settings_from_environment()
    with plain_errors(), progress_bar() as bar:
        restore(file, settings.database_url, _shown(bar))
    OUT.print(f"Restored {file}.")


def _shown(bar: Progress) -> Copying:
    task = bar.add_task("copying")

    def show(table: str, done: int, total: int) -> None:
        bar.update(task, description=f"copying {table}", completed=done, total=total)

    return show
