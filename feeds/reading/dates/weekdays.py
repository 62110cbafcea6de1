"""A weekday that stands beside a day of the report's own date and does not agree with it is told as a conflict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds import cldr
from feeds.reading.dates.mentions import find_mentions
from feeds.reading.dates.names import find_weekdays
from feeds.reading.dates.story import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from storage.types import Published

_NEAR = 5  # characters between 星期二 and （12月10日）
_EARLY = 4_000  # a report names its own day early


def check_weekdays(published: Published, texts: Iterable[str], language: str) -> Published:
    """Add a conflict for each day of the date that is printed beside another weekday than it had."""
    day = published.first
    if day is None or day != published.last:
        return published
    found = [conflict for text in texts for conflict in _disagreeing(text[:LONGEST], day, language)]
    return replace(published, conflicts=(*published.conflicts, *dict.fromkeys(found))) if found else published


def _disagreeing(text: str, day: date, language: str) -> Iterable[str]:
    for one in find_mentions(text, language):
        if one.start > _EARLY or one.month != day.month or one.day != day.day or one.year not in (None, day.year):
            continue
        start, end = max(0, one.start - _NEAR), one.end + _NEAR
        if language.startswith("en"):
            start, end = one.start - len("Wednesday, "), one.end + 2
        around = text[max(0, start) : end].replace("\n", " | ")
        named = {one.weekday} if one.weekday is not None else set(find_weekdays(around))
        if len(named) == 1 and day.weekday() not in named:
            actual = cldr.weekdays("en")[day.weekday()]
            yield f"weekday beside the date: {day} was a {actual}: {around.strip()}"
