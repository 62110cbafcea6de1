"""The day, or at least the month, that a report's address carries."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_LONGEST = 2_000
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_PARTED = re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mark>[/_-])(?P<m>{_MONTH})(?P=mark)(?P<d>{_DAY})(?!\d)")
# 20241225, or the same with a number or a time behind it: 202412250012
_JOINED = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d(?!\d))")
_DAY_FIRST = re.compile(rf"(?<![\d.])(?P<one>{_DAY})(?P<mark>[._-])(?P<two>{_DAY})(?P=mark)(?P<y>20\d\d)(?!\d)")
_YEAR_MONTH = re.compile(r"/(?P<y>20\d\d)[/-](?P<m>0[1-9]|1[0-2])/")
_MONTHS = 12


class Dated(NamedTuple):
    """The first and the last day that the address allows, and the part of it that says so."""

    first: date
    last: date
    text: str


def dated_address(url: str | None) -> Dated | None:
    """The day in an address, else its year and month; nothing if its figures could be two days."""
    path = (url or "")[:_LONGEST]
    for pattern in (_PARTED, _JOINED):
        if (match := pattern.search(path)) and (day := _day(match["y"], match["m"], match["d"])):
            return Dated(day, day, match[0])
    if (match := _DAY_FIRST.search(path)) and (day := _day_first(match)):
        return Dated(day, day, match[0])
    if match := _YEAR_MONTH.search(path):
        first = date(int(match["y"]), int(match["m"]), 1)
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return Dated(first, following - timedelta(days=1), match[0].strip("/"))
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_first(match: re.Match[str]) -> date | None:
    one, two = match["one"], match["two"]
    if int(one) > _MONTHS:
        return _day(match["y"], two, one)
    return _day(match["y"], one, two) if int(two) > _MONTHS or one == two else None
