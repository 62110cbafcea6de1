"""`dateline status`: how the store stands, and what is wrong with the seeds that are no article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from feeds.commands.common import OUT, opened_store, settings_from_environment
from feeds.logs import shown
from storage.ledger import counts, rejected
from storage.log import find_feed, list_feeds
from storage.state import get_state
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Connection
    from storage.state import State
    from storage.types import LedgerRow

_LIVELY = 10


@click.command()
@click.option(
    "--limit", default=20, type=click.IntRange(min=0), show_default=True, help="How many rejected seeds to list."
)
def status(limit: int) -> None:
    """Show the last pass, the ledger in numbers, the busiest feeds, and why a seed is no article."""
    settings = settings_from_environment()
    with opened_store(settings) as store, store.read() as conn:
        OUT.print(_overview(conn))
        OUT.print(_busiest(conn))
        refused = rejected(conn, limit)
        if refused:
            OUT.print(_rejected(refused))


def _overview(conn: Connection) -> Table:
    state, latest, ledger = get_state(conn), find_feed(conn, LATEST), counts(conn)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_row("last pass", Text(_last_pass(state)))
    table.add_row("items", f"{latest.size if latest else 0:,}")
    table.add_row("seeds", ", ".join(f"{number:,} {word}" for word, number in ledger.items()) or "none yet")
    return table


def _last_pass(state: State) -> str:
    if state.last_pass_at is None:
        return "never: run `dateline serve` or `dateline ingest`"
    ago = (datetime.now(UTC) - state.last_pass_at).total_seconds()
    how = "" if state.last_pass_ok else f", and it failed: {state.last_pass_note}"
    return f"{state.last_pass_at:%Y-%m-%d %H:%M:%S} UTC, {ago:,.0f} s ago{how}"


def _busiest(conn: Connection) -> Table:
    feeds = [feed for feed in (*list_feeds(conn, "topic"), *list_feeds(conn, "actor")) if feed.size]
    table = Table("feed", "items", title="Busiest feeds", title_justify="left", box=None, pad_edge=False)
    for feed in sorted(feeds, key=lambda one: (-one.size, one.label))[:_LIVELY]:
        table.add_row(Text(f"/{feed.key.kind}s/{feed.key.slug}"), f"{feed.size:,}")
    return table


def _rejected(rows: Sequence[LedgerRow]) -> Table:
    table = Table("seed", "reason", title="No article", title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(Text(shown(row.name)), Text(row.reason))
    return table
