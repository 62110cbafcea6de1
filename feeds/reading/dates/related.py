"""Break a tie by the related reports: `last week's trip by Minister Kim` and a report of that trip that prints its day.

Related reports are of other days than the article; they decide only between days that its own text allows, and only
where a sentence of the article says "last week" of a person whom a dated related report names too.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.authority.matcher import mentions
from feeds.reading.dates.mentions import find_mentions, monday
from feeds.reading.dates.story import spans_of
from storage.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from feeds.authority.matcher import Matcher
    from feeds.reading.dates.story import Span, Story

_LAST_WEEK = re.compile(r"[lL上지先](?:(?<!\w[lL])(?i:ast week)\b|(?<=上)[周週]|(?<=지)난\s?주|(?<=先)週)")
_RULE = "last-week-of-a-related-report"
_MOST_CUES = 6
_MOST_RELATED = 20
_LONGEST_RELATED = 2_000  # characters
_NEAR = 60  # characters between the cue and the name


def after_last_week(story: Story, matcher: Matcher) -> Iterator[tuple[Span, tuple[Evidence, ...]]]:
    """The calendar week after each day that a related report prints of somebody of "last week", with the words."""
    cues = list(_LAST_WEEK.finditer(story.text))[:_MOST_CUES] if story.related else []
    reports = list(_reports(story, matcher)) if cues else []
    if not reports:
        return
    headline = _persons(matcher, story.title, story.language)
    sentences = spans_of(story.text)
    for cue in cues:
        begin, end = next(span for span in sentences if span[0] <= cue.start() < span[1])
        near = story.text[max(begin, cue.start() - _NEAR) : min(end, cue.end() + _NEAR)]
        meant = _persons(matcher, near, story.language) - headline
        for day, printed, persons in reports:
            if meant & persons:
                first = monday(day) + timedelta(days=7)
                said = story.evidence(cue.start(), cue.end(), _RULE)
                yield (first, first + timedelta(days=6)), (said, Evidence(printed, "related", None, _RULE))


def _reports(story: Story, matcher: Matcher) -> Iterator[tuple[date, str, set[str]]]:
    """The related reports that print a full date: the first, its words, and the persons of the report."""
    for text in (report[:_LONGEST_RELATED] for report in story.related[:_MOST_RELATED]):
        first = next(iter(find_mentions(text, "und")), None)
        if first is not None and first.full is not None:
            yield first.full, text[first.start : first.end], _persons(matcher, text, "und")


def _persons(matcher: Matcher, text: str, language: str) -> set[str]:
    actors = matcher.authority.actors
    return {slug for slug, *_ in mentions(matcher.scan(text, language)) if actors[slug].type == "person"}
