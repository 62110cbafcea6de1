"""Break a tie by the related reports: `last week's trip by Minister Kim` and a report of that trip that prints its day.

Related reports are of other days than the article; they decide only between days that its own text allows, and only
where a sentence of the article says "last week" of a person whom a dated related report names too.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.authority.matcher import mentions
from feeds.reading.dates.expressions import find_dates
from feeds.reading.dates.mentions import monday
from feeds.reading.dates.story import spans_of
from storage.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.authority.matcher import Matcher
    from feeds.reading.dates.story import Span, Story

_LAST_WEEK = re.compile(r"\blast week\b|上周|上週|지난\s?주|先週", re.IGNORECASE)
_MOST_CUES = 6
_MOST_RELATED = 20
_LONGEST_RELATED = 2_000  # characters
_NEAR = 60  # characters between the cue and the name


def after_last_week(story: Story, matcher: Matcher) -> Iterator[tuple[Span, tuple[Evidence, ...]]]:
    """The calendar week after each day that a related report prints of somebody of "last week", with the words."""
    cues = list(_LAST_WEEK.finditer(story.text))[:_MOST_CUES] if story.related else []
    if not cues:
        return
    headline = _persons(matcher, story.title, story.language)
    for begin, end in spans_of(story.text):
        for cue in cues:
            if not begin <= cue.start() < end:
                continue
            near = story.text[max(begin, cue.start() - _NEAR) : min(end, cue.end() + _NEAR)]
            yield from _weeks(story, matcher, cue, _persons(matcher, near, story.language) - headline)


def _weeks(
    story: Story, matcher: Matcher, cue: re.Match[str], persons: set[str]
) -> Iterator[tuple[Span, tuple[Evidence, ...]]]:
    for report in (text[:_LONGEST_RELATED] for text in story.related[:_MOST_RELATED]):
        found = find_dates(report)
        if not found or not persons & _persons(matcher, report, "und"):
            continue
        first = monday(found[0].day) + timedelta(days=7)
        yield (
            (first, first + timedelta(days=6)),
            (
                story.evidence(cue.start(), cue.end(), "last-week-of-a-related-report"),
                Evidence(report[found[0].start : found[0].end], "related", None, "last-week-of-a-related-report"),
            ),
        )


def _persons(matcher: Matcher, text: str, language: str) -> set[str]:
    actors = matcher.authority.actors
    return {slug for slug, *_ in mentions(matcher.scan(text, language)) if actors[slug].type == "person"}
