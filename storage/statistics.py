"""What the pages count: items by day, month and company, from indexes or from a bounded number of the newest items."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, tuple_

from storage.codec import event_from_row
from storage.days import UNDATED
from storage.items import items_by_id
from storage.log import LIVE
from storage.schema import events, feed_days, feed_entries, feeds, group_members, items, tags
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import BindParameter
    from sqlalchemy.engine import Connection

    from storage.types import EventDate, Feed, Item, SubjectKind

    Key = tuple[SubjectKind, str]

_log, _days = feed_entries.c, feed_days.c
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
# Made once: to look at each of a thousand values takes SQLAlchemy longer than the query.
_DAYS_OF = (
    select(_log.day, func.count())
    .where(_log.feed_id == select(feeds.c.id).where(feeds.c.kind == "latest", feeds.c.slug == "").scalar_subquery())
    .where(_log.item_id.in_(_IDS), _log.day != UNDATED)
    .group_by(_log.day)
)
_SUBJECTS_OF = select(tags.c.item_id, tags.c.kind, tags.c.slug).where(tags.c.item_id.in_(_IDS))
_EVENTS_OF = (
    select(events, items.c.guid, items.c.title, items.c.language, items.c.published_at)
    .join(items, items.c.id == events.c.item_id)
    .where(events.c.item_id.in_(_IDS), events.c.last >= bindparam("since"))
    .order_by(events.c.first, events.c.last, events.c.item_id, events.c.place)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Dated:
    """An event date with what is needed to name the item that says it."""

    event: EventDate
    guid: str
    title: str
    language: str
    published: date

    @property
    def uuid(self) -> str:
        """The bare UUID of the item."""
        return self.guid.removeprefix("urn:uuid:")


def counts_by_day(conn: Connection, key: FeedKey, since: date) -> Counter[date]:
    """How many dated items a feed has of each day from `since` on."""
    query = select(_days.day, _days.number).where(
        _days.feed_id == _id_of(key), _days.day >= since.toordinal(), _days.number > 0
    )
    return Counter({date.fromordinal(day): number for day, number in conn.execute(query).all()})


def counts_of(conn: Connection, item_ids: Sequence[int]) -> Counter[date]:
    """How many of these items are of each day, those without a date left out."""
    return Counter({date.fromordinal(row[0]): row[1] for row in conn.execute(_DAYS_OF, {"ids": item_ids})})


def counts_by_week(conn: Connection, keys: Sequence[FeedKey], since: date) -> dict[FeedKey, Counter[date]]:
    """How many dated items each feed has of each week from that of `since` on, by the Monday that it begins with."""
    found: dict[FeedKey, Counter[date]] = {key: Counter() for key in keys}
    week = (_days.day - 1) // 7  # the calendar of `date.toordinal` begins on a Monday, with day 1
    query = (
        select(feeds.c.kind, feeds.c.slug, week, func.sum(_days.number))
        .join(feeds, feeds.c.id == _days.feed_id)
        .where(tuple_(feeds.c.kind, feeds.c.slug).in_([tuple(key) for key in keys]))
        .where(week >= (since.toordinal() - 1) // 7)
        .group_by(feeds.c.kind, feeds.c.slug, week)
    )
    for kind, slug, number, count in conn.execute(query):
        found[FeedKey(kind, slug)][date.fromordinal(7 * number + 1)] = int(count)
    return found


def newest_day(conn: Connection, key: FeedKey) -> date | None:
    """The last day of which a feed has an item."""
    query = select(func.max(_days.day)).where(_days.feed_id == _id_of(key), _days.number > 0)
    newest = conn.execute(query).scalar_one()
    return None if newest is None else date.fromordinal(newest)


def count_undated(conn: Connection, feed: Feed) -> int:
    """How many items of the feed have no date."""
    query = select(func.count()).where(_log.feed_id == feed.id, _log.state == LIVE, _log.day == UNDATED)
    return conn.execute(query.select_from(feed_entries)).scalar_one()


def items_between(
    conn: Connection, feed: Feed, days: tuple[date, date] | None, *, limit: int, offset: int = 0
) -> tuple[Item, ...]:
    """The items of a feed that were published on these days, or those without a date; newest first."""
    first, last = (day.toordinal() for day in days) if days else (UNDATED, UNDATED)
    query = (
        select(_log.item_id)
        .where(_log.feed_id == feed.id, _log.state == LIVE, _log.day.between(first, last))
        .order_by(_log.day.desc(), _log.position.desc())
    )
    ids = list(conn.execute(query.limit(limit).offset(offset)).scalars())
    found = items_by_id(conn, ids)
    return tuple(found[item_id] for item_id in ids)


def newest_ids(conn: Connection, feed: Feed, limit: int) -> list[int]:
    """The items that entered the feed last."""
    query = select(_log.item_id).where(_log.feed_id == feed.id, _log.state == LIVE)
    return list(conn.execute(query.order_by(_log.position.desc()).limit(limit)).scalars())


def subjects_by_item(conn: Connection, item_ids: Sequence[int]) -> dict[int, list[Key]]:
    """The topics and actors that each of these items is about."""
    found: dict[int, list[Key]] = defaultdict(list)
    for item_id, kind, slug in conn.execute(_SUBJECTS_OF, {"ids": item_ids}).all():
        found[item_id].append((kind, slug))
    return found


def event_dates(conn: Connection, item_ids: Sequence[int], *, since: date, limit: int) -> tuple[Dated, ...]:
    """The dates of events that these items tell, from `since` on, soonest first."""
    found = conn.execute(_EVENTS_OF, {"ids": item_ids, "since": since.isoformat(), "most": limit})
    return tuple(
        Dated(event_from_row(row), row["guid"], row["title"], row["language"], row["published_at"].date())
        for row in found.mappings()
    )


def sizes_of_groups(conn: Connection, groups: Iterable[str]) -> dict[str, int]:
    """How many items in the feeds report the event of each group."""
    query = (
        select(group_members.c.group_id, func.count())
        .join(items, items.c.id == group_members.c.item_id)
        .where(group_members.c.group_id.in_(sorted(groups)), items.c.gone_at.is_(None))
        .group_by(group_members.c.group_id)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def _id_of(key: FeedKey) -> object:
    return select(feeds.c.id).where(feeds.c.kind == key.kind, feeds.c.slug == key.slug).scalar_subquery()
