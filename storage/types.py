"""The values that cross the store's boundary: frozen, typed, free of any database row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

Precision = Literal["second", "day", "month", "range", "unknown"]
Basis = Literal["declared", "metadata", "dateline", "text", "inferred", "none"]
ItemKind = Literal["article", "brief"]
SubjectKind = Literal["topic", "actor"]
FeedKind = Literal["latest", "topic", "actor", "select"]
LedgerState = Literal["stored", "rejected", "unreadable", "gone"]


class Evidence(NamedTuple):
    """The words a decision was read from.

    `zone` names the text they stand in: `title`, `summary` or `body` of the item, or `metadata`, `dateline`,
    `url`, `declared`, `related`; `offset` counts code points into that text of the item and is None for the others.
    `rule` names the rule that matched, so that a person can look it up.
    """

    text: str
    zone: str
    offset: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the report appeared, as far as it can be known.

    `instant` is set only at precision `second` and keeps the source's offset. `first` and `last` are the first and
    last day it can be, in the source's zone (equal at precision `day`); both None when unknown. `zone` is an IANA
    name or an offset such as `+09:00`; None means nobody said, and UTC is used on the wire.
    """

    precision: Precision
    basis: Basis
    instant: datetime | None = None
    first: date | None = None
    last: date | None = None
    zone: str | None = None
    zone_origin: Literal["printed", "source", "unknown"] = "unknown"
    confidence: Literal["high", "medium", "low", "none"] = "none"
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def edtf(self) -> str:
        """The value in EDTF (ISO 8601-2): an instant, a day, a month, `first/last`, or the empty string."""
        if self.instant is not None:
            return self.instant.isoformat()
        if self.first is None or self.last is None:
            return ""
        if self.precision == "month":
            return f"{self.first:%Y-%m}"
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"


UNDATED = Published(precision="unknown", basis="none")


class Tag(NamedTuple):
    """One topic or actor of one item, with the words that gave it. `salience` is 0..1 within the item."""

    kind: SubjectKind
    slug: str
    role: Literal["principal", "mentioned"]
    salience: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class EventDate:
    """A day, or some days, at which the text says that something happens; it never becomes the published date.

    `first` and `last` are days in the source's zone, equal for one day; `instant` is set where the text gives a time.
    `sentence` is the sentence that says so, `evidence` the words of the date. The store gives it a `key`, permanent
    and unique within its item, and a `sequence` that rises when a revision of the article changes it (RFC 5545
    section 3.8.7.4).
    """

    first: date
    last: date
    sentence: str
    instant: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    key: str = field(default="", compare=False)
    sequence: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What is stored of one article once it is read, dated and tagged: everything an entry can show.

    `body` is plain text: paragraphs parted by one empty line. `language` is BCP 47 (`und` when unknown). `notes`
    are machine-written remarks that show on the item (`decoded with doubt`, `title inferred`). `unknown` are declared
    topics and actors that the authority does not have: they become candidates and are not stored with the item.
    """

    kind: ItemKind
    title: str
    summary: str
    body: str
    language: str
    published: Published
    url: str | None = None
    source: str | None = None
    declared_id: str | None = None
    authors: tuple[str, ...] = ()
    modified: datetime | None = None
    notes: tuple[str, ...] = ()
    events: tuple[EventDate, ...] = ()
    tags: tuple[Tag, ...] = ()
    unknown: tuple[tuple[SubjectKind, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Item:
    """A stored item: its permanent guid (`urn:uuid:...`), its history and what it reports.

    It equals nothing but itself, so that others can keep what they made of it: `storage.item_rows` gives the same
    object while its rows are the same.

    `published_at` is the instant shown on the wire (docs/contract.md, "Time"); `updated` rises strictly in the store.
    An item with `gone_at` is in no feed: it was retracted (`gone_reason` is why), or it is a brief and `superseded_by`
    is the id of the full article that took its place. `fault` says why a row cannot be read; its report is empty then.
    """

    id: int
    guid: str
    revision: int
    first_seen: datetime
    updated: datetime
    published_at: datetime
    report: Report
    gone_at: datetime | None = None
    gone_reason: str | None = None
    superseded_by: int | None = None
    fault: str = ""

    @property
    def uuid(self) -> str:
        """The bare UUID, as it stands in `/items/<uuid>`."""
        return self.guid.removeprefix("urn:uuid:")


class FeedKey(NamedTuple):
    """Which feed: `("latest", "")`, `("topic", slug)`, `("actor", slug)`; `("select", address)` is not stored."""

    kind: FeedKind
    slug: str


LATEST = FeedKey("latest", "")


@dataclass(frozen=True, slots=True)
class Feed:
    """The row of a stored feed: the head of its log, its version, and what it is called."""

    id: int
    key: FeedKey
    head: int
    version: int
    changed_at: datetime
    label: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """The group of an item, and the other reports of its event that are in the feeds: guid and language of each.

    Those in other languages than the item's come first, then the oldest.
    """

    group: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item at its position in one feed's log (1 is the oldest).

    `storage.groups` adds what is `beside` it; `storage.briefs` adds to a brief the guid of the article that it came
    `via`.
    """

    position: int
    item: Item
    beside: Beside | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """An item that is no longer in a feed: it `left` this one, or is `gone` from all (RFC 6721 calls it deleted).

    `successor` is the guid of the full article that took a brief's place.
    """

    position: int
    guid: str
    kind: Literal["left", "gone"]
    at: datetime
    reason: str = ""
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """An office that a person holds or held: its title by language, and the slug of the country or body it is of.

    `start` is the first day, `end` the first day without it; None is open or unknown.
    """

    titles: Mapping[str, str]
    of: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic or actor as the read side knows it: the writer copies these out of the authority files.

    `type` is `topic`, or `person`, `organisation`, `country`, `bloc`. `names` maps a language to the name first
    shown in it and then its aliases; `family` are the forms of a person's family name, which others may bear, too.
    `uri` is the Wikidata URL of an actor or the IPTC Media Topic URI of a topic.
    """

    kind: SubjectKind
    slug: str
    label: str
    type: str
    names: Mapping[str, tuple[str, ...]]
    uri: str | None = None
    parent: str | None = None
    roles: tuple[Role, ...] = ()
    family: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What the store remembers of one seed. `name` is the relative path as bytes, whatever bytes they are."""

    name: bytes
    size: int
    mtime_ns: int
    inode: int
    digest: str
    state: LedgerState
    reason: str
    first_seen: datetime
    last_seen: datetime
