"""Withdrawing an item, and taking that back: the only way in which a guid leaves every feed, or returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.errors import DatelineError
from feeds.ingest.grouping import regroup
from feeds.ingest.put import feeds_for
from storage.briefs import touch_carried
from storage.candidates import forget_quotations
from storage.common_words import forget_common_words
from storage.fulltext import scrub
from storage.groups import forget_sketch, touch_beside
from storage.items import find_item, purge_item, restore_item, retract_item
from storage.log import place_item, take_out
from storage.openings import put_openings
from storage.state import tick

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.engine import Connection
    from storage.types import Item


def retract(conn: Connection, guid: str, reason: str, now: datetime, *, purge: bool = False) -> Item:
    """Take an item out of every feed; a tombstone stays. `purge` also erases its text and evidence, for good.

    No file brings it back: `restore` alone does.

    Raises:
        DatelineError: there is no such item, or nothing is left to do.

    """
    item = _find(conn, guid)
    if item.gone_at is not None and not purge:
        raise DatelineError(f"{item.guid} is gone already")
    at = tick(conn, now)
    if item.gone_at is None:
        retract_item(conn, item.id, reason, at)
        take_out(conn, item.id, at)
        touch_beside(conn, item.id, at)
        touch_carried(conn, item.id, at)
    if purge:
        purge_item(conn, item.id)
        put_openings(conn, item.id, ())
        forget_sketch(conn, item.id)
        forget_quotations(conn, item.id)
        scrub(conn)
        forget_common_words(conn)
    return item


def restore(conn: Connection, guid: str, now: datetime, parents: Mapping[str, str]) -> Item:
    """Put a retracted item back, at the top of its feeds, in the words that its seed has now.

    Raises:
        DatelineError: there is no such item, it was not retracted, or its text was purged.

    """
    item = _find(conn, guid)
    if item.gone_at is None or item.superseded_by is not None:
        raise DatelineError(f"{item.guid} was not retracted")
    if not item.report.title:
        raise DatelineError(f"{item.guid} was purged: its text is gone, and nothing can bring it back")
    at = tick(conn, now)
    restore_item(conn, item.id, at)
    place_item(conn, item.id, feeds_for(item.report.tags, parents), revised=True, at=at)
    regroup(conn, item.id)
    touch_beside(conn, item.id, at)
    touch_carried(conn, item.id, at)
    return item


def _find(conn: Connection, guid: str) -> Item:
    item = find_item(conn, guid.removeprefix("urn:uuid:"))
    if item is None:
        raise DatelineError(f"there is no item {guid}: give the guid of a feed entry, or the last part of its page")
    return item
