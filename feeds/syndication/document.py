"""The neutral feed between the store and the writers: what RSS, Atom and JSON Feed all say, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.types import EventDate, Evidence, FeedKey, ItemKind, Published, SubjectKind


@dataclass(frozen=True, slots=True)
class Channel:
    """What of the settings shows in a feed's bytes.

    `base_url` is the public address without a final slash; every absolute URL begins with it. `content` is how much of
    an article's text is republished; `max_age` is in seconds.
    """

    base_url: str
    title: str = "Dateline"
    content: Literal["full", "summary"] = "full"
    max_age: int = 60


class Category(NamedTuple):
    """A topic or an actor of an entry.

    `term` is its slug and `scheme` the address of the list that the slug belongs to (`…/topics` or `…/actors`), so that
    the two together name its page. `uri` is what the world calls it: a Wikidata entity or an IPTC Media Topic.
    """

    kind: SubjectKind
    term: str
    label: str
    scheme: str
    uri: str | None
    role: str
    salience: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another report of the same event: its guid, its page here, and its language (`und` when unknown)."""

    guid: str
    page: str
    language: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class FeedEntry:
    """One entry, ready for any writer: every URL absolute, ASCII and http(s), every string fit for XML 1.0.

    It equals nothing but itself, so that writers can keep what they made of it (`feeds.syndication.pieces`).

    `url` is the article's own address if it has one, else `page`, the item's page here. `summary` is plain text and
    never empty. `content_html` is None where summaries only are republished. `date_note` says in one line how the
    date was got, is empty for an exact date, and is the first paragraph of the HTML that is shown.
    `published_at` keeps the source's offset where the time is exact; `updated` and `first_seen` are in UTC. `group` is
    the id of the event that it reports, where there are other reports of it: `siblings` are those in the feeds. `via`
    is the page of the article that a brief was found in, while that is there.
    """

    guid: str
    title: str
    url: str
    page: str
    summary: str
    summary_html: str
    content_html: str | None
    published_at: datetime
    updated: datetime
    first_seen: datetime
    published: Published
    date_note: str
    language: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    kind: ItemKind
    revision: int
    source: str | None
    notes: tuple[str, ...] = ()
    group: str | None = None
    siblings: tuple[Sibling, ...] = ()
    events: tuple[EventDate, ...] = ()
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a document stands in its feed (RFC 5005 section 4): addresses without the suffix of a format.

    `archive` tells that it is a closed block, whose entries only ever become fewer. `cursor` is where a program goes on
    with `since=`; `later` the address of the next page after a cursor, where there is more.
    """

    archive: bool = False
    here: str | None = None
    current: str | None = None
    previous: str | None = None
    following: str | None = None
    cursor: str | None = None
    later: str | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An item that is no longer in the feed: `gone` from all (RFC 6721), or that only `left` this one."""

    guid: str
    at: datetime
    kind: Literal["left", "gone"]
    reason: str
    successor: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that had to be left out, and why: a defect of a row or of ours, which must not take the feed down."""

    guid: str
    reason: str


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One feed: `id` is permanent (`urn:uuid:`), `url` the page it stands for, `self_urls` its address per format.

    `language` is that of the feed's own words; each entry states its own. `author` stands in for entries whose text
    names none (RFC 4287 section 4.1.1 wants one).
    """

    id: str
    key: FeedKey
    title: str
    subtitle: str
    language: str
    author: str
    url: str
    base_url: str
    self_urls: Mapping[str, str]
    updated: datetime
    max_age: int
    entries: tuple[FeedEntry, ...]
    paging: Paging = Paging()
    tombstones: tuple[Tombstone, ...] = ()
    faults: tuple[Fault, ...] = ()
