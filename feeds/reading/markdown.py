"""Markdown as a page: front matter is declared, the rest is rendered and read as the markup that it stands for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.reading.frontmatter import split_front_matter
from feeds.reading.markup import parse_html, walk
from feeds.reading.page import Declared, Page
from feeds.reading.plain import read_plain
from feeds.reading.repair import repair

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


_MAX_SIZE = 100_000  # rendering costs up to 20 µs a character; a longer text is read as plain text
_MAX_BRACKETS = 3_000  # each may open a link, and the renderer looks for its end in all that follows


def read_markdown(text: str) -> Page:
    """Read a Markdown text, with HTML in it or not.

    Offsets of its lines count into the text that was extracted, as for HTML.

    Raises:
        SeedInvalid: the front matter or the markup is hostile.

    """
    declared, start = split_front_matter(text)
    if len(text) - start > _MAX_SIZE or text.count("[", start) > _MAX_BRACKETS:
        return read_plain(text)
    html = _renderer().render(text[start:])
    lines = walk(parse_html(f"<html><body>{html}</body></html>"))
    return Page(tuple(repair(lines)), declared or Declared())


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
