"""Full dates in running text: day, month and year, perhaps a time and an offset, in the forms that pages print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from feeds.reading.dates.names import fold, month_pattern, months

_EARLIEST, _LATEST = 1990, 2099
# No full date is without it, and the patterns of full dates are slow. It begins with a set of characters, which `re`
# looks for quickly: 19xx, 20xx, 元年, 114年, 114-04-03.
YEAR = re.compile(r"[元\d](?:(?<=1)9\d\d|(?<=2)0\d\d|年|(?<=1)(?<!\d1)[0-3]\d[-./]\d\d[-./]\d\d(?!\d))")
_BEFORE, _AFTER = 60, 120  # characters: no date begins longer before its year, or ends longer after it
_MAX_STAMP = 64  # longer than any date; parsers have been made to run for minutes by less
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "kst": 9, "jst": 9, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "bst": 1, "hkt": 8, "sgt": 8, "msk": 3, "et": -5,
}  # fmt: skip
_AFTERNOON = frozenset({"pm", "오후", "下午", "午後", "晚上", "晚间", "밤", "저녁"})
_MORNING = frozenset({"am", "오전", "上午", "午前", "凌晨", "早上", "새벽", "아침"})
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "": 1911}
_HALF_DAY = r"[aApP]\.?\s?[mM]\b\.?|오전|오후|上午|下午|午前|午後|晚上|晚间|凌晨|早上|새벽|아침|저녁|밤"
_TIME = (
    rf"(?:[\s,|·/T-]{{0,3}}(?:at\s|um\s|à\s|a\s+las\s|às\s)?\s?(?P<half>{_HALF_DAY})?\s?"
    r"(?P<hour>\d{1,2})\s?(?:[:：h時时點点시])\s?(?P<minute>\d{2})?(?:\s?[:：분分]\s?(?P<second>\d{1,2})(?!\d))?(?:\.\d{1,9})?\s?[분分초秒]?"
    rf"(?:\s?(?P<after>{_HALF_DAY}))?"
    r"(?:\s?\(?(?P<zone>Z\b|UTC|GMT|KST|JST|E[SD]T|P[SD]T|M[SD]T|CDT|CES?T|BST|HKT|SGT|MSK|ET\b|[+-]\d\d:?\d\d)\)?)?)?"
)
# 113-04-03, the calendar of the Republic of China in figures: only where a label or the line's start says it is a date.
_REPUBLIC = (
    r"(?:(?<=[期間佈布表傳登新][:：])|(?<=[期間佈布表傳登新][:：]\s)|(?<=民國)|^\s?)"
    r"(?P<era>)(?P<eyear>1[0-3]\d)(?P<stroke>[-./])(?P<month>\d{2})(?P=stroke)(?P<day>\d{2})(?![\d./-])"
)
_DAY_NAME = r"(?:\s?[(（\[]?\s?(?:星期|周|週)?[一二三四五六日天月火水木金土월화수목금토](?:요일|曜日)?\s?[)）\]])?"


@dataclass(frozen=True, slots=True)
class Found:
    """A full date in a text: `text[start:end]` printed it. `offset` is the printed distance from UTC."""

    day: date
    start: int
    end: int
    clock: time | None = None
    offset: timezone | None = None

    @property
    def instant(self) -> datetime | None:
        """The exact moment, if a time and an offset are printed."""
        if self.clock is None or self.offset is None:
            return None
        return datetime.combine(self.day, self.clock, self.offset)


def find_dates(text: str) -> list[Found]:
    """Find every full date that a text prints, in order; one that could be two days (03/04/2025) is left out."""
    found = [
        made
        for first, last in _around_years(text)
        for pattern in _patterns()
        for match in pattern.finditer(text, first, last)
        if (made := _from_match(match)) is not None
    ]
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _around_years(text: str) -> list[tuple[int, int]]:
    """The parts of the text, apart from each other, that reach as far around a year as a date does."""
    parts: list[tuple[int, int]] = []
    for year in YEAR.finditer(text):
        first, last = max(0, year.start() - _BEFORE), year.end() + _AFTER
        if parts and first <= parts[-1][1]:
            first = parts.pop()[0]
        parts.append((first, last))
    return parts


def parse_stamp(text: str) -> Found | None:
    """Read a date that stands alone in a field: ISO 8601, RFC 5322, a Unix time, or any form that pages print.

    Anything that is not clearly one date within 64 characters is no date.
    """
    bare = text.strip()
    if not bare or len(bare) > _MAX_STAMP:
        return None
    moment = _iso(bare) or _unix(bare) or _mail(bare)
    if moment is not None:
        return _found(moment, bare)
    printed = find_dates(bare)
    return printed[0] if printed else None


def _found(moment: datetime | date, text: str) -> Found | None:
    if not _EARLIEST <= moment.year <= _LATEST:
        return None
    if not isinstance(moment, datetime):
        return Found(moment, 0, len(text))
    away = moment.utcoffset()
    offset = timezone(away) if away is not None else None
    return Found(moment.date(), 0, len(text), moment.time().replace(microsecond=0), offset)


def _iso(text: str) -> datetime | date | None:
    if not text[:4].isdigit():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _unix(text: str) -> datetime | None:
    if not text.isascii() or not text.isdigit() or len(text) not in {10, 13}:
        return None
    return datetime.fromtimestamp(int(text[:10]), tz=timezone.utc)  # noqa: UP017 - `timezone` is used beside it


def _mail(text: str) -> datetime | None:
    if "," not in text[:5]:
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = month_pattern()
    year = r"(?P<year>(?:19|20)\d\d)"
    bodies = (
        rf"(?<![\d.]){year}\s?(?:[-./]|年|년)\s?(?P<month>\d{{1,2}})\s?(?:[-./]|月|월)\s?(?P<day>\d{{1,2}})(?!\d)\s?[日일.]?{_DAY_NAME}",
        rf"(?P<era>令和|平成|昭和|民國|民国|(?<!\d))(?P<eyear>元|\d{{1,3}})年\s?(?P<month>\d{{1,2}})月\s?(?P<day>\d{{1,2}})日{_DAY_NAME}",
        _REPUBLIC,
        rf"(?<!\w)(?P<name>{names})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{year}(?!\d)",
        rf"(?<![\w/.])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?[\s-](?:of\s|de\s|d['’])?(?P<name>{names})\.?(?:\s(?:de|del)\s|,\s|\s|-){year}(?!\d)",
        rf"(?<![\d/.-])(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){year}(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})\stháng\s(?P<month>\d{{1,2}})(?:,\s|\snăm\s|\s){year}(?!\d)",
    )
    return tuple(re.compile(body + _TIME, re.IGNORECASE) for body in bodies)


def _from_match(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    try:
        day = _day(parts)
    except ValueError:
        return None
    if day is None or not _EARLIEST <= day.year <= _LATEST:
        return None
    clock = _clock(parts)
    end = match.end() if clock is not None or not parts.get("hour") else match.start("hour")
    printed = match.string[match.start() : end].rstrip(" ,|·/-(")
    offset = _offset(parts) if clock is not None else None
    return Found(day, match.start(), match.start() + len(printed), clock, offset)


def _day(parts: dict[str, str | None]) -> date | None:
    if parts.get("one"):
        return _numeric(int(parts["one"] or 0), int(parts["two"] or 0), int(parts["year"] or 0), parts["mark"] or "")
    month = int(parts["month"] or 0) if parts.get("month") else months()[fold(parts.get("name") or "")]
    return date(_year(parts), month, int(parts["day"] or 0))


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    count = 1 if parts.get("eyear") == "元" else int(parts.get("eyear") or 0)
    # A bare three-digit year is the calendar of the Republic of China: 112 is 2023.
    if not parts.get("era") and not 80 <= count <= 188:  # noqa: PLR2004 - 1991..2099
        raise ValueError("no year")
    return _ERAS[parts.get("era") or ""] + count


def _numeric(one: int, two: int, year: int, mark: str) -> date | None:
    """Day and month in figures: dots put the day first; with strokes only a number above 12 tells."""
    if mark == "." or one > 12 or one == two:  # noqa: PLR2004 - months
        return date(year, two, one)
    return date(year, one, two) if two > 12 else None  # noqa: PLR2004


def _clock(parts: dict[str, str | None]) -> time | None:
    if not parts.get("hour") or not parts.get("minute"):
        return None
    hour = int(parts["hour"] or 0)
    half = re.sub(r"[.\s]", "", parts.get("half") or parts.get("after") or "").casefold()
    if half in _AFTERNOON and hour < 12:  # noqa: PLR2004 - noon
        hour += 12
    elif half in _MORNING and hour == 12:  # noqa: PLR2004
        hour = 0
    try:
        return time(hour, int(parts["minute"] or 0), int(parts.get("second") or 0))
    except ValueError:
        return None


def _offset(parts: dict[str, str | None]) -> timezone | None:
    zone = parts.get("zone")
    if not zone or (zone[0] == "-" and not parts.get("second")):
        return None  # `13:00-15:00` is a span of hours
    known = _ZONES.get(zone.casefold())
    if known is not None:
        return timezone(timedelta(hours=known))
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:  # noqa: PLR2004 - the widest offset in use
        return None
    return timezone((1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
