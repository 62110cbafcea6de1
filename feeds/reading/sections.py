"""Sections that a page hangs onto its article: related reports, what people say elsewhere, notices."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from feeds.reading import BlockKind
from feeds.reading.page import Hint
from feeds.reading.shape import script
from feeds.reading.sheet import TAIL
from feeds.text import fold

if TYPE_CHECKING:
    from feeds.reading.rules import Rule, Rules
    from feeds.reading.sheet import Sheet

_MAX_HEADING = 50
_MIN_BLOCKS = 2
_MAX_BOX = 10
_LATE = 0.6  # the share of the text beyond which reports told under a heading go on to the end
_SCRIPT_SHARE = 0.7


class Section(NamedTuple):
    """Lines `start` (the heading) up to `end` (exclusive), and what they are."""

    start: int
    end: int
    kind: BlockKind
    rule: str


def mark_sections(sheet: Sheet, rules: Rules) -> list[Section]:
    """Find the sections, claim their lines, and return them in order.

    Marks that a line has already (a caption, a credit) stay: they say more than the section does.
    """
    headings = _known_headings(sheet, rules.sections)
    headings += _foreign_headings(sheet, headings) or _heading_over_labels(sheet, headings)
    told = frozenset(rule.id for rule in rules.sections if rule.told)
    sections = _bounds(sheet, sorted(headings), told)
    for section in sections:
        sheet.mark(section.start, BlockKind.NOTICE, section.rule)
        for at in range(section.start + 1, section.end):
            mark = sheet.marks[at]
            if mark is None or mark.kind is BlockKind.DATELINE:
                sheet.mark(at, section.kind, section.rule)
    return sections


def _known_headings(sheet: Sheet, rules: tuple[Rule, ...]) -> list[tuple[int, BlockKind, str]]:
    shares = sheet.shares()
    first = next((at for at in range(len(sheet.lines)) if sheet.paragraph(at)), len(sheet.lines))
    free = list(accumulate(reversed([sheet.free(at) for at in range(len(sheet.lines))])))[::-1]
    found: list[tuple[int, BlockKind, str]] = []
    for at, line in enumerate(sheet.lines):
        if at <= first or not (sheet.free(at) or _is_label(sheet, at)):
            continue
        rule = next((rule for rule in rules if rule.matches(line.text, sheet.shapes[at])), None)
        if rule is None:
            continue
        # A section opens late in the page, or where at least two blocks follow its heading.
        follows = free[at] - sheet.free(at) >= _MIN_BLOCKS
        if shares[at] >= TAIL or (rule.where != "tail" and follows):
            found.append((at, rule.kind, rule.id))
    return found


def _is_label(sheet: Sheet, at: int) -> bool:
    mark = sheet.marks[at]
    return mark is not None and mark.rule in {"recurring-line", "button", "view-count", "cookie-notice"}


def _foreign_headings(sheet: Sheet, known: list[tuple[int, BlockKind, str]]) -> list[tuple[int, BlockKind, str]]:
    """Headings in another script than the article: the page speaks, not the author."""
    end = min((at for at, _, _ in known), default=len(sheet.lines))
    bodies = [at for at in sheet.paragraphs() if at < end]
    if not bodies:
        return []
    shares = sheet.shares()
    own = script(sheet.lines[bodies[0]].text)
    candidates = [
        at
        for at in range(bodies[0] + 1, end)
        if sheet.free(at) and shares[at] >= TAIL and _is_foreign_heading(sheet, at, own)
    ]
    headings: list[tuple[int, BlockKind, str]] = []
    for number, at in enumerate(candidates):
        stop = candidates[number + 1] if number + 1 < len(candidates) else end
        blocks = sum(sheet.paragraph(one) for one in range(at + 1, stop))
        kind = BlockKind.RELATED if blocks >= _MIN_BLOCKS else BlockKind.SOCIAL if blocks else BlockKind.NOTICE
        headings.append((at, kind, "heading-in-another-script"))
    return headings


def _is_foreign_heading(sheet: Sheet, at: int, own: str) -> bool:
    text, look = sheet.lines[at].text, sheet.shapes[at]
    if look.weight > _MAX_HEADING or not look.heading:
        return False
    theirs = script(text)
    # Han stands in Japanese and Korean too, and a foreign name may be a heading in Latin letters.
    if theirs in {"", own, "latin"} or {theirs, own} == {"han", "kana"}:
        return False
    return sum(script(char) in {theirs, "han", "kana"} for char in text if char.isalpha()) >= _SCRIPT_SHARE * sum(
        char.isalpha() for char in text
    )


def _heading_over_labels(sheet: Sheet, known: list[tuple[int, BlockKind, str]]) -> list[tuple[int, BlockKind, str]]:
    """Entries that carry a recurring label begin somewhere: the heading above the first of them opens the section."""
    if sheet.marked_up or any(kind is BlockKind.RELATED for _, kind, _ in known):
        return []
    shares = sheet.shares()
    labels = [
        at
        for at in range(len(sheet.lines))
        if (mark := sheet.marks[at]) is not None
        and (mark.rule == "recurring-line" or mark.after_caption or mark.rule == "by-machine")
        and shares[at] >= TAIL
    ]
    if len(labels) < _MIN_BLOCKS:
        return []
    end = min((at for at, _, _ in known), default=len(sheet.lines))
    first = labels[0]
    above = first
    while above > 0 and not sheet.paragraph(above - 1):
        above -= 1
    heading = next((at for at in range(above, first) if sheet.free(at) and sheet.shapes[at].heading), None)
    if heading is None or heading >= end or sheet.shapes[heading].weight > _MAX_HEADING:
        return []
    # A label that stood above the heading too belongs to the article: a table's head, a shop under each product.
    entries = {fold(sheet.lines[at].text) for at in labels}
    if any(fold(sheet.lines[at].text) in entries for at in range(heading)):
        return []
    return [(heading, BlockKind.RELATED, "heading-over-labelled-entries")]


def _bounds(sheet: Sheet, headings: list[tuple[int, BlockKind, str]], told: frozenset[str]) -> list[Section]:
    sections: list[Section] = []
    shares = sheet.shares()
    for number, (at, kind, rule) in enumerate(headings):
        end = headings[number + 1][0] if number + 1 < len(headings) else len(sheet.lines)
        if kind is BlockKind.RELATED and sheet.marked_up:
            late = rule in told and shares[at] >= _LATE
            end = end if late and _is_told(sheet, at, end) else _end_of_links(sheet, at, end)
        elif kind is BlockKind.RELATED:
            end = _end_of_list(sheet, at, end, early=shares[at] < TAIL)
        elif kind is BlockKind.NOTICE:
            end = _end_of_notice(sheet, at, end)
        sections.append(Section(at, end, kind, rule))
    return sections


def _end_of_notice(sheet: Sheet, at: int, end: int) -> int:
    """A notice is two paragraphs long at most; what follows is the page again."""
    paragraphs = [one for one in range(at + 1, end) if sheet.paragraph(one)]
    return paragraphs[_MIN_BLOCKS] if len(paragraphs) > _MIN_BLOCKS else end


def _is_told(sheet: Sheet, at: int, end: int) -> bool:
    """Reports that are told, not linked: running text, and no link, stands right under the heading."""
    return at + 1 < end and sheet.paragraph(at + 1) and sheet.lines[at + 1].hint is not Hint.LINK


def _end_of_links(sheet: Sheet, at: int, end: int) -> int:
    """Where links are known, the first running text that is none is the article again."""
    return next((one for one in range(at + 1, end) if sheet.paragraph(one)), end)


def _end_of_list(sheet: Sheet, at: int, end: int, *, early: bool) -> int:
    """A box of mere headlines inside an article ends where the text goes on; one early in the page always does."""
    headlines = at + 1
    while headlines < end and not sheet.paragraph(headlines):
        headlines += 1
    listed = sum(sheet.free(one) for one in range(at + 1, headlines))
    if early and listed > _MAX_BOX:
        return at + 1  # no box holds so many: the article is a list itself
    rest = [one for one in range(headlines, end) if sheet.free(one)]
    goes_on = len(rest) >= _MIN_BLOCKS and all(sheet.shapes[one].paragraph for one in rest[:_MIN_BLOCKS])
    if early or (listed >= _MIN_BLOCKS and goes_on):
        return headlines
    return end
