"""The head of a page: which line is the title, and which lines under it are decks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.reading import BlockKind
from feeds.reading.page import Hint
from feeds.reading.shape import is_spaced, stems
from feeds.reading.sheet import same_words, strip_label

if TYPE_CHECKING:
    from feeds.reading.sheet import Sheet

_KICKER = 16  # a lighter first line (`Politics`) stands over the title
_MAX_KICKER = 34
_KICKER_WORDS = 3
_SHARED = 0.05  # of what the best line of the head shares with the text: the title is the first that shares so much
_SHARED_SHORT = 0.4  # a line of few words may be the name of a site
_ENOUGH = 4.0
_TELLING = 0.8  # where no line shares as much, sharing says nothing
_TEXT = 3_000  # characters of the text that lines are compared with
_MAX_TITLE = 260
_MAX_DECKS = 6
_MAX_BYLINE = 30
_LABEL = re.compile(r"^(?:title|headline|제목|標題|标题|タイトル|título|titre|titel)\s?[:：]\s*", re.IGNORECASE)


def mark_head(sheet: Sheet, known: str = "") -> str:
    """Mark the title and the decks; return the title that the page prints, or the empty string.

    `known` is a title from outside the text (front matter, metadata): lines that repeat it are the title.
    """
    end = _text_begins(sheet)
    free = [at for at in range(end) if sheet.free(at)]
    title = _known_title(sheet, known) if known else _choose(sheet, free, end)
    printed = ""
    if title is not None:
        printed = clean_title(sheet.lines[title].text)
        sheet.mark(title, BlockKind.TITLE, "title-line")
        _mark_above(sheet, [] if known else [at for at in free if at < title], end)
    _mark_repeated(sheet, known or printed)
    _mark_decks(sheet, [at for at in free if sheet.free(at) and not sheet.paragraph(at)])
    return printed


def _mark_above(sheet: Sheet, lines: list[int], end: int) -> None:
    """What stands over the title and has no word in common with the text: the site, its sections, its buttons."""
    text = _text_stems(sheet, end) if lines else frozenset()
    for at in lines:
        if not stems(sheet.lines[at].text) & text:
            sheet.mark(at, BlockKind.NOTICE, "line-above-title")


def _mark_decks(sheet: Sheet, free: list[int]) -> None:
    """A few short lines over the text; many of them, or what the markup calls a paragraph, are the text themselves."""
    decks = [at for at in free if sheet.lines[at].hint is not Hint.PARAGRAPH or _is_byline(sheet, at)]
    for at in decks if len(decks) <= _MAX_DECKS else []:
        sheet.mark(at, BlockKind.DECK, "short-line-before-text")


def _is_byline(sheet: Sheet, at: int) -> bool:
    return sheet.shapes[at].heading and sheet.shapes[at].weight <= _MAX_BYLINE


def clean_title(text: str) -> str:
    """Take list marks, a `Title:` label and trailing commas off a title line."""
    return _LABEL.sub("", strip_label(text)).rstrip(",，、;； ").strip("*_ ")


def _text_begins(sheet: Sheet) -> int:
    """Where the text begins; a deck in running text stands before the line that dates the report, the text after it.

    What stands between them - who wrote it, how long it takes to read - is still the head.
    """
    first = _first_body(sheet)
    if sheet.marked_up or first >= len(sheet.lines) or not sheet.paragraph(first):
        return first
    following = next((at for at in sheet.paragraphs() if at > first), None)
    if following is None:
        return first
    dated = any(
        (mark := sheet.marks[at]) is not None and mark.rule == "date-line" for at in range(first + 1, following)
    )
    return following if dated else first


def _first_body(sheet: Sheet) -> int:
    """Where the text begins: the first running text, else the first line that is no heading, else the second line."""
    bodies = sheet.paragraphs()
    if bodies:
        return bodies[0]
    free = [at for at in range(len(sheet.lines)) if sheet.free(at)]
    for at in free[1:]:
        if not sheet.shapes[at].heading:
            return at
    return free[1] if len(free) > 1 else len(sheet.lines)


def _choose(sheet: Sheet, free: list[int], end: int) -> int | None:
    """The line that the markup calls a heading, else the first that is not too light and takes up the text."""
    marked = [at for at in free if sheet.lines[at].hint is Hint.HEADING]
    fitting = [at for at in (marked or free) if sheet.shapes[at].weight <= _MAX_TITLE]
    heavy = [at for at in fitting if sheet.shapes[at].weight >= _KICKER]
    if heavy:
        return heavy[0] if marked or len(heavy) == 1 else _taking_up(sheet, heavy, end)
    return fitting[0] if fitting and len(fitting) == 1 else None


def _taking_up(sheet: Sheet, lines: list[int], end: int) -> int:
    """The first line that shares words with the text; names of the site, sections and buttons share none or few."""
    text = _text_stems(sheet, end)
    shared = {at: _shared(sheet.lines[at].text, text) for at in lines}
    best = max(shared.values())
    if best < _TELLING:
        return lines[0]
    first = next(at for at in lines if shared[at] >= _wanted(sheet, at, best))
    following = first + 1
    if _is_short(sheet, first, _KICKER_WORDS) and shared.get(following, 0.0) >= best / 2:
        return following if sheet.shapes[following].weight > _MAX_KICKER else first
    return first


def _text_stems(sheet: Sheet, end: int) -> frozenset[str]:
    return stems(" ".join(sheet.lines[at].text for at in range(end, len(sheet.lines)) if sheet.free(at))[:_TEXT])


def _shared(line: str, text: frozenset[str]) -> float:
    """How many words the line has in common with the text, less where it has many others."""
    mine = stems(line)
    common = len(mine & text)
    return common * common / len(mine) if mine else 0.0


def _wanted(sheet: Sheet, at: int, best: float) -> float:
    return _SHARED_SHORT * best if _is_short(sheet, at, _KICKER_WORDS + 1) else _SHARED * min(best, _ENOUGH)


def _is_short(sheet: Sheet, at: int, words: int) -> bool:
    text = sheet.lines[at].text
    return sheet.shapes[at].weight <= _MAX_KICKER and len(text.split()) <= words and is_spaced(text)


def _known_title(sheet: Sheet, known: str) -> int | None:
    return next(
        (at for at in range(len(sheet.lines)) if sheet.free(at) and same_words(sheet.lines[at].text, known)), None
    )


def _mark_repeated(sheet: Sheet, title: str) -> None:
    """A page often prints its title twice; running text that happens to equal it stays."""
    for at, line in enumerate(sheet.lines):
        if title and sheet.free(at) and not sheet.shapes[at].paragraph and same_words(line.text, title):
            sheet.mark(at, BlockKind.TITLE, "title-again")
