"""Entries of a related-reports section as briefs: reports of other events that the page carries along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.reading import BlockKind, Brief
from feeds.reading.head import clean_title
from feeds.reading.language import UNKNOWN, detect_each
from feeds.reading.shape import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.reading.sections import Section
    from feeds.reading.sheet import Sheet

_MIN_TEXT = 60  # lighter than this, an entry reports nothing


def collect_briefs(sheet: Sheet, sections: Sequence[Section]) -> list[Brief]:
    """Each paragraph of a related section is a report; a heading directly before it is its title.

    Headings without a text are links to elsewhere and report nothing.
    """
    briefs: list[Brief] = []
    for section in sections:
        if section.kind is not BlockKind.RELATED:
            continue
        heading: int | None = None
        for at in range(section.start + 1, section.end):
            mark = sheet.marks[at]
            if mark is None or mark.kind is not BlockKind.RELATED:
                continue
            if sheet.shapes[at].paragraph and sheet.shapes[at].weight >= _MIN_TEXT:
                briefs.append(_brief(sheet, heading, at))
                heading = None
            else:
                heading = at
    languages = detect_each([brief.text for brief in briefs])
    return [replace(brief, language=language) for brief, language in zip(briefs, languages, strict=True)]


def _brief(sheet: Sheet, heading: int | None, at: int) -> Brief:
    text = sheet.lines[at].text
    title = clean_title(sheet.lines[heading].text) if heading is not None else sentences(text)[0]
    start = sheet.lines[heading if heading is not None else at].start
    return Brief(title=title, text=text, language=UNKNOWN, start=start, end=sheet.lines[at].end)
