"""`dateline export`: every feed, page and item as static files."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from feeds.commands.common import ERR, OUT, opened_store, plain_errors, progress_bar, settings_from_environment

_MEANINGS = {"written": "files written", "kept": "unchanged", "removed": "no longer there"}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write every feed, page and item into DIR as static files, for a web server or a static host.

    The files are in DIR/current, a link that is turned to the new ones when all of them are there: nobody sees a half
    written export. Beside each file of a kilobyte or more lie its .gz and .br forms. What did not change since the last
    export of this DIR is not written again and keeps its time. DATELINE_BASE_URL must be the address at which the files
    will be.

    Not exported: selections (/select), parameters, cursors (since=) and health, which only a running server can
    answer; pages of single items are in the operator's language only.
    """
    from feeds.export.run import export as run

    settings = settings_from_environment()
    with opened_store(settings) as store, plain_errors(), progress_bar() as bar:
        task = bar.add_task("exporting", total=None)
        done = run(settings, store, folder, lambda number, total: bar.update(task, completed=number, total=total))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column()
    for word, meaning in _MEANINGS.items():
        table.add_row(f"{done.counts[word]:,}", meaning)
    OUT.print(table)
    for address, reason in done.failed.items():
        ERR.print(f"not written: {address}: {reason}", markup=False)
    if done.failed:
        raise SystemExit(1)
