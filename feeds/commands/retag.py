"""`dateline retag`: tag every stored item by the present authority."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from feeds.authority import load_authority, subjects
from feeds.commands.common import OUT, Failure, opened_store, plain_errors, progress_bar, settings_from_environment
from feeds.ingest.retag import retag as retag_all
from feeds.tagging.tag import Tagger
from storage.errors import StoreBusy
from storage.lock import writer_lock
from storage.names import sync_subjects
from storage.state import tick
from storage.sweep import count_items

if TYPE_CHECKING:
    from feeds.authority import Authority
    from feeds.ingest.retag import Retagged
    from storage.engine import Store


@click.command()
def retag() -> None:
    """Tag every stored item anew, after the authority changed; the feeds are served meanwhile.

    Items move only in the feeds that they enter or leave. Run it again if it was interrupted: what is done is not done
    twice. Exit code 1 while `dateline serve` or `watch` runs on the same database: stop the worker first.
    """
    settings = settings_from_environment()
    with plain_errors():
        authority = load_authority(settings.authority_dir)
    with opened_store(settings) as store:
        try:
            with writer_lock(store):
                result = _run(store, authority)
        except StoreBusy as error:
            raise Failure(str(error)) from error
    OUT.print(f"{result.changed:,} of {result.seen:,} items have other tags now.")


def _run(store: Store, authority: Authority) -> Retagged:
    with store.write() as conn:
        sync_subjects(conn, subjects(authority), authority.redirects, tick(conn, datetime.now(UTC)))
        total = count_items(conn)
    parents = {topic.slug: topic.parent for topic in authority.topics.values() if topic.parent}
    with progress_bar() as bar:
        task = bar.add_task("tagging items", total=total)
        return retag_all(store, Tagger(authority), parents, lambda done: bar.update(task, completed=done))
