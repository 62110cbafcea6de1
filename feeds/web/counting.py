"""What pages count for people: items by week and month, and who stands in the same stories; pure functions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from feeds.syndication.addresses import feed_path
from feeds.web import words
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.web.i18n import Interface
    from feeds.web.words import Name
    from storage.types import Subject, SubjectKind

    Key = tuple[SubjectKind, str]
    Labels = Mapping[Key, Subject]

_LEVELS = 4  # shades of a matrix, besides none


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday on, and how many items are of them."""

    first: date
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: what it is called, where it is, how many items it has, and of late by week.

    `both` is the page of what it has in common with what the list is about.
    """

    name: Name
    path: str
    count: int
    slug: str = ""
    weeks: tuple[Week, ...] = ()
    both: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How often two actors stand in one story; `level` is the shade, 0 to 4."""

    count: int
    level: int
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who appears with whom: each row holds the cells of the actors before it, so that no pair stands twice."""

    actors: tuple[Listed, ...]
    rows: tuple[tuple[Cell, ...], ...]


def weeks(days: Mapping[date, int], until: date, number: int) -> tuple[Week, ...]:
    """The last weeks up to the one of `until`, oldest first."""
    last = _monday(until)
    firsts = [last - timedelta(weeks=back) for back in range(number - 1, -1, -1) if _far(last, back)]
    tally: Counter[date] = Counter()
    for day, count in days.items():
        if day >= firsts[0]:
            tally[_monday(day)] += count
    return tuple(Week(first, tally[first]) for first in firsts)


def months(days: Mapping[date, int]) -> tuple[tuple[date, int], ...]:
    """The first day of each month that has items, newest first, with their number."""
    tally: Counter[tuple[int, int]] = Counter()
    for day, count in days.items():
        tally[day.year, day.month] += count
    return tuple((date(*month, 1), count) for month, count in sorted(tally.items(), reverse=True))


def last_day(month: date) -> date:
    """The last day of the month that begins at `month`."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def active(
    together: Iterable[Sequence[Key]], kind: SubjectKind, names: Labels, ui: Interface, most: int
) -> tuple[Listed, ...]:
    """The topics or actors of some stories, most often first, then by name; whom the authority dropped is left out."""
    tally = Counter(key for keys in together for key in keys if key[0] == kind and key in names)
    listed = [
        Listed(words.name(names[key], key[1], ui), feed_path(FeedKey(*key)), count, key[1])
        for key, count in tally.items()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.count, one.name.text, one.slug))[:most])


def matrix(together: Sequence[Sequence[Key]], actors: Sequence[Listed]) -> Matrix:
    """Count in how many stories each two of the actors stand."""
    wanted = {one.slug for one in actors}
    tally: Counter[frozenset[str]] = Counter()
    for keys in together:
        here = sorted(slug for kind, slug in keys if kind == "actor" and slug in wanted)
        tally.update(frozenset(pair) for pair in combinations(here, 2))
    top = max(tally.values(), default=0)
    rows = tuple(
        tuple(
            _cell(tally[frozenset((row.slug, column.slug))], top, row.slug, column.slug) for column in actors[:number]
        )
        for number, row in enumerate(actors)
    )
    return Matrix(tuple(actors), rows)


def groups(listed: Iterable[tuple[str, Listed]], headings: Mapping[str, str], ui: Interface) -> Groups:
    """Put lines under the headings of their types, in the order of the headings, and else as they come."""
    sorted_in: dict[str, list[Listed]] = {}
    for type_, one in listed:
        sorted_in.setdefault(type_, []).append(one)
    order = [name for name in headings if name in sorted_in] + sorted(sorted_in.keys() - headings.keys())
    return tuple((ui.say(headings.get(name, name)), tuple(sorted_in[name])) for name in order)


Groups = tuple[tuple[str, tuple[Listed, ...]], ...]


def _cell(count: int, top: int, one: str, other: str) -> Cell:
    level = -(-count * _LEVELS // top) if top else 0
    first, second = sorted((one, other))
    return Cell(count, level, (first, second))


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def _far(last: date, back: int) -> bool:
    """Whether the calendar begins before that week."""
    return last.toordinal() > 7 * back
