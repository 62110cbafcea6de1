"""A topic or actor under another slug: its tags and the items of its feed go on under the new one, without a retag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from storage.log import LIVE
from storage.moving import move_items
from storage.schema import feed_entries, feeds, items, new_stamp, tags
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from storage.types import SubjectKind


def carry_over(conn: Connection, moved: Iterable[tuple[SubjectKind, str, str]], at: datetime) -> None:
    """Carry what is stored under an old slug over to the new one: `moved` are kinds, old and new slugs.

    A renamed feed keeps its log, so every position and cursor goes on to count; one that is merged into a feed that is
    there gives its items to that one, where they are new.
    """
    there = {FeedKey(row.kind, row.slug) for row in conn.execute(select(feeds.c.kind, feeds.c.slug))}
    for kind, slug, new in moved:
        old, target = FeedKey(kind, slug), FeedKey(kind, new)
        if old not in there:
            continue
        showing = _showing(conn, old)
        _retarget_tags(conn, kind, slug, new)
        if target not in there:
            conn.execute(update(feeds).where(feeds.c.kind == kind, feeds.c.slug == slug).values(slug=new))
            there.add(target)
            there.discard(old)
        wanted = {item_id: (keys - {old}) | {target} for item_id, keys in showing.items()}
        if wanted:
            move_items(conn, wanted, at)


def _showing(conn: Connection, key: FeedKey) -> dict[int, set[FeedKey]]:
    """The items that a feed shows, each with all the feeds that show it."""
    entries = feed_entries.alias()
    query = (
        select(entries.c.item_id, feeds.c.kind, feeds.c.slug)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .where(
            entries.c.state == LIVE,
            entries.c.item_id.in_(
                select(feed_entries.c.item_id)
                .join(feeds, feeds.c.id == feed_entries.c.feed_id)
                .where(feeds.c.kind == key.kind, feeds.c.slug == key.slug, feed_entries.c.state == LIVE)
            ),
        )
    )
    found: dict[int, set[FeedKey]] = {}
    for row in conn.execute(query):
        found.setdefault(row.item_id, set()).add(FeedKey(row.kind, row.slug))
    return found


def _retarget_tags(conn: Connection, kind: SubjectKind, old: str, new: str) -> None:
    """Give the tags of an old slug the new one; of an item that has both, the new one's stays."""
    both = select(tags.c.item_id).where(tags.c.kind == kind, tags.c.slug == new)
    ours = (tags.c.kind == kind, tags.c.slug == old)
    having = select(tags.c.item_id).where(*ours)
    conn.execute(update(items).where(items.c.id.in_(having)).values(stamp=new_stamp()))
    conn.execute(delete(tags).where(*ours, tags.c.item_id.in_(both)))
    conn.execute(update(tags).where(*ours).values(slug=new))
