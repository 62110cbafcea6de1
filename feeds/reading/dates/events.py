"""Event dates: the days on which a text says that something happens or will happen, counted from the day of the report.

A date is one only where a word of meeting, visiting, signing and the like (`cues.toml`) is near; the day on which
something was merely said is none. What cannot be told within a week is left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from feeds.reading.dates.cues import cues
from feeds.reading.dates.story import LONGEST, read_dates
from storage.types import EventDate, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.reading.dates.story import Dated
    from storage.types import Published

MOST = 12  # event dates of one article
_LONGEST = timedelta(days=6)
_RECENT = timedelta(days=92)
_NEAR_PARENT = 183  # days between a brief and the article that carries it
_CLAUSE = 90  # characters on either side of a date in which its event is named


def event_dates(body: str, language: str, published: Published) -> tuple[EventDate, ...]:
    """Find the event dates of an article's body, in the order of the text.

    Args:
        body: the item's body; evidence counts its code points.
        language: BCP 47.
        published: when the report appeared; without it only full dates are days.

    """
    found = (_event(one, language, published) for one in read_dates(body[:LONGEST], language))
    return _distinct(event for event in found if event is not None)


def brief_events(text: str, language: str, parent: Published) -> tuple[EventDate, ...]:
    """The day that a brief itself states; a missing year is that of the day nearest to its parent's date."""
    for one in read_dates(text, language):
        if one.stance == "background" or one.mention.month is None or one.mention.day is None:
            continue
        day = one.mention.full or _nearest(one, parent)
        if day is not None:
            return (_made(one, day, day, "stated-in-the-brief"),)
    return ()


def _event(one: Dated, language: str, published: Published) -> EventDate | None:
    if one.stance in ("background", "said") or not _happens(one, language):
        return None
    if one.mention.full is not None:
        return _made(one, one.mention.full, one.mention.last_of(one.mention.full), f"event-{one.stance}")
    if published.first is None or published.last is None or one.mention.days == 0:
        return None
    ahead = one.stance == "planned"
    days = [one.mention.when(report, ahead=ahead) for report in (published.first, published.last)]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None
    first, last = min(day[0] for day in known), max(day[1] for day in known)
    if not ahead and published.last - first > _RECENT:
        return None  # a day of long ago without a year may be of any year
    return _made(one, first, last, f"event-{one.stance}") if last - first <= _LONGEST else None


def _happens(one: Dated, language: str) -> bool:
    words = cues()[language.partition("-")[0]]
    near = one.sentence[max(0, one.mention.start - _CLAUSE) : one.mention.end + _CLAUSE]
    return words.happens.search(near) is not None


def _made(one: Dated, first: date, last: date, rule: str) -> EventDate:
    evidence = Evidence(one.text, "body", one.start + one.mention.start, rule)
    instant = one.mention.instant if one.mention.full is not None else None
    return EventDate(first, last, one.sentence, instant, (evidence,))


def _nearest(one: Dated, parent: Published) -> date | None:
    """The only day within half a year of both ends of the parent's date that the mention can mean."""
    if parent.first is None or parent.last is None:
        return None
    near = []
    for year in range(parent.first.year - 1, parent.last.year + 2):
        try:
            day = date(year, one.mention.month or 1, one.mention.day or 1)
        except ValueError:
            continue
        if max(abs((day - parent.first).days), abs((day - parent.last).days)) <= _NEAR_PARENT:
            near.append(day)
    fitting = [day for day in near if one.mention.weekday in (None, day.weekday())]
    return fitting[0] if len(fitting) == 1 else None


def _distinct(events: Iterable[EventDate]) -> tuple[EventDate, ...]:
    """One event for each day or span, the first that says so."""
    kept: dict[tuple[date, date], EventDate] = {}
    for event in events:
        kept.setdefault((event.first, event.last), event)
        if len(kept) == MOST:
            break
    return tuple(kept.values())
