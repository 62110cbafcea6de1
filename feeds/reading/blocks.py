"""A page's lines to blocks: every line gets a kind and the rule that gave it before anything is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.reading import Block, BlockKind, Brief
from feeds.reading.briefs import collect_briefs
from feeds.reading.captions import mark_captions
from feeds.reading.head import mark_head
from feeds.reading.sections import mark_sections
from feeds.reading.shape import repeats, sentences, weight
from feeds.reading.sheet import open_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.reading.page import Line
    from feeds.reading.rules import Rules
    from feeds.reading.sheet import Sheet

_LEAD_REPEATED = 0.6
_SENTENCE_REPEATED = 0.75
_OPENING_REPEATED = 0.9
_OPENING_WEIGHT = 60
_OPENING = 2_000  # characters in which a first sentence ends
_TAIL_WEIGHT = 110
_PAGE_KINDS = frozenset({BlockKind.NOTICE, BlockKind.CREDIT, BlockKind.RELATED, BlockKind.SOCIAL, BlockKind.CAPTION})
_NO_TAIL = frozenset({"end-mark", "markup-link-only", "link-line"})


@dataclass(frozen=True, slots=True)
class Segments:
    """A page taken apart: its blocks in order (languages still open), its briefs, and the title that it prints."""

    blocks: tuple[Block, ...]
    briefs: tuple[Brief, ...]
    title: str


def segment(lines: Sequence[Line], rules: Rules, *, known_title: str = "") -> Segments:
    """Give every line its kind.

    Args:
        lines: the page after repair.
        rules: the furniture rules.
        known_title: a title from outside the text; lines that repeat it are no body.

    """
    sheet = open_sheet(lines, rules)
    mark_captions(sheet)
    sections = mark_sections(sheet, rules)
    briefs = collect_briefs(sheet, sections)
    title = mark_head(sheet, known_title)
    _mark_tail(sheet)
    _mark_lead(sheet)
    return Segments(tuple(_block(sheet, at) for at in range(len(sheet.lines))), tuple(briefs), title)


def _mark_tail(sheet: Sheet) -> None:
    """Short lines at the very end are furniture if one among them is: addresses, share links, slogans."""
    at = len(sheet.lines)
    while at > 0 and not _is_text(sheet, at - 1):
        at -= 1
    if not any(sheet.paragraph(one) for one in range(at)):
        return
    furniture = [
        one
        for one in range(at, len(sheet.lines))
        if (mark := sheet.marks[one]) is not None and mark.kind in _PAGE_KINDS and mark.rule not in _NO_TAIL
    ]
    for one in range(furniture[0] if furniture else len(sheet.lines), len(sheet.lines)):
        if sheet.free(one):
            sheet.mark(one, BlockKind.NOTICE, "short-line-among-notices")


def _is_text(sheet: Sheet, at: int) -> bool:
    look = sheet.shapes[at]
    return sheet.free(at) and (look.paragraph or look.weight > _TAIL_WEIGHT or not look.heading)


def _mark_lead(sheet: Sheet) -> None:
    """A lead that the next paragraph says again is a summary; printed twice, it would be read twice."""
    bodies = [at for at in range(len(sheet.lines)) if sheet.free(at)][:2]
    if len(bodies) < 2:  # noqa: PLR2004 - a lead and what repeats it
        return
    lead, following = (sheet.lines[at].text for at in bodies)
    if not all(sheet.shapes[at].paragraph for at in bodies):
        return
    opening = sentences(lead[:_OPENING])[0]
    said_again = repeats(lead, following) >= _LEAD_REPEATED and repeats(opening, following) >= _SENTENCE_REPEATED
    first = sentences(following[:_OPENING])[0]
    opened_again = weight(opening) >= _OPENING_WEIGHT and repeats(opening, first) >= _OPENING_REPEATED
    if said_again or opened_again:
        sheet.mark(bodies[0], BlockKind.SUMMARY, "lead-said-again")


def _block(sheet: Sheet, at: int) -> Block:
    line, mark = sheet.lines[at], sheet.marks[at]
    kind, rule = (mark.kind, mark.rule) if mark is not None else (BlockKind.BODY, "")
    return Block(kind=kind, text=line.text, start=line.start, end=line.end, rule=rule)
