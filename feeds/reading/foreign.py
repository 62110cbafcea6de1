"""Readable text that is no article: drawings, feeds and other XML, and tables of values."""

from __future__ import annotations

import re
from collections import Counter

from feeds.errors import SeedInvalid

_PROLOG = re.compile(
    r"\s*(?:<\?.{0,500}?\?>|<!--.{0,2000}?-->|<!doctype\s+([\w:.-]{1,60})[^<>]{0,500}>)", re.IGNORECASE | re.DOTALL
)
_MAX_PROLOG = 10
_ROOT = re.compile(r"\s*<([a-zA-Z][\w:.-]{0,60})[\s>/]")
_PAGE = frozenset(
    {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "article",
        "section",
        "main",
        "header",
        "div",
        "p",
        "span",
        "table",
    }
    | {"h1", "h2", "h3", "ul", "ol", "blockquote", "center", "font", "a", "b", "i", "em", "strong", "img", "br", "hr"}
)
_KNOWN = {
    "svg": "a drawing (SVG)", "rss": "a feed (RSS)", "feed": "a feed (Atom)", "rdf:rdf": "a feed or other RDF",
    "opml": "a list of feeds (OPML)", "urlset": "a sitemap", "sitemapindex": "a sitemap",
}  # fmt: skip
_MARKS = (",", ";", "\t", "|")
_MIN_ROWS, _MIN_MARKS, _SAME = 3, 2, 0.9
_SAMPLE = 20_000


def refuse_markup(text: str) -> None:
    """Refuse markup that is no page.

    Raises:
        SeedInvalid: the text is XML, and its root is not that of a page.

    """
    at, declared = 0, False
    for _ in range(_MAX_PROLOG):
        prolog = _PROLOG.match(text, at)
        if prolog is None:
            break
        kind = (prolog[1] or "").casefold()
        if kind == "html":
            return
        at, declared = prolog.end(), declared or bool(kind) or prolog[0].lstrip().startswith("<?xml")
    root = _ROOT.match(text, at)
    name = root[1].casefold() if root else ""
    if name in _KNOWN:
        raise SeedInvalid(f"this is {_KNOWN[name]}, no article")
    if declared and name and name not in _PAGE:
        raise SeedInvalid(f"this is XML with the root <{name}>, no page; text, Markdown, HTML and JSON are read")


def refuse_table(text: str) -> None:
    """Refuse rows of values.

    Raises:
        SeedInvalid: nearly all lines hold the same number of commas, semicolons, tabs or strokes.

    """
    rows = [line for line in text[:_SAMPLE].splitlines() if line.strip()]
    if len(rows) < _MIN_ROWS:
        return
    for mark in _MARKS:
        number, times = Counter(row.count(mark) for row in rows).most_common(1)[0]
        if number >= _MIN_MARKS and times >= _SAME * len(rows):
            raise SeedInvalid("this is a table of values, no article")
