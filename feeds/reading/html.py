"""An HTML page: trafilatura finds the article in it, the metadata says the rest; else all its text is taken."""

from __future__ import annotations

import logging
from copy import deepcopy
from functools import lru_cache
from typing import Any

from lxml import etree

from feeds.reading.markup import Collector, parse_html, walk
from feeds.reading.metadata import read_metadata
from feeds.reading.page import Hint, Line, Page, check_length, check_lines
from feeds.reading.repair import repair
from feeds.reading.siblings import complete, coverage

_MAX_ELEMENTS = 12_000  # trafilatura's cost grows faster than the page
_MIN_TEXT = 80
_POOR = 0.65
_MUCH_MORE = 1.3
_PROSE = (
    "English", "Spanish", "French", "German", "Italian", "Portuguese", "Dutch", "Indonesian", "Vietnamese", "Turkish",
    "Polish", "Swedish", "Danish", "Czech", "Romanian", "Russian", "Ukrainian", "Arabic", "Persian", "Korean",
)  # fmt: skip
_UNREAD = ("script", "style", "noscript", "template", "svg")
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "table", "list", "code", "div", "figure", "graphic"})


def read_html(text: str) -> Page:
    """Read a page.

    Raises:
        SeedInvalid: it is no markup, nested beyond reason, or longer than any article.

    """
    root = parse_html(text)
    check_length(_shown(root))
    # Menus have lines too, hence twice as many; the extractor would take seconds to find that there are too many.
    check_lines(sum(1 for _ in root.iter("p", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6")) // 2)
    declared = read_metadata(root)
    # Within libxml2: text that is set from here may hold none of the controls that `&#1;` brings into a page.
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    lines = _extracted(root) or walk(root)
    return Page(tuple(repair(lines)), declared)


def _shown(root: Any) -> int:
    """How many characters of text the page holds, without programs."""
    own = sum(len(element.text or "") for element in root.iter() if element.tag not in _UNREAD)
    return own + sum(len(element.tail or "") for element in root.iter())


def _extracted(root: Any) -> list[Line]:
    """The article that trafilatura finds, as lines; nothing if it finds next to nothing or the page is too large."""
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return []
    lines = _article(root, precise=True)
    if coverage(root, lines) < _POOR:
        # It may have taken a side for the whole: what a wider look finds beyond that is worth the second run.
        wide = _article(root, precise=False)
        lines = wide if _size(lines) * _MUCH_MORE < _size(wide) else lines
    lines = complete(root, lines)
    return lines if _size(lines) >= _MIN_TEXT else []


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _article(root: Any, *, precise: bool) -> list[Line]:
    from trafilatura import bare_extraction, external

    external.JT_STOPLIST = _stop_words()  # type: ignore[assignment]  # it declares no type but None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(deepcopy(root), favor_precision=precise, include_comments=False, include_links=True)
    except Exception:  # noqa: BLE001 - another's heuristics on any markup at all: whatever they trip over, we walk instead
        return []
    body = getattr(found, "body", None)
    return _body_lines(body) if body is not None else []


@lru_cache(maxsize=1)
def _stop_words() -> tuple[str, ...]:
    """The words by which trafilatura's last resort tells prose: its own default, of 100 languages, takes 25 MB."""
    from justext.utils import get_stoplist  # type: ignore[import-untyped]  # it has no types

    return tuple(sorted({word for language in _PROSE for word in get_stoplist(language)}))


def _body_lines(body: Any) -> list[Line]:
    collector = Collector()
    _visit(body, collector, linked=False, depth=0)
    collector.flush()
    return collector.lines


def _visit(element: Any, collector: Collector, *, linked: bool, depth: int) -> None:
    """Walk trafilatura's own small tree (p, head, item, quote, row, ref); it is never deep."""
    block = element.tag in _BLOCKS
    inside = linked or element.tag == "ref"
    if block:
        collector.flush(Hint.PARAGRAPH)
    elif element.tag == "lb":
        collector.flush(Hint.PARAGRAPH, same_group=True)
    collector.add(element.text, linked=inside)
    for child in element:
        _visit(child, collector, linked=inside, depth=depth + 1)
        if element.tag == "row":
            collector.add(" ")
    if block:
        collector.flush(Hint.HEADING if element.tag == "head" else Hint.PARAGRAPH)
    collector.add(element.tail, linked=linked)
