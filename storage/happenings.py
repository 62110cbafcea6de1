"""Which events happen when: the dates that the texts of items give, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage.schema import events, group_members, items

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

# An event is found by its first day. The reader of dates tells none that is longer than what is left of its month.
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Happening:
    """That something happens on some days, as one item says it; `group` is the id of its event, if others report it."""

    first: date
    last: date
    instant: datetime | None
    sentence: str
    item_id: int
    uuid: str
    title: str
    language: str
    source: str | None
    group: str | None


def happenings(conn: Connection, first: date, last: date, most: int) -> tuple[Happening, ...]:
    """What happens within these days, in their order; of each first day, what the newest `most` dates say."""
    rank = func.row_number().over(partition_by=events.c.first, order_by=(events.c.item_id.desc(), events.c.place))
    earliest = max(date.min + _LONGEST, first) - _LONGEST
    chosen = (
        select(events.c.item_id, events.c.place, rank.label("rank"))
        .where(events.c.first.between(earliest.isoformat(), last.isoformat()), events.c.last >= first.isoformat())
        .subquery()
    )
    told = select(events, items.c.guid, items.c.title, items.c.language, items.c.source, group_members.c.group_id)
    query = (
        told.join(chosen, (chosen.c.item_id == events.c.item_id) & (chosen.c.place == events.c.place))
        .join(items, items.c.id == events.c.item_id)
        .outerjoin(group_members, group_members.c.item_id == events.c.item_id)
        .where(chosen.c.rank <= most, items.c.gone_at.is_(None))
        .order_by(events.c.first, events.c.item_id, events.c.place)
    )
    return tuple(_happening(row) for row in conn.execute(query))


def nearest(conn: Connection, first: date, last: date) -> tuple[date | None, date | None]:
    """The first day of the last event that began before these days, and of the next one after them."""
    day, shown = events.c.first, select(events.c.first).join(items).where(items.c.gone_at.is_(None))
    earlier = conn.execute(shown.where(day < first.isoformat()).order_by(day.desc()).limit(1)).scalar_one_or_none()
    later = conn.execute(shown.where(day > last.isoformat()).order_by(day).limit(1)).scalar_one_or_none()
    return (earlier and date.fromisoformat(earlier)) or None, (later and date.fromisoformat(later)) or None


def event_days(conn: Connection) -> tuple[date, ...]:
    """Every day on which something happens, in their order."""
    query = select(events.c.first, events.c.last).join(items).where(items.c.gone_at.is_(None)).distinct()
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in conn.execute(query)]
    days = {first + timedelta(number) for first, last in spans for number in range((last - first).days + 1)}
    return tuple(sorted(days))


def _happening(row: Row[Any]) -> Happening:
    return Happening(
        first=date.fromisoformat(row.first),
        last=date.fromisoformat(row.last),
        instant=datetime.fromisoformat(row.instant) if row.instant else None,
        sentence=row.sentence,
        item_id=row.item_id,
        uuid=row.guid.removeprefix("urn:uuid:"),
        title=row.title,
        language=row.language,
        source=row.source,
        group=row.group_id,
    )
