"""Bytes of a seed to a clean, dated article: a pure function of bytes, rules, sources and authority.

    read_article(data, name, tools) -> Article

`Article` is what the seed says, block by block, before anybody judged what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from storage.types import UNDATED

if TYPE_CHECKING:
    from datetime import datetime

    from storage.types import EventDate, Published

TitleBasis = Literal["declared", "metadata", "text", "inferred"]


class BlockKind(StrEnum):
    """What a block of a page is. The item's body is the blocks of kind `body`, in order."""

    CAPTION = "caption"  # of a picture
    TITLE = "title"
    DECK = "deck"  # lines under the title that are no paragraphs
    DATELINE = "dateline"  # a line or prefix that says when (and where) the report was filed
    SUMMARY = "summary"  # a lead that the first paragraph repeats
    BODY = "body"
    SOCIAL = "social"  # what people say about it elsewhere
    RELATED = "related"  # a short report of another event
    NOTICE = "notice"  # cookies, sharing, copyright, contact: the page speaking of itself
    CREDIT = "credit"  # who wrote, filmed, translated or generated it


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the decoded text: `text[start:end]` is where it stood, `text` is what it says after repair.

    `rule` names the rule that gave the kind (for `body`, the default, it is empty). `language` is BCP 47 or `und`.
    For HTML the offsets count into the text that was extracted from the page.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    rule: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Brief:
    """A report of another event that the page carries along; it becomes an item of its own.

    `events` are the dates that it states; its own publication is usually unknown.
    """

    title: str
    text: str
    language: str
    start: int
    end: int
    events: tuple[EventDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What one seed says. `summary` and `body` are plain text; paragraphs are parted by one empty line.

    `topics` and `actors` are only those that the seed itself declares (front matter, JSON). `source` is the id of the
    `sources.toml` entry that matched, else the host of `url`, else None. `doubtful` tells that the bytes could not be
    decoded with certainty.
    """

    title: str
    title_basis: TitleBasis
    summary: str
    body: str
    language: str
    published: Published = UNDATED
    events: tuple[EventDate, ...] = ()
    modified: datetime | None = None
    url: str | None = None
    source: str | None = None
    declared_id: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    briefs: tuple[Brief, ...] = field(default=(), repr=False)
    encoding: str = "utf-8"
    doubtful: bool = False
