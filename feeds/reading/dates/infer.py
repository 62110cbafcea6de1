"""The day of a report that prints none of its own, from its main text: partial dates within the window of its titles.

Clues are laid over each other, the surest first: the titles (`window`), spans of time in office (`anchors`), full dates
that are past or to come, the dateline, the dates of the lead. What fits all of them is the answer: a day where one day
fits, an interval where it is short enough to be of use, nothing otherwise. A clue that fits nothing that is left is
told as a conflict. docs/dates.md lists the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from feeds.reading.dates.anchors import anchors, month_of
from feeds.reading.dates.dateline import find_filed
from feeds.reading.dates.names import find_weekdays
from feeds.reading.dates.related import after_last_week
from feeds.reading.dates.window import horizon, meet, role_window
from storage.types import UNDATED, Evidence, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeds.authority.matcher import Matcher
    from feeds.reading.dates.dateline import Filed
    from feeds.reading.dates.story import Dated, Span, Story
    from feeds.reading.dates.window import Window

_SHORT = timedelta(days=6)  # a week: as good as a day for most readers
_LONGEST = timedelta(days=184)  # a longer interval says less than "unknown" does
_MOST_DAYS = 2_200  # more days than this are no window
_NEXT_DAY = (0, 1)  # a report of what happened appears on that day or the next
_YEAR = timedelta(days=366)
_MUST_FIT = frozenset({"full-date-past", "full-date-said"})
_SOON = 200  # days to a date that is planned without a year


@dataclass(frozen=True, slots=True)
class _Clue:
    """Some words and the days that they allow; `decisive` ones are the report's own day."""

    evidence: Evidence
    allows: Callable[[date], bool]
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class _Spans:
    """The days that what bounds the report allows; `broken` if something of the past lies after all of them."""

    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Left:
    """The days that are left, and why."""

    days: tuple[date, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[str, ...] = ()


def infer(story: Story, matcher: Matcher) -> Published:
    """Date a report by its words; unknown where nothing useful follows from them.

    Where a title, the dateline or the lead does not fit the rest, the words are of several times, or the authority is
    wrong: then nothing follows but a conflict.

    Args:
        story: the text, and the days that the page itself allows.
        matcher: the authority's names.

    """
    window = role_window(story, matcher)
    if window.conflicts:
        return replace(UNDATED, conflicts=window.conflicts)
    start = _Spans(_bounded(story, window.spans), window.evidence)
    found = _overlaid(start, _spans(story, window, matcher))
    clues = list(_clues(story))
    days = sum((last - first).days + 1 for first, last in found.spans)
    if found.broken or not days or days > (_MOST_DAYS if clues else _LONGEST.days):
        return replace(UNDATED, conflicts=found.conflicts)
    left = _narrow(_Left(_days(found.spans), found.evidence, found.conflicts), clues)
    if any(clue.decisive and clue.evidence not in left.evidence for clue in clues):
        return replace(UNDATED, conflicts=left.conflicts)
    if len(left.days) > 1:
        left = _broken_tie(left, story, matcher)
    return _published(left, horizon(matcher))


def _bounded(story: Story, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if story.bounds is not None:
        spans = meet(spans, (story.bounds,))
    if story.not_after is not None:
        spans = meet(spans, ((date.min, story.not_after),))
    return spans


def _spans(story: Story, window: Window, matcher: Matcher) -> Iterator[tuple[tuple[Span, ...], Evidence]]:
    """What bounds a report: terms of office and full dates; the past is before it, the future at most a year ahead."""
    for anchor in anchors(story, window.mentions, matcher):
        yield anchor.spans, anchor.evidence
    for one in story.dated:
        full = one.mention.full
        if full is not None and one.stance == "planned":
            yield ((full - _YEAR, full),), _evidence(story, one, "full-date-planned")
        elif full is not None and one.stance != "background":
            yield ((full, date.max),), _evidence(story, one, f"full-date-{one.stance}")


def _overlaid(start: _Spans, more: Iterator[tuple[tuple[Span, ...], Evidence]]) -> _Spans:
    """Lay all spans over each other; what is past must fit, since no report is older than what it tells."""
    spans, evidence, conflicts, broken = start.spans, list(start.evidence), [], False
    for allowed, one in more:
        narrower = meet(spans, allowed)
        if not narrower:
            conflicts.append(_misfit(one))
            broken |= one.rule in _MUST_FIT
        elif narrower != spans or one.rule.startswith("tenure"):
            spans = narrower
            evidence.append(one)
    return _Spans(spans, tuple(evidence), tuple(conflicts), broken)


def _clues(story: Story) -> Iterator[_Clue]:
    filed = [filed for line in story.datelines if (filed := find_filed(line + " .")) is not None and filed.day]
    if filed:
        yield _filed(filed[0])
    month = month_of(story)
    if month is not None:
        yield _Clue(month[1], lambda day: day.month == month[0])
    yield from _lead(story, _NEXT_DAY if filed else (0,))
    yield from _today(story)
    for one in story.dated:
        if one.stance == "planned" and one.mention.month is not None and one.mention.full is None:
            yield _Clue(_evidence(story, one, "planned-date"), _within(one, range(-_SOON, 1)))


def _filed(dateline: Filed) -> _Clue:
    evidence = Evidence(dateline.said, "dateline", None, "dateline-day")
    named = find_weekdays(dateline.said)[:1]
    return _Clue(
        evidence,
        lambda day: dateline.day == day.day and dateline.month in (None, day.month) and named in ([], [day.weekday()]),
        decisive=True,
    )


def _lead(story: Story, delays: Sequence[int]) -> Iterator[_Clue]:
    """The dates of the lead: a report is of the day of its telling, else of the day of what it tells or the next."""
    lead = [one for one in story.dated if one.start < story.lead_end and _printed(one)]
    said = [one for one in lead if one.stance == "said"]
    past = [one for one in lead if one.stance == "past"]
    if said:
        yield _any_of(story, said, delays, "said-in-the-lead")
    elif past:
        yield _any_of(story, past, _NEXT_DAY, "happened-in-the-lead")


def _printed(one: Dated) -> bool:
    """A date in part; a full one in the lead has been weighed as printed."""
    parts = (one.mention.day, one.mention.weekday)
    whole = one.mention.days is not None or one.mention.full is not None or one.mention.until is not None
    return not whole and any(part is not None for part in parts)


def _any_of(story: Story, dated: Sequence[Dated], delays: Sequence[int], rule: str) -> _Clue:
    checks = [_within(one, delays) for one in dated]
    return _Clue(_evidence(story, dated[0], rule), lambda day: any(check(day) for check in checks), decisive=True)


def _within(one: Dated, delays: Sequence[int]) -> Callable[[date], bool]:
    """Tell whether the mention can mean the day of a report or one of the days before it (negative: after it)."""
    fits = one.mention.fits
    if tuple(delays) == (0,):
        return lambda report: fits(report, report)
    return lambda report: any(fits(report - timedelta(away), report) for away in delays)


def _today(story: Story) -> Iterator[_Clue]:
    """A headline of "today's talks" over a lead that plans one day: the report is of that day."""
    title = [one for one in story.dated if one.start < len(story.title) and one.mention.days == 0]
    planned = [
        one
        for one in story.dated
        if len(story.title) <= one.start < story.lead_end and one.stance == "planned" and _printed(one)
    ]
    if title and len({one.text for one in planned}) == 1:
        yield _Clue(_evidence(story, title[0], "today-in-the-headline"), _within(planned[0], (0,)))


def _narrow(left: _Left, clues: Sequence[_Clue]) -> _Left:
    days, evidence, conflicts = left.days, list(left.evidence), list(left.conflicts)
    for clue in clues:
        fitting = tuple(day for day in days if clue.allows(day))
        if fitting:
            days = fitting
            evidence.append(clue.evidence)
        else:
            conflicts.append(_misfit(clue.evidence))
    return _Left(days, tuple(evidence), tuple(conflicts))


def _misfit(evidence: Evidence) -> str:
    return f"{evidence.rule} fits no day that is left: {evidence.text}"


def _broken_tie(left: _Left, story: Story, matcher: Matcher) -> _Left:
    for span, evidence in after_last_week(story, matcher):
        fitting = tuple(day for day in left.days if span[0] <= day <= span[1])
        if len(fitting) == 1:
            return _Left(fitting, (*left.evidence, *evidence), left.conflicts)
    return left


def _published(left: _Left, last: date) -> Published:
    """Say the day, or the interval if it is short, or long but closed at both ends by something known."""
    first, final = left.days[0], left.days[-1]
    length = final - first
    if first != final and (length > _LONGEST or final + timedelta(days=7) >= last):
        return UNDATED
    sure = first == final or length <= _SHORT
    return Published(
        precision="day" if first == final else "range",
        basis="inferred",
        first=first,
        last=final,
        confidence="medium" if sure and not left.conflicts and len(left.evidence) > 1 else "low",
        evidence=left.evidence,
        conflicts=left.conflicts,
    )


def _days(spans: Sequence[Span]) -> tuple[date, ...]:
    numbers = {number for first, last in spans for number in range(first.toordinal(), last.toordinal() + 1)}
    return tuple(date.fromordinal(number) for number in sorted(numbers))


def _evidence(story: Story, one: Dated, rule: str) -> Evidence:
    return story.evidence(one.start + one.mention.start, one.start + one.mention.end, rule)
