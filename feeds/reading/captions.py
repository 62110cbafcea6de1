"""Captions of pictures: told by what stands under them and by where they stand, not by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.reading import BlockKind
from feeds.reading.shape import ends_sentence, repeats, sentences, weight

if TYPE_CHECKING:
    from feeds.reading.sheet import Sheet

_MAX_CAPTION = 420
_MAX_LABEL = 50
_SHARED = 0.4  # what a title shares with the paragraph that it stands above


def mark_captions(sheet: Sheet) -> None:
    """Mark the lines above picture credits, and a caption that stands before the title."""
    for at in range(1, len(sheet.lines)):
        if _stands_over_label(sheet, at) and _may_be_caption(sheet, at - 1):
            sheet.mark(at - 1, BlockKind.CAPTION, "line-over-picture-credit")
    _mark_leading(sheet)


def _stands_over_label(sheet: Sheet, at: int) -> bool:
    """A picture credit, or a recurring label that closes a group of two lines."""
    mark, above = sheet.marks[at], sheet.lines[at - 1]
    if mark is None or above.group != sheet.lines[at].group:
        return False
    if mark.after_caption:
        return True
    return mark.rule == "recurring-line" and _group_size(sheet, at) == 2  # noqa: PLR2004 - the caption and its label


def _group_size(sheet: Sheet, at: int) -> int:
    group = sheet.lines[at].group
    around = sheet.lines[max(0, at - 3) : at + 4]
    return sum(line.group == group for line in around)


def _may_be_caption(sheet: Sheet, at: int) -> bool:
    """A sentence always; a heading only while another heading is left to be the title."""
    text = sheet.lines[at].text
    if not sheet.free(at) or weight(text) > _MAX_CAPTION:
        return False
    if ends_sentence(text) and weight(text) > _MAX_LABEL:
        return True
    bodies = [one for one in sheet.paragraphs() if one != at]
    first = bodies[0] if bodies else len(sheet.lines)
    if at > first:
        return True
    others = (one for one in range(first) if one != at and sheet.free(one) and sheet.shapes[one].heading)
    return any(one > at for one in others)


def _mark_leading(sheet: Sheet) -> None:
    """One sentence at the very top, then a heading, then text that takes the heading up: the sentence is a caption."""
    free = [at for at in range(len(sheet.lines)) if sheet.free(at)][:4]
    if len(free) < 3:  # noqa: PLR2004 - a caption, a title, a text
        return
    top, heading = free[0], free[1]
    following = next((at for at in free[2:] if sheet.shapes[at].paragraph), None)
    text, title = sheet.lines[top].text, sheet.lines[heading].text
    if following is None or not ends_sentence(text) or not sheet.shapes[heading].heading or weight(text) > _MAX_CAPTION:
        return
    if len(sentences(text)) > 1 or weight(title) < _MAX_LABEL // 2:
        return
    labelled = heading > top + 1 and sheet.lines[top + 1].group == sheet.lines[top].group
    takes_up = repeats(title, sheet.lines[following].text) >= _SHARED and repeats(title, text) < 1.0
    if labelled or takes_up:
        sheet.mark(top, BlockKind.CAPTION, "sentence-before-title")
