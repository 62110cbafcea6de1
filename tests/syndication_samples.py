"""Feeds and entries to write in tests, each field stated, so that an expectation can be read off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from feeds.syndication.build import build
from feeds.syndication.document import Channel
from storage.types import Beside, Entry, EventDate, Evidence, Feed, FeedKey, Item, Published, Report, Subject, Tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.syndication.document import FeedDocument
    from storage.types import SubjectKind

CHANGED = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
SEOUL = timezone(timedelta(hours=9))
CHANNEL = Channel(base_url="https://feeds.example", title="Dateline")

RUBIO_TAG = Tag("actor", "marco-rubio", "principal", 0.9, (Evidence("Rubio", "title", 4, "actor-name"),))
TRADE_TAG = Tag("topic", "trade-tariffs", "mentioned", 0.4, (Evidence("tariffs", "body", 7, "topic-keyphrase"),))
LABELS: Mapping[tuple[SubjectKind, str], Subject] = {
    ("actor", "marco-rubio"): Subject(
        "actor", "marco-rubio", "Marco Rubio", "person", {}, uri="https://www.wikidata.org/entity/Q324546"
    ),
    ("topic", "trade-tariffs"): Subject("topic", "trade-tariffs", "Trade & tariffs", "topic", {}),
}
EXACT = Published(
    "second",
    "metadata",
    instant=datetime(2024, 12, 25, 5, 10, tzinfo=SEOUL),
    first=date(2024, 12, 25),
    last=date(2024, 12, 25),
    zone="Asia/Seoul",
    confidence="high",
    evidence=(Evidence("2024-12-25 05:10", "metadata", None, "meta-date"),),
)
DAY = Published(
    "day",
    "dateline",
    first=date(2024, 12, 24),
    last=date(2024, 12, 24),
    evidence=(Evidence("SEOUL, Dec. 24", "dateline", None, "dateline-month-day"),),
)

EVENT = EventDate(
    date(2026, 3, 5),
    date(2026, 3, 6),
    "They meet again on Thursday and Friday.",
    evidence=(Evidence("Thursday and Friday", "body", 26, "weekdays"),),
    key="1-0",
)
AT_HALF_PAST = EventDate(date(2026, 3, 7), date(2026, 3, 7), "", datetime(2026, 3, 7, 9, 30, tzinfo=SEOUL), key="1-1")


def feed(kind: Any = "actor", slug: str = "marco-rubio", label: str = "Marco Rubio", **fields: Any) -> Feed:
    values: dict[str, Any] = {"id": 7, "head": 3, "version": 17, "changed_at": CHANGED, "size": 3} | fields
    return Feed(key=FeedKey(kind, slug), label=label, **values)


def report(**fields: Any) -> Report:
    values: dict[str, Any] = {
        "kind": "article",
        "title": "The envoy & the tariffs",
        "summary": "Talks are to go on.",
        "body": "Envoys met on Tuesday.\n\nThey will meet again.",
        "language": "en",
        "published": EXACT,
        "url": "https://news.example/a?x=1&y=2",
        "source": "news.example",
        "authors": ("Kim Min-ji",),
        "tags": (RUBIO_TAG, TRADE_TAG),
    }
    return Report(**(values | fields))


def entry(number: int = 1, published_at: datetime | None = None, **fields: Any) -> Entry:
    """Build the entry of that position; `fields` are those of its report."""
    item = Item(
        id=number,
        guid=f"urn:uuid:00000000-0000-5000-8000-{number:012d}",
        revision=1,
        first_seen=datetime(2026, 3, 1, 8, 0, 0, number, tzinfo=UTC),
        updated=datetime(2026, 3, 1, 8, 0, 1, number, tzinfo=UTC),
        published_at=published_at or datetime(2024, 12, 24, 20, 10, tzinfo=UTC),
        report=report(**fields),
    )
    return Entry(number, item)


def beside(one: Entry, *languages: str) -> Entry:
    """Put other reports of its event, in these languages, beside an entry."""
    others = ((f"urn:uuid:00000000-0000-5000-8000-{101 + n:012d}", each) for n, each in enumerate(languages))
    return replace(one, beside=Beside("00000000-0000-5000-8000-000000000100", tuple(others)))


def document(*entries: Entry, channel: Channel = CHANNEL, **fields: Any) -> FeedDocument:
    """Build the document of those entries; `fields` are those of its feed."""
    return build(feed(**fields), entries, LABELS, channel)
