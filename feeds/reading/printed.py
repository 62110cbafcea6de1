"""Dates that a page prints about itself: short pieces of text near its headline, told from prose, lists and footers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feeds.reading.dates.dateline import is_dateline, label_of, stamps_of
from feeds.reading.dates.names import find_weekdays
from feeds.text import clean_line, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.reading.dates.expressions import Found

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d\d?\.\s?\d\d?\.\s?\d\d(?!\d)|\d\d?[./]\d\d?[./]\d\d(?!\d)|\d年")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2}\.)\s?(\d{1,2}\.)\s?(\d\d)(?![\d.:])")
_SPACED = re.compile(r"(?<![\d.])(\d{1,2}\.)\s(\d{1,2}\.)\s(?=(?:19|20)\d\d(?!\d))")
_STROKES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_SHORT_STROKES = re.compile(r"(?<![\d/])(\d{1,2}/\d{1,2}/)(\d\d)(?![\d/])")
_HEADINGS = frozenset({"h1", "h2", "h3"})
_MAX_TEXT = 110
_MAX_NODES = 300
_MAX_SAID = 60  # texts in an element; one that holds more says more than a date
_MAX_READ = 2_000  # characters of one text
_MAX_CLIMB = 3
_MAX_PARTS = 12
_MIN_HEADLINE = 4
_MONTHS = 12
_NAMES_ABOVE = 3
# What templates call the place of a date, and the places whose dates are not the article's.
_DATED = re.compile(
    r"date|time|publi|posted|datum|fecha|byline|(?:^|[\s_-])(?:meta|info|entry|created|data|stand)", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:footer|comments?|kommentare?|related|recommend\w*|sidebar|widget|calendar|copyright|teasers?|popular|latest|recent|archive|"
    r"events?|cookies?|consent|menu|nav|navigation|newsletter|ticker|slider|carousel|replies|respon[ds]\w*|signature|profile|instagram\S*|twitter\S*|tweet\S*|embed\S*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|alle rechte|all rights|todos los derechos|tous droits", re.IGNORECASE)
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "footer", "nav", "select", "option", "textarea"}
)
_MARKED, _ALONE, _NEAR, _AFTER, _LISTED, _AROUND, _MASTHEAD = 3, 2, 3, 1, -3, -5, -5
LABELLED = {"published": 4, "modified": -3}  # what a label adds to the score
_BEFORE_HEADLINE, _BEHIND_HEADLINE = 12, 30  # pieces of text
_PROSE_BETWEEN = 1_500  # characters: where there are more, the article stands between the headline and the date
_MAX_LABEL = 30
_RIGHT_ABOVE = 2
_LIST = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A date that a page prints; `text` is the date alone, with years and order written out where they are known.

    `score` says how much it looks like the day of the article; `label` is that of `stamps_of`.
    """

    found: Found
    text: str
    score: int
    label: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A short text, what stands right before it, and its place: among the pieces, and in characters."""

    text: str
    holder: Any
    before: str
    place: int
    at: int


def printed_dates(root: Any, title: str, language: str) -> list[Printed]:
    """The dates that a page prints outside its prose, best first; of equals, the first that it prints."""
    pieces, headline = _pieces(root, fold(title))
    order = _order(pieces, language)
    lists = Counter(_template(piece.holder) for piece in pieces)
    made = [one for piece in pieces for one in _read(piece, headline, order, lists)]
    return sorted(made, key=lambda one: -one.score)


def _pieces(root: Any, title: str) -> tuple[list[_Piece], _Piece | None]:
    """Short pieces of text that hold a year, and the headline as a piece."""
    found: list[_Piece] = []
    headline: _Piece | None = None
    seen: set[Any] = set()
    before, at = "", 0
    for place, (text, holder) in enumerate(_texts(root)):
        at += len(text)
        if headline is None and _is_headline(text, holder, title):
            headline = _Piece(text, holder, before, place, at)
        if len(found) < _MAX_NODES and _YEAR.search(text):
            piece = _grown(text, holder)
            if piece is not None and (piece[1], piece[0]) not in seen:
                seen.add((piece[1], piece[0]))
                found.append(_Piece(piece[0], piece[1], before, place, at))
        before = text
    return found, headline


def _texts(root: Any) -> Iterator[tuple[str, Any]]:
    """Every piece of text that is shown, with the element that holds it, in the order of the page."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, closed = stack.pop()
        parent = element.getparent()
        if closed:
            if element.tail and element.tail.strip() and parent is not None:
                yield element.tail, parent
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        if element.text and element.text.strip():
            yield element.text, element
        stack.extend((child, False) for child in reversed(element))


def _is_headline(text: str, holder: Any, title: str) -> bool:
    """A first heading that shares its words with the title, or any heading that has the same."""
    above = holder.getparent()
    tags = {holder.tag, above.tag if above is not None else ""}
    if not tags & _HEADINGS:
        return False
    words = fold(text)
    if "h1" in tags:
        return not title or (len(words) >= _MIN_HEADLINE and (words in title or title in words))
    return len(words) >= _MIN_HEADLINE and words == title


def _grown(text: str, holder: Any) -> tuple[str, Any] | None:
    """The text with what stands beside it in the same short element: a date may be parted into several."""
    own = clean_line(text)
    kept = (own, holder) if len(own) <= _MAX_TEXT else None
    for _ in range(_MAX_CLIMB):
        if holder is None or len(holder) > _MAX_PARTS:
            break
        whole = _short(holder)
        if whole is None:
            break
        kept = (whole, holder)
        if _YEAR.search(whole) and stamps_of(_plain(whole, True)):
            break
        holder = holder.getparent()
    return kept


def _short(element: Any) -> str | None:
    """What an element says, unless that is long; no more of it is read than shows so: a page may ask for each date."""
    words = ""
    for number, text in enumerate(element.itertext()):
        words = clean_line(f"{words} {text[:_MAX_READ]}")
        if len(words) > _MAX_TEXT or number >= _MAX_SAID:
            return None
    return words


def _plain(text: str, day_first: bool | None) -> str:
    """Years of two figures written out; strokes made dots where it is known which figure is the day."""
    text = _SPACED.sub(r"\1\2", text)
    text = _SHORT_YEAR.sub(r"\g<1>\g<2>20\g<3>", text)
    if day_first is None:
        return text
    text = _SHORT_STROKES.sub(r"\g<1>20\2", text)
    return _STROKES.sub(r"\1.\2.\3" if day_first else r"\2.\1.\3", text)


def _order(pieces: list[_Piece], language: str) -> bool | None:
    """Whether the day stands first in `03/04/2025`: what other dates of the page show, else what its language does."""
    for piece in pieces:
        for one, two, _ in _STROKES.findall(piece.text):
            if int(one) > _MONTHS:
                return True
            if int(two) > _MONTHS:
                return False
    code = language.casefold().replace("_", "-")
    if code in {"en-us", "en-ph"}:
        return False
    return None if code in {"", "en"} else True


def _names(holder: Any) -> str:
    names: list[str] = []
    for _ in range(_NAMES_ABOVE):
        if holder is None or holder.tag in {"body", "html", "article", "main"}:
            break
        names += [holder.tag, holder.get("class") or "", holder.get("id") or "", holder.get("itemprop") or ""]
        holder = holder.getparent()
    return " ".join(names)[:600]


def _template(holder: Any) -> tuple[str, ...]:
    parent = holder.getparent()
    above = (parent.tag, parent.get("class") or "") if parent is not None else ("", "")
    return (holder.tag, holder.get("class") or "", *above)


def is_elsewhere(holder: Any) -> bool:
    """Tell what stands in a part of the page that is not the article's: comments, quoted posts, lists of others."""
    while holder is not None and holder.tag not in {"body", "html"}:
        if begins_elsewhere(holder):
            return True
        holder = holder.getparent()
    return False


def is_teased(holder: Any) -> bool:
    """Tell what stands in a link that says more than a date (or "an hour ago"): it is another page's."""
    link = holder
    while link is not None and link.tag not in {"a", "body", "html"}:
        link = link.getparent()
    if link is None or link.tag != "a" or not (link.get("href") or "").strip("#"):
        return False
    words = _short(link)
    return words is None or not (is_dateline(words) or (holder.tag == "time" and words == _short(holder)))


def begins_elsewhere(element: Any) -> bool:
    """Tell an element whose own tag or name says that what it holds is not the article's."""
    if element.tag in {"aside", "blockquote"}:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return element.tag not in {"article", "main", "body", "html"} and _ELSEWHERE.search(names) is not None


def _read(piece: _Piece, headline: _Piece | None, order: bool | None, lists: Counter[tuple[str, ...]]) -> list[Printed]:
    if _COPYRIGHT.search(piece.text) or piece.text == clean_line(piece.holder.get("datetime") or ""):
        return []  # an element that only repeats what it says to programs prints nothing
    if is_teased(piece.holder):
        return []
    text = _plain(piece.text, order)
    stamps = _labelled(stamps_of(text), piece.before)
    if not stamps:
        return []
    score = _MARKED if _DATED.search(_names(piece.holder)) else 0
    score += _ALONE if is_dateline(text) else 0
    dayname = bool(find_weekdays(text)) and all(one.clock is None for one, _ in stamps)
    score += _by_headline(piece, headline, dayname=dayname, marked=score >= _MARKED)
    score += _AROUND if is_elsewhere(piece.holder) else 0
    score += _LISTED if lists[_template(piece.holder)] > _LIST else 0
    return [
        Printed(found, text[found.start : found.end], score + LABELLED.get(label, 0), label) for found, label in stamps
    ]


def _labelled(stamps: list[tuple[Found, str]], before: str) -> list[tuple[Found, str]]:
    """The first date may have its label in an element of its own before it: `Datum:`, `Published`."""
    label = label_of(before) if len(before := before.strip()) <= _MAX_LABEL else "unlabelled"
    if label == "unlabelled" or not stamps or stamps[0][1] != "unlabelled":
        return stamps
    return [(stamps[0][0], label), *stamps[1:]]


def _by_headline(piece: _Piece, headline: _Piece | None, *, dayname: bool, marked: bool) -> int:
    if headline is None:
        return 0
    away = piece.place - headline.place
    if away < 0 and dayname and not (marked and away >= -_RIGHT_ABOVE):
        return _MASTHEAD  # the weekday and the day, without a time, above the headline: what day it is now
    near = -_BEFORE_HEADLINE <= away <= _BEHIND_HEADLINE and piece.at - headline.at <= _PROSE_BETWEEN
    return _NEAR if near else _AFTER if away > 0 else 0
