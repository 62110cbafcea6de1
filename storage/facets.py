"""Under which terms an item can be found: its feeds, principal actors, language, kind, source and days. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from storage.tokens import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALL, DATED, RANGED = "all", "dated", "ranged"
# Days are stored bit by bit, one term a bit, so that a comparison costs the same however many days there are (a
# bit-sliced index). They are counted from 1800 on, and reach until 2158.
_FIRST_DAY = date(1800, 1, 1).toordinal()
_BITS = 17
_LONGEST_SOURCE = 200


def facets(
    language: str, kind: str, source: str | None, published: dict[str, Any], in_feeds: Iterable[int]
) -> set[str]:
    """Give the terms of an item; `in_feeds` are the ids of the topics' and actors' feeds that hold it."""
    terms = {ALL, f"kind:{kind}", *map(language_term, _widening(language)), *map(feed_term, in_feeds)}
    if source:
        terms.add(source_term(source))
    return terms | _day_terms(published)


def feed_term(feed_id: int) -> str:
    """The term of what stands in the feed of a topic or actor."""
    return f"feed:{feed_id}"


def principal_term(feed_id: int) -> str:
    """The term of what has the actor of this feed as a principal."""
    return f"main:{feed_id}"


def language_term(tag: str) -> str:
    """The term of a language; `zh` also holds what is in `zh-Hant`."""
    return f"lang:{tag.lower()}"


def source_term(name: str) -> str:
    """The term of a source, by its folded name."""
    return f"source:{' '.join(runs(name))[:_LONGEST_SOURCE]}"


def word_term(token: str) -> str:
    """The term of a word that is common (`storage.common_words`)."""
    return f"word:{token}"


def day_terms() -> list[str]:
    """Every term that a comparison of days needs."""
    return [ALL, DATED, RANGED, *(f"{end}:{bit}" for end in ("first", "last") for bit in range(_BITS))]


def from_day(day: date, bits: Callable[[str], int]) -> int:
    """What was, or may have been, published on this day or later; `bits` gives the set of each term."""
    return bits(DATED) & ~_before("last", _clamp(day.toordinal()), bits(DATED), bits)


def until_day(day: date, bits: Callable[[str], int]) -> int:
    """What was, or may have been, published before this day."""
    dated, ranged = bits(DATED), bits(RANGED)
    number = _clamp(day.toordinal())
    return _before("last", number, dated & ~ranged, bits) | _before("first", number, ranged, bits)


def _before(end: str, number: int, among: int, bits: Callable[[str], int]) -> int:
    """Which of `among` have a smaller number: the highest bit in which the two differ decides."""
    less, equal = 0, among
    for bit in reversed(range(_BITS)):
        ones = bits(f"{end}:{bit}")
        if number >> bit & 1:
            less |= equal & ~ones
            equal &= ones
        else:
            equal &= ~ones
    return less


def _day_terms(published: dict[str, Any]) -> set[str]:
    first, last = _days(published)
    if first is None or last is None:
        return set()
    terms = {DATED, *_sliced("last", last)}
    return terms if first == last else {RANGED, *terms, *_sliced("first", first)}


def _days(published: dict[str, Any]) -> tuple[date | None, date | None]:
    """The first and last day of publication in the source's zone, from the JSON of `storage.codec`."""
    if published["instant"]:
        day = datetime.fromisoformat(published["instant"]).date()
        return day, day
    if not published["first"] or not published["last"]:
        return None, None
    return date.fromisoformat(published["first"]), date.fromisoformat(published["last"])


def _sliced(end: str, day: date) -> set[str]:
    number = _clamp(day.toordinal())
    return {f"{end}:{bit}" for bit in range(_BITS) if number >> bit & 1}


def _clamp(ordinal: int) -> int:
    return min(max(ordinal - _FIRST_DAY, 0), (1 << _BITS) - 1)


def _widening(language: str) -> list[str]:
    """A tag and all that it is a kind of: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    parts = language.split("-")
    return ["-".join(parts[: end + 1]) for end in range(len(parts))]
