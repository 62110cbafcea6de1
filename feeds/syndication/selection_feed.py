"""A selection run against the store: its document, and the stored feeds whose versions tell whether it may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication.build import build
from feeds.syndication.cursor import write_page
from feeds.syndication.document import Paging
from feeds.syndication.selection_address import LIMIT, address
from feeds.syndication.selection_form import leaves
from feeds.syndication.selection_words import describe
from storage.briefs import with_carriers
from storage.groups import with_groups
from storage.items import oldest_first_seen
from storage.log import find_feed
from storage.names import subject
from storage.query import And, Or, Term
from storage.search import search
from storage.state import get_state
from storage.types import LATEST, Feed, FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.syndication.document import Channel, FeedDocument
    from feeds.syndication.selection_address import Selection
    from storage.engine import Connection
    from storage.query import Node, Query
    from storage.types import Subject, SubjectKind


def selection_document(
    conn: Connection,
    one: Selection,
    names: Mapping[tuple[SubjectKind, str], Subject],
    channel: Channel,
    page: tuple[str, int | None],
    most: int = LIMIT,
) -> FeedDocument:
    """A page of a selection's feed (RFC 5005, 3): its name, and the place in `latest` that it is below, if any."""
    store_id = get_state(conn).store_id
    found = search(conn, one.query, one.limit or most, page[1])
    here = channel.base_url + address(one, page[0])
    later = channel.base_url + address(one, write_page(store_id, found.entries[-1].position)) if found.more else None
    # Nothing of the clock, nor of what happens elsewhere, may show in bytes that are their own validator.
    changed = max((entry.item.updated for entry in found.entries), default=_beginning(conn))
    key = FeedKey("select", address(one))
    feed = Feed(id=0, key=key, head=0, version=0, changed_at=changed, label=title(conn, one.query))
    return build(
        feed,
        with_groups(conn, with_carriers(conn, found.entries)),
        names,
        channel,
        paging=Paging(here=here, later=later),
    )


def title(conn: Connection, query: Query) -> str:
    """A selection in words, its topics and actors by their labels."""
    known: dict[tuple[SubjectKind, str], Subject] = {}
    for leaf in leaves(query.where):
        if isinstance(leaf, Term) and (leaf.field == "topic" or leaf.field == "actor"):  # noqa: PLR1714
            found = subject(conn, leaf.field, leaf.value)
            if found is not None:
                known[leaf.field, leaf.value] = found
    told = describe(query, known)
    return told[:1].upper() + told[1:]


def _beginning(conn: Connection) -> datetime:
    """When the store got its first item: the time of a selection that holds none."""
    return oldest_first_seen(conn) or get_state(conn).clock


def draws_from(conn: Connection, query: Query) -> tuple[Feed, ...]:
    """The stored feeds without whose change the selection cannot change: as few, and as quiet, as can be.

    What is joined by AND lies within each of its parts, so the smallest will do; what is joined by OR needs them all.
    """
    return tuple(sorted(_within(conn, query.where), key=lambda feed: feed.id))


def _within(conn: Connection, node: Node) -> tuple[Feed, ...]:
    match node:
        case Term("topic" | "actor", slug):
            return _feeds(conn, [FeedKey("topic" if node.field == "topic" else "actor", slug)])
        case And(parts) if parts:
            return min((_within(conn, part) for part in parts), key=_size)
        case Or(parts):
            return tuple({feed.id: feed for part in parts for feed in _within(conn, part)}.values())
    return _feeds(conn, [LATEST])


def _feeds(conn: Connection, keys: Iterable[FeedKey]) -> tuple[Feed, ...]:
    return tuple(feed for key in keys if (feed := find_feed(conn, key)) is not None)


def _size(feeds: tuple[Feed, ...]) -> int:
    return sum(feed.size for feed in feeds)
