"""Which events happen when: the dates that the texts of items give, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from storage.schema import events, group_members, items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection, Row

    Key = tuple[int, int]  # an item, and the place of the date in it
    Fit = Callable[[set[int]], set[int]]  # which of these items a selection holds for

# An event is found by its first day. The reader of dates tells none that is longer than what is left of its month.
_LONGEST, _DAY = timedelta(days=31), timedelta(days=1)
_GROWTH = 8
_CHUNK = 1_000  # keys in one statement
_NEWEST = (events.c.item_id.desc(), events.c.place.desc())


def _shown(*columns: Any) -> Select[Any]:
    """Dates of items that are in the feeds."""
    return select(*columns).join_from(events, items, items.c.id == events.c.item_id).where(items.c.gone_at.is_(None))


def _stepwise(when: Any, *order: Any) -> Select[Any]:
    """The keys of dates, as many as a step reads."""
    query = _shown(events.c.item_id, events.c.place).where(when).order_by(*order)
    return query.limit(bindparam("step")).offset(bindparam("offset"))


# Made once: to put one together takes longer than to ask it, and a month asks for each of its days.
_first, _last = events.c.first, events.c.last
_OF_DAY = _stepwise(_first == bindparam("day"), *_NEWEST)
_GO_ON = _stepwise(
    (_first >= bindparam("earliest")) & (_first < bindparam("day")) & (_last >= bindparam("day")),
    _first.desc(),
    *_NEWEST,
)
_EARLIER = _stepwise(_first < bindparam("day"), _first.desc(), *_NEWEST)
_LATER = _stepwise(_first > bindparam("day"), _first, *_NEWEST)


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


@dataclass(frozen=True, slots=True)
class Found:
    """What happens on some days; of those in `cut`, more dates begin than were read."""

    told: tuple[Happening, ...]
    cut: frozenset[date]


def happenings(conn: Connection, first: date, last: date, most: int, fit: Fit | None = None) -> Found:
    """What happens within these days, in their order; of each first day, what the newest `most` dates say.

    The work is bounded by `most`, however many dates a day has; a selection that fits few of them looks at more.
    """
    keys, cut = _begun_before(conn, first, most * (last - first + _DAY).days, fit), set()
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        found = _newest(conn, day, most + 1, fit)
        keys += found[:most]
        if len(found) > most:
            cut.add(day)
    told = tuple(one for start in range(0, len(keys), _CHUNK) for one in _read(conn, keys[start : start + _CHUNK]))
    return Found(tuple(sorted(told, key=lambda one: (one.first, one.item_id))), frozenset(cut))


def _begun_before(conn: Connection, first: date, most: int, fit: Fit | None) -> list[Key]:
    """The dates that began earlier and go on."""
    earliest = max(date.min + _LONGEST, first) - _LONGEST
    days = {"earliest": earliest.isoformat(), "day": first.isoformat()}
    return list(_fitting(conn, _GO_ON, days, most, fit))


def _newest(conn: Connection, day: date, most: int, fit: Fit | None) -> list[Key]:
    """The dates that begin on a day, those of the newest items first."""
    return list(_fitting(conn, _OF_DAY, {"day": day.isoformat()}, most, fit))


def _fitting(
    conn: Connection, query: Select[Any], days: Mapping[str, str], most: int, fit: Fit | None
) -> Iterator[Key]:
    """The first `most` rows whose items fit, looked for in steps that grow."""
    number, offset, step = 0, 0, most
    while number < most:
        rows = [(row.item_id, row.place) for row in conn.execute(query, {**days, "step": step, "offset": offset})]
        allowed = fit({item_id for item_id, _ in rows}) if fit and rows else None
        kept = [key for key in rows if allowed is None or key[0] in allowed][: most - number]
        yield from kept
        if len(rows) < step:
            return
        number, offset, step = number + len(kept), offset + step, step * _GROWTH


def _read(conn: Connection, keys: Sequence[Key]) -> Iterator[Happening]:
    when = (events.c.item_id, events.c.place, events.c.first, events.c.last, events.c.instant, events.c.sentence)
    told = _shown(*when, items.c.guid, items.c.title, items.c.language, items.c.source, group_members.c.group_id)
    query = (
        told.outerjoin(group_members, group_members.c.item_id == events.c.item_id)
        .where(events.c.item_id.in_({item_id for item_id, _ in keys}))
        .order_by(events.c.item_id, events.c.place)
    )
    wanted = set(keys)
    return (_happening(row) for row in conn.execute(query) if (row.item_id, row.place) in wanted)


def nearest(conn: Connection, first: date, last: date, fit: Fit | None = None) -> tuple[date | None, date | None]:
    """The first day of the last event that began before these days, and of the next one after them."""
    return _first_day(conn, _EARLIER, first, fit), _first_day(conn, _LATER, last, fit)


def _first_day(conn: Connection, query: Select[Any], day: date, fit: Fit | None) -> date | None:
    for item_id, place in _fitting(conn, query, {"day": day.isoformat()}, 1, fit):
        row = select(events.c.first).where(events.c.item_id == item_id, events.c.place == place)
        return date.fromisoformat(conn.execute(row).scalar_one())
    return None


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
