"""`dateline status`: how the store stands, and what is wrong with the seeds that are no article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from feeds.commands.common import OUT, opened_store, settings_from_environment
from feeds.logs import shown
from feeds.syndication.gate import refusal
from storage.items import items_by_id
from storage.ledger import counts, rejected
from storage.log import find_feed, list_feeds
from storage.state import get_state
from storage.sweep import newest_item_ids
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Connection
    from storage.state import State
    from storage.types import LedgerRow

_LIVELY = 10
_TRIED = 1_000


@click.command()
@click.option(
    "--limit", default=20, type=click.IntRange(min=0), show_default=True, help="How many rejected seeds to list."
)
def status(limit: int) -> None:
    """Show the last pass, the ledger in numbers, the busiest feeds, why a seed is no article, and what no feed shows.

    The newest thousand items are tried: which of them would be left out of the feeds, and why.
    """
    settings = settings_from_environment()
    with opened_store(settings) as store, store.read() as conn:
        OUT.print(_overview(conn))
        OUT.print(_busiest(conn))
        refused = rejected(conn, limit)
        if refused:
            OUT.print(_rejected(refused))
        if left_out := _left_out(conn):
            OUT.print(_unwritable(left_out))


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


def _left_out(conn: Connection) -> dict[str, str]:
    """Why items of the store are in no feed, by guid: a row that cannot be read, or that no writer can write."""
    newest = items_by_id(conn, newest_item_ids(conn, _TRIED))
    reasons = {item.guid: item.fault or refusal(item.report) for item in newest.values() if item.gone_at is None}
    return {guid: reason for guid, reason in sorted(reasons.items()) if reason}


def _unwritable(left_out: dict[str, str]) -> Table:
    table = Table(title="Left out of the feeds", title_justify="left", box=None, pad_edge=False)
    table.add_column("item", no_wrap=True)
    table.add_column("reason", overflow="fold")
    for guid, reason in left_out.items():
        table.add_row(Text(guid), Text(reason))
    return table
