"""The head of a page: which line is the title, and which lines under it are decks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.reading import BlockKind
from feeds.reading.page import Hint
from feeds.reading.shape import is_paragraph
from feeds.reading.sheet import same_words, strip_label

if TYPE_CHECKING:
    from feeds.reading.sheet import Sheet

_KICKER = 16  # a lighter first line (`Politics`) stands over the title
_MAX_TITLE = 260
_MAX_DECKS = 6
_MAX_BYLINE = 30
_LABEL = re.compile(r"^(?:title|headline|제목|標題|标题|タイトル|título|titre|titel)\s?[:：]\s*", re.IGNORECASE)


def mark_head(sheet: Sheet, known: str = "") -> str:
    """Mark the title and the decks; return the title that the page prints, or the empty string.

    `known` is a title from outside the text (front matter, metadata): lines that repeat it are the title.
    """
    end = _first_body(sheet)
    free = [at for at in range(end) if sheet.free(at)]
    title = _known_title(sheet, known) if known else _choose(sheet, free)
    printed = ""
    if title is not None:
        printed = clean_title(sheet.lines[title].text)
        sheet.mark(title, BlockKind.TITLE, "title-line")
    _mark_repeated(sheet, known or printed)
    _mark_decks(sheet, [at for at in free if sheet.free(at)])
    return printed


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


def _choose(sheet: Sheet, free: list[int]) -> int | None:
    """The line that the markup calls a heading, else the first line that is not too light to be a title."""
    marked = [at for at in free if sheet.lines[at].hint is Hint.HEADING]
    fitting = [at for at in (marked or free) if sheet.shapes[at].weight <= _MAX_TITLE]
    for at in fitting:
        if sheet.shapes[at].weight >= _KICKER:
            return at
    return fitting[0] if fitting and len(fitting) == 1 else None


def _known_title(sheet: Sheet, known: str) -> int | None:
    return next(
        (at for at in range(len(sheet.lines)) if sheet.free(at) and same_words(sheet.lines[at].text, known)), None
    )


def _mark_repeated(sheet: Sheet, title: str) -> None:
    """A page often prints its title twice; running text that happens to equal it stays."""
    for at, line in enumerate(sheet.lines):
        if title and sheet.free(at) and not is_paragraph(line.text) and same_words(line.text, title):
            sheet.mark(at, BlockKind.TITLE, "title-again")
