"""The neutral feed between the store and the writers: what RSS, Atom and JSON Feed all say, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from storage.types import Published, Tag


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a feed or an entry (RFC 4287 section 4.2.7)."""

    href: str
    rel: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A topic or actor of an entry: `term` is its slug, `scheme` the URI of the list it comes from."""

    term: str
    label: str
    scheme: str
    kind: str  # "topic" or "actor"
    salience: float
    role: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry, ready for any writer: every URL absolute, every string clean for XML 1.0.

    `content_html` is None where the operator republishes summaries only. `date_note` says in one line how the date was
    got when it is not exact, and is already the first paragraph of `content_html` (or the last of the summary).
    """

    guid: str
    title: str
    url: str
    page: str
    summary: str
    content_html: str | None
    published_at: datetime
    updated: datetime
    language: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    links: tuple[Link, ...]
    source: str | None
    kind: str
    revision: int
    first_seen: datetime
    published: Published
    tags: tuple[Tag, ...]
    date_note: str


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One feed: `id` is permanent (`urn:uuid:`), `url` is the page it stands for, `path` the feed without suffix."""

    id: str
    title: str
    subtitle: str
    path: str
    url: str
    self_urls: dict[str, str]  # format -> absolute URL
    updated: datetime
    max_age: int
    entries: tuple[FeedEntry, ...]
