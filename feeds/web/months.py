"""A month of events: reports of one event put together, days into weeks, spans over their days. Pure."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from feeds.syndication.selection_form import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from feeds.web.i18n import Interface
    from storage.happenings import Happening
    from storage.query import Query

Part = Literal["whole", "begins", "goes on", "ends"]
_EARLIEST, _LATEST = 2, 9998  # years whose months have neighbours
# Weeks begin on Monday, but where these languages are spoken on Sunday (Unicode CLDR, weekData).
_SUNDAY = 6
_WEEK_BEGINS = {"ko": _SUNDAY, "ja": _SUNDAY}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """An event on its days: `told` is the report that is shown, `others` how many more there are."""

    told: Happening
    others: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """An event on one of its days."""

    event: Event
    part: Part


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month with its events, those that began earlier first, then those that most reports tell.

    `cut` says that there are more, of older reports.
    """

    date: date
    events: tuple[Shown, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - _DAY

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month((self.first - _DAY).replace(day=1))

    @property
    def following(self) -> Month:
        """The month after."""
        return Month((self.first.replace(day=28) + 4 * _DAY).replace(day=1))

    def weeks(self, ui: Interface) -> tuple[tuple[date | None, ...], ...]:
        """Its weeks as the reader's language begins them; None for days of other months."""
        weeks = Calendar(week_begins(ui)).monthdatescalendar(self.first.year, self.first.month)
        return tuple(tuple(day if day.month == self.first.month else None for day in week) for week in weeks)


def calendar_path(when: str = "", only: Query | None = None) -> str:
    """The page of a month (`2026-02`) or a day, else of the month that it is; perhaps of a selection's events only."""
    text = canonical(only) if only else ""
    return "/calendar" + (f"/{when}" if when else "") + (f"?q={quote(text, safe=':()*,')}" if text else "")


def week_begins(ui: Interface) -> int:
    """The day on which a week begins, Monday is 0."""
    return _WEEK_BEGINS.get(ui.code, 0)


def read_day(text: str) -> date | None:
    """Read `2026-02-10`; None where there is no such day, or another way to write it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and _EARLIEST <= day.year <= _LATEST else None


def read_month(text: str) -> Month | None:
    """Read `2026-02`."""
    day = read_day(f"{text}-01")
    return Month(day) if day else None


def together(found: Iterable[Happening], ui: Interface) -> tuple[Event, ...]:
    """Put together what reports of one event say of the same days; one in the reader's language is shown, if any."""
    same: dict[object, list[Happening]] = defaultdict(list)
    for one in found:
        same[one.first, one.last, one.group or one.item_id].append(one)
    return tuple(_event(reports, ui) for reports in same.values())


def by_day(events: Sequence[Event], first: date, last: date, cut: Collection[date] = frozenset()) -> Mapping[date, Day]:
    """Put events on each of their days, from one day to another."""
    days: dict[date, list[Shown]] = {first + number * _DAY: [] for number in range((last - first).days + 1)}
    for event in sorted(events, key=_rank):
        start, end = event.told.first, event.told.last
        for number in range((min(end, last) - max(start, first)).days + 1):
            day = max(start, first) + number * _DAY
            days[day].append(Shown(event, _part(day, start, end)))
    return {day: Day(day, tuple(shown), day in cut) for day, shown in days.items()}


def _event(reports: Sequence[Happening], ui: Interface) -> Event:
    own = [one for one in reports if one.language.partition("-")[0] == ui.code]
    return Event((own or reports)[0], len({one.item_id for one in reports}) - 1)


def _rank(event: Event) -> tuple[date, int, int, int]:
    told = event.told
    return told.first, -(told.last - told.first).days, -event.others, told.item_id


def _part(day: date, first: date, last: date) -> Part:
    if first == last:
        return "whole"
    return "begins" if day == first else "ends" if day == last else "goes on"
