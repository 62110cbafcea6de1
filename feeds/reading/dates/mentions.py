"""Dates as running text names them, whole or in part: `November 18`, `the 5th`, `next Tuesday`, 周四, 오는 25일, 29日.

A mention says only what is printed; `when` turns it into days once the day of the report is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.reading.dates.expressions import find_dates
from feeds.reading.dates.forms import find_forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = {
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "zh": "一二三四五六日",
    "ko": "월화수목금토일",
    "ja": "月火水木金土日",
}
_MONTH_SHIFT = {
    "本": 0, "上": -1, "上个": -1, "上個": -1, "下": 1, "下个": 1, "下個": 1, "이달": 0, "이번달": 0, "지난달": -1,
    "다음달": 1, "내달": 1, "今": 0, "先": -1, "来": 1,
}  # fmt: skip
_WEEK_SHIFT = {
    "last": -1, "next": 1, "this": 0,
    "本": 0, "这": 0, "這": 0, "上": -1, "上个": -1, "上個": -1, "下": 1, "下个": 1, "下個": 1,
    "지난주": -1, "이번주": 0, "다음주": 1, "내주": 1, "今": 0, "先": -1, "来": 1,
}  # fmt: skip
_YEAR_SHIFT = {"今年": 0, "去年": -1, "明年": 1, "올해": 0, "지난해": -1, "작년": -1, "내년": 1, "昨年": -1, "来年": 1}
_DAY_SHIFT = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1,
    "어제": -1, "오늘": 0, "내일": 1, "きのう": -1, "きょう": 0, "あす": 1,
}  # fmt: skip
_AHEAD = {"오는": True, "지난": False, "coming": True, "last": False, "past": False}
_YEAR_DAYS = 366


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text: `text[start:end]` names it; what it does not print is None.

    `weekday` counts from Monday (0). `days`, `week`, `months` and `years` are distances from the day of the report
    (-1: yesterday, last week, ...); a `week` without `weekday` is all of that week. `until` is the last day of a month
    where several are named (18-20 September). `ahead` tells that the words themselves say that the day is to come
    (오는 25일) or is past (지난 16일).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days: int | None = None
    week: int | None = None
    months: int | None = None
    years: int | None = None
    ahead: bool | None = None
    until: int | None = None
    instant: datetime | None = None

    @property
    def full(self) -> date | None:
        """The day, where day, month and year are printed."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return _day(self.year, self.month, self.day)

    def fits(self, day: date, report: date) -> bool:
        """Tell whether the mention can mean `day` in a report of `report`: everything that is printed agrees."""
        if self.days is not None:
            return day - report == timedelta(self.days)
        if self.week is not None and monday(day) - monday(report) != timedelta(7 * self.week):
            return False
        if self.months is not None and _months(day) - _months(report) != self.months:
            return False
        if self.years is not None and day.year - report.year != self.years:
            return False
        return (
            self.year in (None, day.year)
            and self.month in (None, day.month)
            and self.day in (None, day.day)
            and self.weekday in (None, day.weekday())
        )

    def when(self, report: date, *, ahead: bool) -> tuple[date, date] | None:
        """The first and last day meant in a report of `report`; None if that cannot be told.

        `ahead` says whether the day is to come; the nearest that fits on that side, today included, is meant.
        """
        if self.week is not None and self.weekday is None:
            first = monday(report) + timedelta(7 * self.week)
            return first, first + timedelta(6)
        day = self.full or self._nearest(report, ahead=ahead if self.ahead is None else self.ahead)
        return (day, self.last_of(day)) if day is not None else None

    def last_of(self, day: date) -> date:
        """The last of the days that begin with `day`."""
        later = _day(day.year, day.month, self.until) if self.until is not None else None
        return later if later is not None and later > day else day

    def _nearest(self, report: date, *, ahead: bool) -> date | None:
        if self.days is not None:
            return report + timedelta(self.days)
        fixed = any(part is not None for part in (self.week, self.months, self.years))
        step = timedelta(1 if ahead else -1)
        for start, by in ((report, step), (report, -step)) if fixed else ((report, step),):
            day = start
            for _ in range(_YEAR_DAYS if self.month is not None or self.years is not None else 62):
                if self.fits(day, report):
                    return day
                day += by
        return None


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(day.weekday())


@lru_cache(maxsize=32)
def find_mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Find every date of the text in the way of its language (`en`, `zh`, `ko`, `ja`; of others full dates only)."""
    found = list(_full(text))
    language = language.partition("-")[0]
    found += [one for match in find_forms(text, language) if (one := _mention(match, language)) is not None]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (each.start, each.start - each.end, each.year is None)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _full(text: str) -> Iterator[Mention]:
    for one in find_dates(text):
        day = one.day
        yield Mention(one.start, one.end, day.year, day.month, day.day, instant=one.instant)


def _mention(match: re.Match[str], language: str) -> Mention | None:
    parts = {name: text for name, text in match.groupdict().items() if text is not None}
    day = int(parts["day"]) if "day" in parts else None
    month = _month(parts.get("month"))
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):  # noqa: PLR2004
        return None
    relative = re.sub(r"\s", "", parts.get("rel", "")).casefold()
    return Mention(
        match.start(),
        match.end(),
        year=int(parts["year"]) if "year" in parts else None,
        month=month,
        day=day,
        weekday=_weekday(parts.get("weekday") or parts.get("beside"), language),
        days=_DAY_SHIFT.get(parts.get("shift", "").casefold()),
        week=_WEEK_SHIFT.get(re.sub(r"\s", "", parts.get("week", "")).casefold()),
        months=_MONTH_SHIFT.get(relative),
        years=_YEAR_SHIFT.get(parts.get("years", "")),
        ahead=_AHEAD.get(relative),
        until=int(parts["until"]) if "until" in parts else None,
    )


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold()) + 1


def _weekday(text: str | None, language: str) -> int | None:
    if text is None:
        return None
    names = _DAYS[language]
    short = text[:3].casefold() if language == "en" else "日" if text == "天" else text
    return names.index(short)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(day: date) -> int:
    return 12 * day.year + day.month
