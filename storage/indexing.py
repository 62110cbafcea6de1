"""Keeping the index of selections equal to the items: called wherever an item moves in a feed, in that transaction."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, insert, select

from storage import fulltext
from storage.bits import BLOCK, pack, unpack
from storage.common_words import note_common_words
from storage.facets import facets, principal_term
from storage.schema import facet_blocks, feed_entries, feeds, indexed, items, tags, texts
from storage.tokens import stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

_CHUNK = 500
_LIVE = 0  # `storage.log.LIVE`, which imports this module
_Places = dict[int, tuple[int, frozenset[str]]]  # by item: its position in `latest`, its terms


def index_items(conn: Connection, ids: Sequence[int]) -> None:
    """Make the index say of these items what the store says: where they stand, what they are about, their words."""
    for start in range(0, len(ids), _CHUNK):
        _index(conn, ids[start : start + _CHUNK])


def index_missing(conn: Connection, progress: Callable[[int], None] = lambda _done: None) -> None:
    """Index every item of `latest` that is not: after an upgrade from a schema that had no index."""
    waiting = (
        select(feed_entries.c.item_id)
        .join(feeds, and_(feeds.c.id == feed_entries.c.feed_id, feeds.c.kind == "latest"))
        .where(feed_entries.c.state == _LIVE, ~exists().where(indexed.c.item_id == feed_entries.c.item_id))
        .order_by(feed_entries.c.position)
    )
    ids = list(conn.execute(waiting).scalars())
    for start in range(0, len(ids), _CHUNK):
        _index(conn, ids[start : start + _CHUNK])
        progress(min(start + _CHUNK, len(ids)))


def forget_feed(conn: Connection, feed_id: int) -> None:
    """Drop what the index holds of a feed that ends; its items are indexed anew when they are tagged anew."""
    terms = [f"feed:{feed_id}", principal_term(feed_id)]
    conn.execute(delete(facet_blocks).where(facet_blocks.c.term.in_(terms)))


def _index(conn: Connection, ids: Sequence[int]) -> None:
    old, new = _indexed(conn, ids), _wanted(conn, ids)
    _write_facets(conn, old, new)
    moved = [one for one in ids if old.get(one, (0,))[0] != new.get(one, (0,))[0]]
    _write_texts(conn, [old[one][0] for one in moved if one in old], {one: new[one][0] for one in moved if one in new})
    changed = [one for one in ids if old.get(one) != new.get(one)]
    if known := [one for one in changed if one in old]:
        conn.execute(delete(indexed).where(indexed.c.item_id.in_(known)))
    rows = [{"item_id": one, "position": new[one][0], "terms": sorted(new[one][1])} for one in changed if one in new]
    if rows:
        conn.execute(insert(indexed), rows)


def _indexed(conn: Connection, ids: Sequence[int]) -> _Places:
    query = select(indexed).where(indexed.c.item_id.in_(ids))
    return {row.item_id: (row.position, frozenset(row.terms)) for row in conn.execute(query)}


def _wanted(conn: Connection, ids: Sequence[int]) -> _Places:
    """What the store says; an item that is gone, or in no feed yet, is left out."""
    positions: dict[int, int] = {}
    member_of: dict[int, set[int]] = defaultdict(set)
    for row in _memberships(conn, ids):
        if row.kind == "latest":
            positions[row.item_id] = row.position
        else:
            member_of[row.item_id].add(row.feed_id)
    principals = _principals(conn, ids)
    columns = (items.c.id, items.c.language, items.c.kind, items.c.source, items.c.published)
    return {
        row.id: (
            positions[row.id],
            frozenset(
                facets(row.language, row.kind, row.source, row.published, member_of[row.id])
                | {principal_term(feed_id) for feed_id in principals[row.id] & member_of[row.id]}
            ),
        )
        for row in conn.execute(select(*columns).where(items.c.id.in_(list(positions))))
    }


def _memberships(conn: Connection, ids: Sequence[int]) -> Iterable[Any]:
    columns = (feed_entries.c.item_id, feed_entries.c.feed_id, feed_entries.c.position, feeds.c.kind)
    query = select(*columns).join(feeds, feeds.c.id == feed_entries.c.feed_id)
    return conn.execute(query.where(feed_entries.c.item_id.in_(ids), feed_entries.c.state == _LIVE))


def _principals(conn: Connection, ids: Sequence[int]) -> Mapping[int, set[int]]:
    """The feeds of the actors that each item turns on."""
    found: dict[int, set[int]] = defaultdict(set)
    query = (
        select(tags.c.item_id, feeds.c.id)
        .join(feeds, and_(feeds.c.kind == tags.c.kind, feeds.c.slug == tags.c.slug))
        .where(tags.c.item_id.in_(ids), tags.c.kind == "actor", tags.c.role == "principal")
    )
    for item_id, feed_id in conn.execute(query):
        found[item_id].add(feed_id)
    return found


def _write_facets(conn: Connection, old: _Places, new: _Places) -> None:
    changes: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for column, places in enumerate((old, new)):
        for position, terms in places.values():
            block, offset = divmod(position, BLOCK)
            for term in terms:
                changes[block][term][column] |= 1 << offset
    for block, of_terms in sorted(changes.items()):
        changed = sorted(term for term, (before, after) in of_terms.items() if before != after)
        for start in range(0, len(changed), _CHUNK):
            _write_blocks(conn, block, {term: of_terms[term] for term in changed[start : start + _CHUNK]})


def _write_blocks(conn: Connection, block: int, changes: Mapping[str, list[int]]) -> None:
    """Clear and set bits; one block at a time, as SQLite would not use the key for pairs of term and block."""
    here = (facet_blocks.c.block == block) & facet_blocks.c.term.in_(list(changes))
    stored = {row.term: row.bits for row in conn.execute(select(facet_blocks).where(here))}
    if stored:
        conn.execute(delete(facet_blocks).where(here))
    rows = []
    for term, (before, after) in changes.items():
        bits = unpack(stored.get(term, b"")) & ~before | after
        if bits:
            rows.append({"term": term, "block": block, "bits": pack(bits)})
    if rows:
        conn.execute(insert(facet_blocks), rows)


def _write_texts(conn: Connection, gone: list[int], new: Mapping[int, int]) -> None:
    """Take the words at the positions `gone` away, and write those of each of the `new` items at its position."""
    if gone:
        fulltext.remove(conn, gone)
        conn.execute(delete(texts).where(texts.c.position.in_(gone)))
    if not new:
        return
    query = select(items.c.id, items.c.title, items.c.summary, items.c.body).where(items.c.id.in_(list(new)))
    rows = [{"position": new[row.id], "words": stream(row.title, row.summary, row.body)} for row in conn.execute(query)]
    conn.execute(insert(texts), rows)
    fulltext.add(conn, rows)
    note_common_words(conn, new.values())
