"""Items from their rows: read as the engine has them, and decoded once, however often they are read.

What was made of an item is given again, without reading its rows, while the item has the stamp that it had: whoever
writes what is read here gives it another one. What others make of an item they may keep by the object.
"""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from cachetools import LRUCache
from sqlalchemy import JSON, BigInteger, Text, cast, select, type_coerce

from storage.among import among
from storage.codec import event_from_row, evidence_from_json, published_from_json
from storage.schema import Instant, events, instant_of, items, tags
from storage.types import Item, Report, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, ColumnElement, Table
    from sqlalchemy.engine import Connection, Row

    from storage.types import EventDate

_KEPT = 1_000  # items; with what writers make of it, one of the usual length takes about 30 KB
_LONG = 20_000  # characters of a text, from which on an item is not kept
_kept: LRUCache[tuple[int, int], Item] = LRUCache(_KEPT)  # by id and stamp
_lock = Lock()


class _ItemRow(NamedTuple):
    """The columns of `items`, JSON as text and instants as microseconds."""

    id: int
    guid: str
    revision: int
    first_seen: int
    updated: int
    published_at: int
    kind: Any
    title: str
    summary: str
    body: str
    language: str
    published: str
    url: str | None
    source: str | None
    declared_id: str | None
    authors: str
    modified: int | None
    notes: str
    gone_at: int | None
    gone_reason: str | None
    superseded_by: int | None


_TAG = ("item_id", "kind", "slug", "place", "role", "salience", "evidence")
_place = itemgetter(_TAG.index("place"))
_EVENT = ("item_id", "first", "last", "instant", "sentence", "key", "sequence", "evidence")


def _as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """A column whose values cost nothing to fetch."""
    if isinstance(column.type, JSON):
        return cast(column, Text)
    return type_coerce(column, BigInteger) if isinstance(column.type, Instant) else column


def _columns(table: Table, names: Sequence[str]) -> list[ColumnElement[Any]]:
    return [_as_stored(table.c[name]) for name in names]


# Made once: for a window, making a statement would take longer than running it.
_STAMPS = select(items.c.id, items.c.stamp).where(among(items.c.id))
_ITEMS = select(*_columns(items, _ItemRow._fields)).where(among(items.c.id))
_TAGS = (
    select(*_columns(tags, _TAG)).where(among(tags.c.item_id)).order_by(*tags.primary_key)
)  # by place, it would have to sort
_EVENTS = select(*_columns(events, _EVENT)).where(among(events.c.item_id)).order_by(events.c.item_id, events.c.place)


def read_items(conn: Connection, ids: Sequence[int]) -> dict[int, Item]:
    """Give items with their tags and events: one query tells which are kept, three read the others.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError: a row holds what is never written.

    """
    stamps: dict[int, int] = dict(map(tuple, conn.execute(_STAMPS, {"ids": ids}).all()))
    with _lock:
        kept = {item_id: _kept.get((item_id, stamp)) for item_id, stamp in stamps.items()}
    found = {item_id: item for item_id, item in kept.items() if item is not None}
    missing = [item_id for item_id in stamps if item_id not in found]
    if missing:
        read = read_rows(conn, missing)
        with _lock:
            for item_id, item in read.items():
                if len(item.report.body) < _LONG:
                    _kept[item_id, stamps[item_id]] = item
        found |= read
    return found


def read_rows(conn: Connection, ids: Sequence[int]) -> dict[int, Item]:
    """Read items from their rows, whatever is kept of them; it raises what `read_items` does."""
    wanted = {"ids": ids}
    tags_of, events_of = (
        {item_id: list(rows) for item_id, rows in groupby(conn.execute(query, wanted).all(), itemgetter(0))}
        for query in (_TAGS, _EVENTS)
    )
    return {
        row[0]: _item(row, tags_of.get(row[0], []), events_of.get(row[0], []))
        for row in conn.execute(_ITEMS, wanted).all()
    }


def forget_items() -> None:
    """Forget what was decoded, and with it all that others keep by it: a benchmark measures what a new process does."""
    with _lock:
        _kept.clear()


def _item(columns: Row[Any], tag_rows: Sequence[Row[Any]], event_rows: Sequence[Row[Any]]) -> Item:
    row = _ItemRow._make(columns)
    return Item(
        id=row.id,
        guid=row.guid,
        revision=row.revision,
        first_seen=instant_of(row.first_seen),
        updated=instant_of(row.updated),
        published_at=instant_of(row.published_at),
        report=Report(
            kind=row.kind,
            title=row.title,
            summary=row.summary,
            body=row.body,
            language=row.language,
            published=published_from_json(json.loads(row.published)),
            url=row.url,
            source=row.source,
            declared_id=row.declared_id,
            authors=_texts(row.authors),
            modified=None if row.modified is None else instant_of(row.modified),
            notes=_texts(row.notes),
            events=_events(event_rows),
            tags=_tags(tag_rows),
        ),
        gone_at=None if row.gone_at is None else instant_of(row.gone_at),
        gone_reason=row.gone_reason,
        superseded_by=row.superseded_by,
    )


def _texts(stored: str) -> tuple[str, ...]:
    return () if stored == "[]" else tuple(json.loads(stored))


def _tags(rows: Sequence[Row[Any]]) -> tuple[Tag, ...]:
    """The tags of one item in the tagger's order, their evidence decoded in one go."""
    plain: list[tuple[Any, ...]] = [tuple(row) for row in rows]  # a row's own ways to its values are slow
    plain.sort(key=_place)
    evidence = json.loads(f"[{','.join([row[-1] for row in plain])}]")
    return tuple(
        [
            Tag(kind, slug, role, salience, evidence_from_json(told))
            for (_, kind, slug, _, role, salience, _), told in zip(plain, evidence, strict=True)
        ]
    )


def _events(rows: Sequence[Row[Any]]) -> tuple[EventDate, ...]:
    return tuple(
        [event_from_row({**dict(zip(_EVENT, row, strict=True)), "evidence": json.loads(row[-1])}) for row in rows]
    )
