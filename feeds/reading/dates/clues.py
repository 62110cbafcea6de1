"""Everything in a seed that bears on when it appeared, as candidates for `resolve`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from feeds.reading.dates.dateline import find_filed, stamps_of
from feeds.reading.dates.expressions import find_dates, parse_stamp
from feeds.reading.dates.names import find_weekdays
from feeds.reading.dates.resolve import Candidate, in_zone
from feeds.reading.shape import sentences
from storage.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.reading.dates.expressions import Found
    from feeds.reading.page import Stamp
    from storage.types import Basis

_DECLARED, _METADATA, _LABELLED, _UNLABELLED, _FILED, _URL, _WEEKDAY, _OPENING, _URL_MONTH, _LEAD, _MODIFIED = (
    100, 90, 85, 80, 75, 60, 50, 45, 40, 35, 30,
)  # fmt: skip
_LABEL_SCORE = {"published": _LABELLED, "unlabelled": _UNLABELLED, "modified": _MODIFIED}
_URL_DAY = re.compile(r"(?<!\d)(20\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=\d{2,})")
_URL_YEAR_MONTH = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])/")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A date after these words is the past or the future that the report speaks of, not its own day.
_BACKGROUND = re.compile(
    r"(?:\b(?:since|until|till|before|after|from|by|of|dated|born|founded|signed|between|in|to|desde|hasta|depuis|seit|bis)\s(?:the\s)?"
    r"|自从?|截至|直到|至|从|從|由)$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|set\sto|due\sto|scheduled|planned|expected|upcoming|next|would)\b|将|將|预计|預計|即将|예정|予定|será|sera\b|wird\b",
    re.IGNORECASE,
)
_OPENING_CHARS = 12
_REPORT_DELAY = timedelta(days=2)  # a report of a dated event appears on that day or soon after


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one seed before its date: fields, dateline lines, URL, body, and all its text for the years in it."""

    stamps: Sequence[Stamp] = ()
    basis: Literal["declared", "metadata"] = "metadata"
    datelines: Sequence[str] = ()
    url: str | None = None
    body: str = ""
    everything: Sequence[str] = ()
    zone: str | None = None


def candidates(clues: Clues) -> list[Candidate]:
    """Read every clue; best first within each kind, as printed."""
    found = [*_of_stamps(clues), *_of_datelines(clues), *_of_url(clues.url)]
    return [*found, *_of_prefix(clues), *_of_lead(clues)]


def _of_stamps(clues: Clues) -> Iterable[Candidate]:
    top = _DECLARED if clues.basis == "declared" else _METADATA
    for number, stamp in enumerate(clues.stamps):
        read = parse_stamp(stamp.text)
        if read is not None:
            evidence = Evidence(stamp.text.strip(), clues.basis, None, stamp.field)
            yield _candidate(max(top - number, _LABELLED + 1), clues.basis, read, evidence, clues.zone)


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
    return Candidate(score, basis, read.day, read.day, evidence)


def _offset_name(moment: datetime) -> str:
    return moment.isoformat()[-6:] if moment.utcoffset() else "+00:00"


def _of_url(url: str | None) -> Iterable[Candidate]:
    path = (url or "")[:2_000]
    match = _URL_DAY.search(path)
    if match:
        year, month, day = (int(part) for part in (match.group(1, 3, 4) if match[1] else match.group(5, 6, 7)))
        try:
            when = date(year, month, day)
        except ValueError:
            return
        yield Candidate(_URL, "metadata", when, when, Evidence(match[0], "url", None, "URL"))
    elif match := _URL_YEAR_MONTH.search(path):
        first = date(int(match[1]), int(match[2]), 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        yield Candidate(_URL_MONTH, "metadata", first, last, Evidence(match[0].strip("/"), "url", None, "URL month"))


def _of_prefix(clues: Clues) -> Iterable[Candidate]:
    """An agency's dateline; one without a year gets it from the weekday and the years that the page names."""
    at = 0
    for paragraph in clues.body.split("\n\n")[:2]:
        filed = find_filed(paragraph)
        if filed is not None and filed.month is not None:
            evidence = Evidence(filed.text, "body", at + filed.start, "agency dateline")
            years = [filed.year] if filed.year else _years_by_weekday(filed.month, filed.day, paragraph, clues.everything)
            days = [day for year in years if (day := _day(year, filed.month, filed.day)) is not None]
            if len(days) == 1:
                yield Candidate(_FILED if filed.year else _WEEKDAY, "dateline", days[0], days[0], evidence)
            return
        at += len(paragraph) + 2


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
    """A full date in the first sentence: the report's own day if it opens it, else the day of what it reports."""
    opening = sentences(clues.body[:1_500].split("\n\n", 1)[0])[:1]
    lead = opening[0] if opening else ""
    found = find_dates(lead)
    if len(found) != 1 or find_filed(lead) is not None:
        return
    read = found[0]
    if _FUTURE.search(lead) or _BACKGROUND.search(lead[: read.start]):
        return
    evidence = Evidence(lead[read.start : read.end], "body", read.start, "full date in the lead")
    if read.start <= _OPENING_CHARS:
        yield _candidate(_OPENING, "text", read, evidence, clues.zone)
    else:
        yield Candidate(_LEAD, "text", read.day, read.day + _REPORT_DELAY, evidence)
