"""Plain text as a page: labelled heads and front matter are what the text declares, the rest is lines."""

from __future__ import annotations

from feeds.reading.frontmatter import split_front_matter
from feeds.reading.page import Declared, Page
from feeds.reading.repair import repair, split_lines


def read_plain(text: str) -> Page:
    """Cut a text into mended lines; a head of `key: value` lines or front matter is taken as declared.

    Raises:
        SeedInvalid: the front matter is hostile.

    """
    declared, start = split_front_matter(text)
    lines = split_lines(" " * start + text[start:]) if start else split_lines(text)
    return Page(tuple(repair(lines)), declared or Declared())
