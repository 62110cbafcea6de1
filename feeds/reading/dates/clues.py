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

_DECLARED, _METADATA, _LABELLED, _UNLABELLED, _FILED, _URL, _HINT, _WEEKDAY, _OPENING, _URL_MONTH, _LEAD, _MODIFIED = (
    100, 90, 85, 80, 75, 60, 55, 50, 45, 40, 35, 30,
)  # fmt: skip
_LABEL_SCORE = {"published": _LABELLED, "unlabelled": _UNLABELLED, "modified": _MODIFIED}
_URL_DAY = re.compile(
    r"(?<!\d)(20\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=\d{2,})"
)
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
_SAYING = re.compile(
    r"\b(?:announced|said|told|issued|released|published|unveiled|confirmed|stated|anunci\w+|inform\w+|dijo|annoncé|déclaré|teilte|erklärte"
    r"|annunci\w+|disse|afirmou)\b|发布|發布|宣布|公布|表示|发表|發表|밝혔|발표|明らかに|発表",
    re.IGNORECASE,
)
_NEAR = 24
_OPENING_CHARS = 6
_REPORT_DELAY = timedelta(days=2)  # a report of a dated event appears on that day or soon after


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
    for number, stamp in enumerate(clues.hints):
        read = parse_stamp(stamp.text)
        if read is not None:
            yield _candidate(
                _HINT - number,
                "metadata",
                read,
                Evidence(stamp.text.strip(), "metadata", None, stamp.field),
                clues.zone,
            )


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
    for line in clues.datelines:
        filed = find_filed(line + " .")
        if filed is None or filed.month is None or filed.day is None:
            continue
        years = (
            [filed.year]
            if filed.year
            else _years_by_weekday(filed.month, filed.day, clues.body[:600], clues.everything)
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
    """The only full date of the lead: the report's own day if it opens it, stands beside a weekday or a verb of saying.

    Otherwise it is the day of what is reported, and the report is from that day or soon after.
    """
    paragraph = clues.body[:1_500].split("\n\n", 1)[0]
    found = [
        (zone, text, one)
        for zone, text in (("body", paragraph), ("summary", clues.summary))
        for one in find_dates(text)
    ]
    if len({one.day for _, _, one in found}) != 1:
        return
    zone, text, read = found[0]
    sentence = _sentence_around(text, read.start)
    if _FUTURE.search(sentence) or _BACKGROUND.search(text[: read.start]):
        return
    evidence = Evidence(text[read.start : read.end], zone, read.start, "full date in the lead")
    around = text[max(0, read.start - _NEAR) : read.end + _NEAR]
    if read.start <= _OPENING_CHARS or _SAYING.search(around) or _stands_by_weekday(text, read):
        yield _candidate(_OPENING, "text", read, evidence, clues.zone)
    else:
        yield Candidate(_LEAD, "text", read.day, read.day + _REPORT_DELAY, evidence)


def _sentence_around(text: str, at: int) -> str:
    before = 0
    for sentence in sentences(text):
        before = text.find(sentence, before) + len(sentence)
        if before > at:
            return sentence
    return text


def _stands_by_weekday(text: str, read: Found) -> bool:
    named = find_weekdays(text[max(0, read.start - 14) : read.end + 8])
    return read.day.weekday() in named
