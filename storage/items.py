"""Items: stored once under a permanent guid, revised in place, with what they said before kept beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from storage.codec import event_to_row, published_from_json, published_to_json, tag_to_row
from storage.eventkeys import carried_over, keyed
from storage.item_rows import read_items
from storage.schema import EPOCH, events, items, new_stamp, revisions, tags
from storage.state import next_item_id
from storage.types import UNDATED, EventDate, Item, Report, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from storage.types import Published

# SQLite binds at most 32,766 values a statement; a window needs 149.
_CHUNK = 500
# What decoding a row may raise that holds what this program never writes.
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Two digests of an item: `content` of all that a reader would notice, `text` of its folded words and source."""

    content: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an item said in an earlier revision."""

    revision: int
    updated: datetime
    title: str
    summary: str
    body: str
    published: Published
    url: str | None


def insert_item(
    conn: Connection, guid: str, report: Report, prints: Fingerprint, *, at: datetime, published_at: datetime
) -> int:
    """Store a new item at the store's moment `at` and return its id; the caller places it in the feeds."""
    item_id = next_item_id(conn)
    conn.execute(
        insert(items).values(
            id=item_id,
            guid=guid,
            revision=1,
            first_seen=at,
            updated=at,
            published_at=published_at,
            **_columns(report, prints),
        )
    )
    _write_tags(conn, item_id, report.tags)
    _write_events(conn, item_id, keyed(report.events, 1))
    return item_id


def revise_item(
    conn: Connection, item: Item, report: Report, prints: Fingerprint, *, at: datetime, published_at: datetime
) -> None:
    """Replace what the item reports, under the same guid; the words it replaces go to `revisions`."""
    old = item.report
    conn.execute(
        insert(revisions).values(
            item_id=item.id,
            revision=item.revision,
            updated=item.updated,
            title=old.title,
            summary=old.summary,
            body=old.body,
            published=published_to_json(old.published),
            url=old.url,
        )
    )
    changed = {**_columns(report, prints), "revision": item.revision + 1, "updated": at, "published_at": published_at}
    conn.execute(update(items).where(items.c.id == item.id).values(changed))
    conn.execute(delete(events).where(events.c.item_id == item.id))
    _write_events(conn, item.id, carried_over(old, report, item.revision + 1))
    replace_tags(conn, item.id, report.tags)


def supersede_item(conn: Connection, brief_id: int, article_id: int, at: datetime) -> None:
    """Record that a full article took the place of a brief; the caller takes the brief out of its feeds."""
    conn.execute(update(items).where(items.c.id == brief_id).values(superseded_by=article_id, gone_at=at))


def retract_item(conn: Connection, item_id: int, reason: str, at: datetime) -> None:
    """Record that an item was withdrawn; the caller takes it out of its feeds."""
    conn.execute(update(items).where(items.c.id == item_id).values(gone_at=at, gone_reason=reason))


def restore_item(conn: Connection, item_id: int, at: datetime) -> None:
    """Take a retraction back; the caller puts the item into its feeds again.

    Its time of change is now: who was told that it is gone holds whatever is older for gone, too (RFC 6721, 2).
    """
    conn.execute(update(items).where(items.c.id == item_id).values(gone_at=None, gone_reason=None, updated=at))


def purge_item(conn: Connection, item_id: int) -> None:
    """Erase what the item said, now and before, and every quotation from it; its guid and digests stay."""
    blank: dict[str, Any] = {"title": "", "summary": "", "body": "", "url": None, "authors": [], "notes": []}
    nothing = published_to_json(UNDATED)
    for table in (revisions, tags, events):
        conn.execute(delete(table).where(table.c.item_id == item_id))
    conn.execute(update(items).where(items.c.id == item_id).values(published=nothing, **blank))


def replace_tags(conn: Connection, item_id: int, new: Sequence[Tag]) -> None:
    """Give the item these tags and no others."""
    conn.execute(delete(tags).where(tags.c.item_id == item_id))
    _write_tags(conn, item_id, new)
    conn.execute(update(items).where(items.c.id == item_id).values(stamp=new_stamp()))


def oldest_first_seen(conn: Connection) -> datetime | None:
    """When the first item of all was first seen, if there is one."""
    return conn.execute(select(items.c.first_seen).order_by(items.c.id).limit(1)).scalar_one_or_none()


def find_item(conn: Connection, uuid: str) -> Item | None:
    """Find the item of this bare UUID, or None."""
    found = conn.execute(select(items.c.id).where(items.c.guid == f"urn:uuid:{uuid}")).scalar_one_or_none()
    return None if found is None else item_by_id(conn, found)


def shown_uuids(conn: Connection) -> tuple[str, ...]:
    """The bare UUIDs of all items that are not gone, in the order in which they were stored."""
    query = select(items.c.guid).where(items.c.gone_at.is_(None), items.c.superseded_by.is_(None)).order_by(items.c.id)
    return tuple(guid.removeprefix("urn:uuid:") for guid in conn.execute(query).scalars())


def item_by_id(conn: Connection, item_id: int) -> Item:
    """Read one item that is known to exist."""
    return items_by_id(conn, [item_id])[item_id]


def item_by_text(conn: Connection, text_digest: str) -> Item | None:
    """Find the oldest item whose folded text and source have this digest."""
    query = select(items.c.id).where(items.c.text_digest == text_digest).order_by(items.c.id).limit(1)
    found = conn.execute(query).scalar_one_or_none()
    return None if found is None else item_by_id(conn, found)


def fingerprint_of(conn: Connection, item_id: int) -> Fingerprint:
    """Read the stored digests of an item."""
    row = conn.execute(select(items.c.content_digest, items.c.text_digest).where(items.c.id == item_id)).one()
    return Fingerprint(content=row[0], text=row[1])


def items_by_id(conn: Connection, ids: Sequence[int]) -> dict[int, Item]:
    """Read items with their tags and events, three queries a chunk of 500.

    A row that cannot be read (something else wrote into the database) is an item with a `fault`, not an exception: it
    must not take its neighbours along.
    """
    found: dict[int, Item] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        try:
            found |= read_items(conn, chunk)
        except _UNREADABLE:
            for item_id in chunk:
                found |= _read_alone(conn, item_id)
    return found


def _read_alone(conn: Connection, item_id: int) -> dict[int, Item]:
    try:
        return read_items(conn, [item_id])
    except _UNREADABLE as error:
        guid = conn.execute(select(items.c.guid).where(items.c.id == item_id)).scalar_one()
        fault = f"its row cannot be read: {type(error).__name__}: {error}"
        nothing = Report("article", "", "", "", "und", UNDATED)
        return {item_id: Item(item_id, guid, 1, EPOCH, EPOCH, EPOCH, nothing, fault=fault)}


def revisions_of(conn: Connection, item_id: int) -> tuple[Revision, ...]:
    """Read what the item said before, oldest first."""
    query = select(revisions).where(revisions.c.item_id == item_id).order_by(revisions.c.revision)
    return tuple(
        Revision(
            revision=row["revision"],
            updated=row["updated"],
            title=row["title"],
            summary=row["summary"],
            body=row["body"],
            published=published_from_json(row["published"]),
            url=row["url"],
        )
        for row in conn.execute(query).mappings()
    )


def _columns(report: Report, prints: Fingerprint) -> dict[str, Any]:
    return {
        "content_digest": prints.content,
        "text_digest": prints.text,
        "kind": report.kind,
        "title": report.title,
        "summary": report.summary,
        "body": report.body,
        "language": report.language,
        "published": published_to_json(report.published),
        "url": report.url,
        "source": report.source,
        "declared_id": report.declared_id,
        "authors": list(report.authors),
        "modified": report.modified,
        "notes": list(report.notes),
    }


def _write_tags(conn: Connection, item_id: int, new: Iterable[Tag]) -> None:
    rows = [tag_to_row(item_id, place, tag) for place, tag in enumerate(new)]
    if rows:
        conn.execute(insert(tags), rows)


def _write_events(conn: Connection, item_id: int, new: Iterable[EventDate]) -> None:
    rows = [event_to_row(item_id, place, event) for place, event in enumerate(new)]
    if rows:
        conn.execute(insert(events), rows)
