"""`dateline retract` and `restore`: withdrawing an item from every feed, and taking that back."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from feeds.commands.common import OUT, opened_store, plain_errors, settings_from_environment
from feeds.ingest import retraction
from storage.names import subjects_of

_guid = click.argument("guid")


@click.command()
@_guid
@click.option("--reason", default="", help="Why, in one line: shown on the item's page and in the feeds.")
@click.option("--purge", is_flag=True, help="Also erase its text and evidence, for good: it can never be restored.")
def retract(guid: str, reason: str, *, purge: bool) -> None:
    """Withdraw the item GUID (`urn:uuid:…`, or the last part of its page's address) from every feed.

    Subscribers are told: a tombstone stands in its place, and its page answers 410. No file brings it back. It may be
    used while the worker runs.
    """
    settings = settings_from_environment()
    with opened_store(settings) as store, plain_errors(), store.write() as conn:
        item = retraction.retract(conn, guid, reason, datetime.now(UTC), purge=purge)
    OUT.print(f"Withdrawn{' and erased' if purge else ''}: {item.guid}")


@click.command()
@_guid
def restore(guid: str) -> None:
    """Put the retracted item GUID back, at the top of its feeds."""
    settings = settings_from_environment()
    with opened_store(settings) as store, plain_errors(), store.write() as conn:
        parents = {topic.slug: topic.parent for topic in subjects_of(conn, "topic") if topic.parent}
        item = retraction.restore(conn, guid, datetime.now(UTC), parents)
    OUT.print(f"Restored: {item.guid}")
