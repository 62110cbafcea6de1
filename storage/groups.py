"""Reports of one event: the groups, with permanent ids, and what new items are compared by."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.among import among
from storage.items import items_by_id
from storage.log import LIVE, touch_feed
from storage.schema import feed_entries, group_members, items, sketch_keys, sketches, subjects, term_counts
from storage.types import Beside, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from storage.types import Item

_CHUNK = 5_000  # values bound to one statement; SQLite takes 32,766
_TOTAL = -1
_GROUPS = select(group_members).where(among(group_members.c.item_id))
_SHOWN_MEMBERS = (
    select(group_members.c.group_id, items.c.id, items.c.guid, items.c.language)
    .join(items, items.c.id == group_members.c.item_id)
    .where(group_members.c.group_id.in_(bindparam("groups", expanding=True)), items.c.gone_at.is_(None))
    .order_by(items.c.id)
)
_MOST_OTHERS = 20  # that an entry tells: a group may be large, and each member tells of the others


def group_of(conn: Connection, item_id: int) -> str | None:
    """The id of the item's group, or None where no other report of its event is known."""
    return conn.execute(select(group_members.c.group_id).where(group_members.c.item_id == item_id)).scalar_one_or_none()


def groups_of(conn: Connection, item_ids: Iterable[int]) -> dict[int, str]:
    """The groups of those items that have one."""
    return dict(map(tuple, conn.execute(_GROUPS, {"ids": list(item_ids)}).all()))


def members(conn: Connection, group_id: str) -> tuple[int, ...]:
    """The ids of the items of a group, oldest first; the id of a group that was merged leads to the other."""
    found = _members(conn, group_id)
    if found:
        return found
    founder = conn.execute(select(items.c.id).where(items.c.guid == f"urn:uuid:{group_id}")).scalar_one_or_none()
    current = group_of(conn, founder) if founder is not None else None
    return _members(conn, current) if current else ()


def other_ids(conn: Connection, item_id: int) -> list[int]:
    """The ids of the other items of the item's group, oldest first, whether they are in the feeds or not."""
    group = group_of(conn, item_id)
    return [member for member in members(conn, group) if member != item_id] if group else []


def other_reports(conn: Connection, item_id: int) -> tuple[Item, ...]:
    """The other items of the item's group that are in the feeds, oldest first."""
    ids = other_ids(conn, item_id)
    found = items_by_id(conn, ids)
    return tuple(found[member] for member in ids if found[member].gone_at is None)


def with_groups(conn: Connection, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put beside each entry the other reports of its event."""
    entries = tuple(entries)
    if not entries:
        return ()
    own = groups_of(conn, [entry.item.id for entry in entries])
    if not own:
        return entries
    found: dict[str, list[Any]] = defaultdict(list)
    for row in conn.execute(_SHOWN_MEMBERS, {"groups": sorted(set(own.values()))}).all():
        found[row.group_id].append(row)
    return tuple(
        [
            Entry(entry.position, entry.item, _beside(entry.item, group, found[group]), entry.via)
            if (group := own.get(entry.item.id))
            else entry
            for entry in entries
        ]
    )


def _beside(item: Item, group: str, found: Iterable[Any]) -> Beside:
    language = item.report.language
    others = sorted((row for row in found if row.id != item.id), key=lambda row: (row.language == language, row.id))
    return Beside(group, tuple((row.guid, row.language) for row in others[:_MOST_OTHERS]))


def touch_beside(conn: Connection, item_id: int, at: datetime) -> None:
    """Raise the version of each feed that shows another report of the item's group: they show which reports there are.

    Call it when the item enters the group, leaves the feeds, returns, or gets another language.
    """
    others = other_ids(conn, item_id)
    showing: set[int] = set()
    for start in range(0, len(others), _CHUNK):
        inside = feed_entries.c.item_id.in_(others[start : start + _CHUNK]), feed_entries.c.state == LIVE
        showing.update(conn.execute(select(feed_entries.c.feed_id).where(*inside).distinct()).scalars())
    for feed_id in sorted(showing):
        touch_feed(conn, feed_id, at)


def assign(conn: Connection, item_ids: Sequence[int], groups: Sequence[str]) -> str:
    """Put items, and all members of `groups`, into one group, and give its id.

    It is the id of the group that was founded first, or where there is none the uuid of the oldest of the items; the
    other ids lead to it, as `members` says.
    """
    kept = _oldest(conn, groups) if groups else _uuid(conn, min(item_ids))
    others = [group for group in groups if group != kept]
    if others:
        conn.execute(update(group_members).where(group_members.c.group_id.in_(others)).values(group_id=kept))
    here = groups_of(conn, item_ids)
    new = [{"item_id": item_id, "group_id": kept} for item_id in item_ids if item_id not in here]
    if new:
        conn.execute(insert(group_members), new)
    return kept


def put_sketch(conn: Connection, item_id: int, language: str, data: bytes, *, day: int, keys: Iterable[int]) -> bool:
    """Keep what the item is compared by, in place of what was kept before; tell whether it is the first time."""
    old = conn.execute(select(sketches.c.item_id).where(sketches.c.item_id == item_id)).one_or_none()
    if old is None:
        conn.execute(insert(sketches).values(item_id=item_id, language=language, data=data))
    else:
        conn.execute(update(sketches).where(sketches.c.item_id == item_id).values(language=language, data=data))
        conn.execute(delete(sketch_keys).where(sketch_keys.c.item_id == item_id))
    rows = [{"key": key, "day": day, "item_id": item_id} for key in sorted(set(keys))]
    if rows:
        conn.execute(insert(sketch_keys), rows)
    return old is None


def forget_sketch(conn: Connection, item_id: int) -> None:
    """Drop what an item is compared by, for one whose text is purged."""
    conn.execute(delete(sketch_keys).where(sketch_keys.c.item_id == item_id))
    conn.execute(delete(sketches).where(sketches.c.item_id == item_id))


def candidates(
    conn: Connection, keys: Iterable[int], days: tuple[int, int] | None, *, each: int, most: int
) -> list[int]:
    """Items that share a key, those that share most first: the newest `each` of a key within `days`, `most` in all."""
    shared: Counter[int] = Counter()
    for key in sorted(set(keys)):
        query = select(sketch_keys.c.item_id).where(sketch_keys.c.key == key)
        if days is not None:
            query = query.where(sketch_keys.c.day.between(*days))
        shared.update(
            conn.execute(query.order_by(sketch_keys.c.day.desc(), sketch_keys.c.item_id.desc()).limit(each)).scalars()
        )
    return [item for item, _ in sorted(shared.items(), key=lambda entry: (-entry[1], -entry[0]))[:most]]


def read_sketches(conn: Connection, item_ids: Iterable[int]) -> dict[int, tuple[str, bytes]]:
    """The language and the packed sketch of items."""
    query = select(sketches).where(sketches.c.item_id.in_(sorted(item_ids)))
    return {row.item_id: (row.language, row.data) for row in conn.execute(query)}


def count_terms(conn: Connection, kind: str, terms: Iterable[int]) -> None:
    """Count one item more for the kind and for each of these terms."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    rows = [{"kind": kind, "term": term, "number": 1} for term in sorted({_TOTAL, *terms})]
    add = dialect.insert(term_counts)
    one_more = {"number": term_counts.c.number + 1}
    conn.execute(add.on_conflict_do_update(index_elements=["kind", "term"], set_=one_more), rows)


def term_counts_of(conn: Connection, kind: str, terms: Iterable[int]) -> tuple[int, Mapping[int, int]]:
    """How many items of the kind there are, and how many have each of these terms."""
    found: dict[int, int] = {}
    wanted = sorted({_TOTAL, *terms})
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        query = select(term_counts.c.term, term_counts.c.number).where(
            term_counts.c.kind == kind, term_counts.c.term.in_(chunk)
        )
        found.update((row[0], row[1]) for row in conn.execute(query))
    return found.pop(_TOTAL, 0), found


def actor_types(conn: Connection, slugs: Iterable[str]) -> dict[str, str]:
    """The type of each of these actors: person, organisation, country or bloc."""
    query = select(subjects.c.slug, subjects.c.type).where(
        subjects.c.kind == "actor", subjects.c.slug.in_(sorted(slugs))
    )
    return {row.slug: row.type for row in conn.execute(query)}


def _members(conn: Connection, group_id: str) -> tuple[int, ...]:
    query = select(group_members.c.item_id).where(group_members.c.group_id == group_id)
    return tuple(conn.execute(query.order_by(group_members.c.item_id)).scalars())


def _oldest(conn: Connection, groups: Sequence[str]) -> str:
    founders = [f"urn:uuid:{group}" for group in groups]
    query = select(items.c.guid).where(items.c.guid.in_(founders)).order_by(items.c.id).limit(1)
    guid: str = conn.execute(query).scalar_one()
    return guid.removeprefix("urn:uuid:")


def _uuid(conn: Connection, item_id: int) -> str:
    guid: str = conn.execute(select(items.c.guid).where(items.c.id == item_id)).scalar_one()
    return guid.removeprefix("urn:uuid:")
