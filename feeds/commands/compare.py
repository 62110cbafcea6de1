"""`dateline compare`: why two items are reports of one event, or are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from feeds.commands.common import OUT, Failure, opened_store, plain_errors, settings_from_environment
from feeds.ingest.grouping import compare as compare_items
from storage.items import find_item

if TYPE_CHECKING:
    from feeds.ingest.grouping import Comparison
    from storage.engine import Connection
    from storage.types import Item


@click.command()
@click.argument("guid")
@click.argument("other")
def compare(guid: str, other: str) -> None:
    """Show how alike the items GUID and OTHER are, and by which facts; nothing is changed.

    Both are `urn:uuid:…`, or the last part of their page's address. They are compared as if one of them arrived now.
    """
    settings = settings_from_environment()
    with opened_store(settings) as store, plain_errors(), store.read() as conn:
        items = _found(conn, guid), _found(conn, other)
        _print(items, compare_items(conn, *items))


def _found(conn: Connection, guid: str) -> Item:
    item = find_item(conn, guid.removeprefix("urn:uuid:"))
    if item is None:
        raise Failure(f"there is no item {guid}")
    return item


def _print(items: tuple[Item, Item], found: Comparison) -> None:
    for item in items:
        OUT.print(Text(f"{item.report.language}  {item.report.title}"))
    OUT.print(
        f"Likeness {found.score:.2f}, where 1.00 is one event; {found.days} days apart; "
        f"{'' if found.together else 'not '}in one group."
    )
    table = Table("fact in common", "nats", box=None)
    for name, nats in found.shared:
        table.add_row(Text(name), f"{nats:.1f}")
    OUT.print(table)
