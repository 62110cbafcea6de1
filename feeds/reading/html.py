"""An HTML page: trafilatura finds the article in it, the metadata says the rest; else all its text is taken."""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import replace
from typing import Any

from feeds.reading.markup import Collector, parse_html, walk
from feeds.reading.metadata import read_metadata
from feeds.reading.page import Hint, Line, Page, Stamp
from feeds.reading.repair import repair

_MAX_ELEMENTS = 12_000  # trafilatura's cost grows faster than the page
_MIN_TEXT = 80
_UNREAD = ("script", "style", "noscript", "template", "svg")
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "table", "list", "code", "div", "figure", "graphic"})


def read_html(text: str) -> Page:
    """Read a page.

    Raises:
        SeedInvalid: it is no markup, or nested beyond reason.

    """
    root = parse_html(text)
    declared = read_metadata(root)
    if not declared.published and not declared.hints:
        declared = replace(declared, hints=_searched_date(root))
    for element in list(root.iter(*_UNREAD)):
        _drop(element)
    lines = _extracted(root) or walk(root)
    return Page(tuple(repair(lines)), declared)


def _searched_date(root: Any) -> tuple[Stamp, ...]:
    """The day that htmldate finds in a page which does not declare one."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        # Without a fixed bound it would ask the clock which dates lie in the future.
        found = find_date(deepcopy(root), original_date=True, extensive_search=False, max_date="2099-12-31")
    except Exception:  # noqa: BLE001 - another's heuristics on any markup at all: then the page has no date
        return ()
    return (Stamp(found, "htmldate"),) if found else ()


def _drop(element: Any) -> None:
    """Remove an element and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _extracted(root: Any) -> list[Line]:
    """The article that trafilatura finds, as lines; nothing if it finds next to nothing or the page is too large."""
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return []
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(deepcopy(root), favor_precision=True, include_comments=False, include_links=True)
    except Exception:  # noqa: BLE001 - another's heuristics on any markup at all: whatever they trip over, we walk instead
        return []
    body = getattr(found, "body", None)
    if body is None:
        return []
    lines = _body_lines(body)
    return lines if sum(len(line.text) for line in lines) >= _MIN_TEXT else []


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
        collector.flush()
    elif element.tag == "lb":
        collector.flush(same_group=True)
    collector.add(element.text, linked=inside)
    for child in element:
        _visit(child, collector, linked=inside, depth=depth + 1)
        if element.tag == "row":
            collector.add(" ")
    if block:
        collector.flush(Hint.HEADING if element.tag == "head" else Hint.NONE)
    collector.add(element.tail, linked=linked)
