"""What a format reader hands on, whatever the format was: lines of text, and what the seed declares of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from feeds.errors import SeedInvalid

MAX_LINES = 2_000  # no article has more; a page of fragments would cost seconds and give nothing
MAX_CHARACTERS = 400_000  # a book, not an article


class Hint(Enum):
    """What the markup says of a line; plain text says nothing."""

    NONE = "none"
    HEADING = "heading"
    PARAGRAPH = "paragraph"  # of the article that was found in a page
    CAPTION = "caption"
    LINK = "link"  # nothing but links: a promotion between paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """One line after repair: `source[start:end]` is where it stood, in code points.

    Lines of one `group` stand directly under each other, without an empty line between them.
    """

    text: str
    start: int
    end: int
    group: int = 0
    hint: Hint = Hint.NONE


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as the seed wrote it, and the field it stood in (`front matter date`, `JSON-LD datePublished`).

    `changed` tells a date that the page prints as that of its last change.
    """

    text: str
    field: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """What the seed says of itself outside the text; `basis` tells an author's word from a page's metadata.

    `hints` are dates that may be the report's own but are not said to be.
    """

    basis: Literal["declared", "metadata"] = "declared"
    title: str = ""
    summary: str = ""
    published: tuple[Stamp, ...] = ()
    hints: tuple[Stamp, ...] = ()
    updated: tuple[Stamp, ...] = ()
    url: str | None = None
    id: str | None = None
    source: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A seed as its format reader understood it."""

    lines: tuple[Line, ...]
    declared: Declared = Declared()


def check_length(count: int) -> None:
    """Refuse a text of more characters than any article has.

    Raises:
        SeedInvalid: there are more than `MAX_CHARACTERS`.

    """
    if count > MAX_CHARACTERS:
        raise SeedInvalid(f"more than {MAX_CHARACTERS} characters of text: too long for an article")


def check_lines(count: int) -> None:
    """Refuse a text of more lines than any article has.

    Raises:
        SeedInvalid: there are more than `MAX_LINES`.

    """
    if count > MAX_LINES:
        raise SeedInvalid(f"more than {MAX_LINES} lines of text: too many fragments for an article")
