"""`dateline ingest` and `reread`: one complete pass over the watched folder, for people and for cron."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.table import Table

from feeds.commands.common import ERR, OUT, Failure, opened_store, progress_bar, settings_from_environment
from feeds.ingest.decide import SETTLE_SECONDS
from feeds.ingest.setup import open_ingest
from feeds.logs import set_up_logs
from feeds.syndication.gate import refusal
from storage.errors import StoreBusy
from storage.lock import writer_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.ingest.run import Ingest, PassResult

_MEANINGS = {
    "new": "new items",
    "revised": "items revised",
    "retagged": "items with other topics or actors",
    "copy": "further copies of an item",
    "same": "touched, with nothing new in them",
    "rejected": "no article (dateline status says why)",
    "unreadable": "could not be read (dateline status says why)",
    "gone": "left the folder; their items stay",
}


@click.command()
@click.option("--now", is_flag=True, help="Trust every file at the first look: nobody is writing into the folder.")
def ingest(*, now: bool) -> None:
    """Read the seeds folder once, completely, and end.

    Without --now a file must look the same in two looks a second apart, so that none is read half written. Exit code 1
    while `dateline serve` or `watch` runs on the same database: it does this work already.
    """
    with _ingest() as opened:
        result = _run(opened, settle=not now)
    _show(result)


@click.command()
@click.option("--source", help="Only the seeds of this source: an id of sources.toml, or a host.")
def reread(source: str | None) -> None:
    """Read again what is stored, after rules, sources or authority files changed.

    Only items that come out differently are revised or retagged; feeds in which nothing changed stay as they are.
    Files that have left the folder cannot be read again. Exit code 1 while a worker runs on the same database.
    """
    with _ingest() as ingest, progress_bar() as bar:
        task = bar.add_task("reading again", total=None)
        result = ingest.reread(source, lambda done, total: bar.update(task, completed=done, total=total))
    _show(result)


@contextmanager
def _ingest() -> Iterator[Ingest]:
    """The writer's side, opened, with its lock held."""
    settings = settings_from_environment()
    if ERR.is_terminal:
        set_up_logs(settings.log_format, quiet=True)  # the progress bar says how it goes
    with opened_store(settings) as store:
        try:
            with writer_lock(store):
                yield open_ingest(settings, store, refusal)
        except StoreBusy as error:
            raise Failure(str(error)) from error


def _run(ingest: Ingest, *, settle: bool) -> PassResult:
    if settle:
        ingest.look()
        time.sleep(SETTLE_SECONDS)
    with progress_bar() as bar:
        task = bar.add_task("reading seeds", total=None)
        result = ingest.one_pass(
            settle=settle, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    ingest.record(ok=True)
    return result


def _show(result: PassResult) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{result.seen:,}", "names in the folder")
    for word, meaning in _MEANINGS.items():
        if number := result.seeds.get(word):
            table.add_row(f"{number:,}", meaning)
    if result.waiting:
        table.add_row(f"{result.waiting:,}", "still being written: run it again")
    OUT.print(table)
