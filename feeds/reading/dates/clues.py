"""Everything in a seed that bears on when it appeared, as candidates for `resolve`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from feeds.reading.dates.address import dated_address
from feeds.reading.dates.dateline import find_filed, stamps_of
from feeds.reading.dates.expressions import parse_stamp
from feeds.reading.dates.lead import lead_dates
from feeds.reading.dates.names import find_weekdays
from feeds.reading.dates.resolve import Candidate, in_zone
from storage.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.reading.dates.expressions import Found
    from feeds.reading.page import Stamp
    from storage.types import Basis

_DECLARED, _METADATA, _LABELLED, _UNLABELLED, _FILED, _OPENED = 100, 90, 85, 80, 75, 70
_URL, _HINT, _WEEKDAY, _TOLD, _URL_MONTH, _LEAD, _MODIFIED = 60, 55, 50, 45, 40, 35, 30
_LABEL_SCORE = {"published": _LABELLED, "unlabelled": _UNLABELLED, "modified": _MODIFIED}
_REPORT_DELAY = timedelta(days=2)  # a report of a dated event appears on that day or soon after
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one seed before its date.

    `stamps` are dates that it declares, `hints` dates that its markup only suggests, `datelines` the lines and prefixes
    that say when it was filed; `everything` is all text of the page but related reports, for the years in it.
    `related` are the texts of those, `language` that of the body; `not_after` is the day of the page's last change.
    """

    stamps: Sequence[Stamp] = ()
    basis: Literal["declared", "metadata"] = "metadata"
    hints: Sequence[Stamp] = ()
    datelines: Sequence[str] = ()
    url: str | None = None
    title: str = ""
    summary: str = ""
    body: str = ""
    language: str = "und"
    everything: Sequence[str] = ()
    related: Sequence[str] = ()
    not_after: date | None = None
    zone: str | None = None


def candidates(clues: Clues) -> list[Candidate]:
    """Read every clue; best first within each kind, as printed."""
    found = [*_of_stamps(clues), *_of_datelines(clues), *_of_url(clues.url)]
    return [*found, *_of_hints(clues), *_of_prefix(clues), *_of_lead(clues)]


def _of_stamps(clues: Clues) -> Iterable[Candidate]:
    top = _DECLARED if clues.basis == "declared" else _METADATA
    for number, stamp in enumerate(clues.stamps):
        read = parse_stamp(stamp.text)
        if read is not None:
            evidence = Evidence(stamp.text.strip(), clues.basis, None, stamp.field)
            yield _candidate(max(top - number, _LABELLED + 1), clues.basis, read, evidence, clues.zone)


def _of_hints(clues: Clues) -> Iterable[Candidate]:
    """Best first; behind the day of a change, nothing is worth more than that."""
    best = _HINT
    for number, stamp in enumerate(clues.hints):
        best = min(best, _MODIFIED) if stamp.changed else best
        read = parse_stamp(stamp.text)
        if read is not None:
            score = best - number
            evidence = Evidence(stamp.text.strip(), "metadata", None, stamp.field)
            yield _candidate(score, "metadata", read, evidence, clues.zone)


def _of_datelines(clues: Clues) -> Iterable[Candidate]:
    number = 0
    for line in clues.datelines:
        for read, label in stamps_of(line):
            evidence = Evidence(line[read.start : read.end], "dateline", None, f"dateline, {label}")
            yield _candidate(max(_LABEL_SCORE[label] - number, 1), "dateline", read, evidence, clues.zone)
            number += 1


def _candidate(score: int, basis: Basis, read: Found, evidence: Evidence, zone: str | None) -> Candidate:
    """Place a printed date in its zone: the printed offset, else the zone of the source."""
    moment = read.instant
    if moment is not None:
        try:
            day = moment.astimezone(ZoneInfo(zone)).date() if zone and not moment.utcoffset() else moment.date()
        except OverflowError:
            day = moment.date()
        return Candidate(score, basis, day, day, evidence, moment, _offset_name(moment), "printed")
    if read.clock is not None and zone:
        local = in_zone(read.day, datetime.combine(read.day, read.clock), zone)
        return Candidate(score, basis, read.day, read.day, evidence, local, zone, "source")
    # A clock whose zone nobody names could be any of twenty-six hours: the day is what is known.
    return Candidate(score, basis, read.day, read.day, evidence)


def _offset_name(moment: datetime) -> str:
    return moment.isoformat()[-6:] if moment.utcoffset() else "+00:00"


def _of_url(url: str | None) -> Iterable[Candidate]:
    found = dated_address(url)
    if found is not None:
        score, rule = (_URL, "URL") if found.first == found.last else (_URL_MONTH, "URL month")
        yield Candidate(score, "metadata", found.first, found.last, Evidence(found.text, "url", None, rule))


def _of_prefix(clues: Clues) -> Iterable[Candidate]:
    """An agency's dateline; one without a year gets it from the weekday and the years that the page names."""
    for line in clues.datelines:
        filed = find_filed(line + " .")
        if filed is None or filed.month is None or filed.day is None:
            continue
        years = (
            [filed.year]
            if filed.year
            else _years_by_weekday(filed.month, filed.day, line + clues.body[:600], clues.everything)
        )
        days = [day for year in years if (day := _day(year, filed.month, filed.day)) is not None]
        if len(days) == 1:
            evidence = Evidence(filed.said, "dateline", None, "agency dateline")
            yield Candidate(_FILED if filed.year else _WEEKDAY, "dateline", days[0], days[0], evidence)


def _years_by_weekday(month: int, day: int, paragraph: str, everything: Sequence[str]) -> list[int]:
    named = find_weekdays(paragraph)
    if not named:
        return []
    years = {int(year) for text in everything for year in _YEAR.findall(text)}
    return [year for year in sorted(years) if (when := _day(year, month, day)) and when.weekday() == named[0]]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_lead(clues: Clues) -> Iterable[Candidate]:
    scores = {"filed": _OPENED, "told": _TOLD}
    for found, kind, evidence in lead_dates(clues.body, clues.summary):
        if kind == "reported":
            yield Candidate(_LEAD, "text", found.day, found.day + _REPORT_DELAY, evidence)
        else:
            yield _candidate(scores[kind], "dateline" if kind == "filed" else "text", found, evidence, clues.zone)
