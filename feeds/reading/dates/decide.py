"""The date of an article: what it prints as its date, else what its words allow, and what speaks against it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.reading.dates.clues import candidates
from feeds.reading.dates.infer import infer
from feeds.reading.dates.resolve import resolve
from feeds.reading.dates.story import Story
from feeds.reading.dates.weekdays import check_weekdays
from feeds.reading.dates.window import meet, role_window
from storage.types import UNDATED

if TYPE_CHECKING:
    from feeds.authority.matcher import Matcher
    from feeds.reading.dates.clues import Clues
    from storage.types import Published


_YEAR = re.compile(r"(?:19|20)\d\d|\d{10}")
_SLACK = timedelta(days=31)


def published(clues: Clues, matcher: Matcher | None) -> Published:
    """Decide when the article appeared.

    A day that is printed as the article's own is the answer. Where there is none, or only a month or a few days, and a
    `matcher` knows the titles of the text, its words are asked (`infer`) for a day within. A day whose year was worked
    out and that no title of the text allows is no answer.
    """
    printed = resolve(candidates(clues), clues.zone)
    dated = printed
    if matcher is not None and printed.confidence != "high":
        printed = _checked(printed, _story(clues, UNDATED), matcher)
        dated = _inferred(clues, printed, matcher) if printed.first != printed.last or not printed.first else printed
    return check_weekdays(dated, (*clues.datelines, clues.summary, clues.body), clues.language)


def _checked(printed: Published, story: Story, matcher: Matcher) -> Published:
    """Tell where the titles of the text do not allow a day that is not certain."""
    if printed.first is None or printed.last is None:
        return printed
    window = role_window(story, matcher)
    first, last = printed.first - _SLACK, printed.last + _SLACK
    if window.conflicts or not window.evidence or meet(window.spans, ((first, last),)):
        return printed
    told = f"title-window allows {window.spans[0][0]}/{window.spans[-1][1]}, not {printed.edtf}"
    if any(_YEAR.search(one.text) for one in printed.evidence):
        return replace(printed, confidence="low", conflicts=(*printed.conflicts, told))
    return replace(UNDATED, conflicts=(*printed.conflicts, told))


def _inferred(clues: Clues, printed: Published, matcher: Matcher) -> Published:
    inferred = infer(_story(clues, printed), matcher)
    conflicts = (*printed.conflicts, *inferred.conflicts)
    if not _sharper(inferred, printed):
        return replace(printed, conflicts=conflicts)
    return replace(
        inferred,
        evidence=(*printed.evidence, *inferred.evidence),
        conflicts=conflicts,
        zone=clues.zone,
        zone_origin="source" if clues.zone else "unknown",
    )


def _sharper(inferred: Published, printed: Published) -> bool:
    if inferred.first is None or inferred.last is None:
        return False
    if printed.first is None or printed.last is None:
        return True
    return inferred.last - inferred.first < printed.last - printed.first


def _story(clues: Clues, printed: Published) -> Story:
    bounds = (printed.first, printed.last) if printed.first is not None and printed.last is not None else None
    return Story(
        title=clues.title,
        summary=clues.summary,
        body=clues.body,
        language=clues.language,
        datelines=tuple(clues.datelines),
        related=tuple(clues.related),
        bounds=bounds,
        not_after=clues.not_after,
    )
