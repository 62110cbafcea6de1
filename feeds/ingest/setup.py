"""Everything that ingest needs, opened from the settings: rules, authority, and their names copied into the store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.authority import load_authority, subjects
from feeds.authority.garbage import uncollected
from feeds.ingest.prepare import Preparer
from feeds.ingest.run import Ingest
from feeds.reading.tools import load_tools
from feeds.tagging.tag import Tagger
from storage.names import sync_subjects
from storage.state import tick

if TYPE_CHECKING:
    from feeds.authority import Authority
    from feeds.ingest.prepare import Gate
    from feeds.settings import Settings
    from storage.engine import Store
    from storage.types import Report


def open_to_all(_report: Report) -> str | None:
    """A gate that lets everything through, for who stores nothing."""
    return None


def open_preparer(settings: Settings, authority: Authority, gate: Gate = open_to_all) -> Preparer:
    """Load what reading one seed needs; no store is opened.

    Raises:
        AuthorityError: a rules or sources file is wrong.

    """
    tools = load_tools(settings.authority_dir, authority.matcher)
    return Preparer(settings.seeds_dir, settings.max_seed_bytes, tools, Tagger(authority), gate)


def open_ingest(settings: Settings, store: Store, gate: Gate = open_to_all) -> Ingest:
    """Load rules and authority and make the store's names equal to the authority's.

    The caller holds the writer's lock.

    Raises:
        AuthorityError: an authority, rules or sources file is wrong.

    """
    authority = load_authority(settings.authority_dir)
    with uncollected(), store.write() as conn:  # all names at once, of the authority and of the store
        sync_subjects(conn, subjects(authority), authority.redirects, tick(conn, datetime.now(UTC)))
    parents = {topic.slug: topic.parent for topic in authority.topics.values() if topic.parent}
    return Ingest(store, open_preparer(settings, authority, gate), parents, authority.matcher)
