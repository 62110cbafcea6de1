"""Builders of stored things for tests: small, literal, with only what a test cares about spelled out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from storage.items import Fingerprint, insert_item, item_by_id, revise_item
from storage.log import place_item
from storage.names import sync_subjects
from storage.state import tick
from storage.types import LATEST, Evidence, FeedKey, Published, Report, Subject, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Store
    from storage.types import Item

NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
ON_DAY = Published(
    precision="day",
    basis="dateline",
    first=date(2026, 2, 3),
    last=date(2026, 2, 3),
    zone="Asia/Seoul",
    zone_origin="source",
    confidence="high",
    evidence=(Evidence("2026.02.03", "dateline", None, "numeric-day"),),
)
RUBIO = Subject(
    "actor",
    "marco-rubio",
    "Marco Rubio",
    "person",
    {"en": ("Marco Rubio",), "zh": ("卢比奥",)},
    "https://www.wikidata.org/wiki/Q324546",
)
SEOUL = Subject("actor", "south-korea", "South Korea", "country", {"en": ("South Korea",)})
TARIFFS = Subject("topic", "trade-tariffs", "Trade & tariffs", "topic", {"en": ("Trade & tariffs",)})
TALKS = Subject("topic", "diplomacy-talks", "Diplomacy & talks", "topic", {"en": ("Diplomacy & talks",)})
SUBJECTS = (RUBIO, SEOUL, TARIFFS, TALKS)


def tag(kind: str, slug: str) -> Tag:
    """A principal tag with one piece of evidence in the title."""
    assert kind in {"topic", "actor"}
    return Tag(kind, slug, "principal", 1.0, (Evidence(slug, "title", 0, "name"),))  # type: ignore[arg-type]


def report(title: str = "Ministers meet", *, tags: Sequence[Tag] = (), **changes: object) -> Report:
    """A report with sensible text; any field can be given."""
    fields: dict[str, object] = {
        "kind": "article",
        "title": title,
        "summary": f"{title}, in short.",
        "body": f"{title}, in short.\n\nThe second paragraph of {title}.",
        "language": "en",
        "published": ON_DAY,
        "tags": tuple(tags),
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def name_subjects(store: Store, subjects: Sequence[Subject] = SUBJECTS, *, at: datetime = NOON) -> None:
    """Put topics and actors, with their empty feeds, into the store."""
    with store.write() as conn:
        sync_subjects(conn, subjects, (), tick(conn, at))


def feeds_for(one: Report) -> set[FeedKey]:
    """`latest` and the feed of each tag."""
    return {LATEST, *(FeedKey(each.kind, each.slug) for each in one.tags)}


def add_item(store: Store, one: Report, *, uuid: str, at: datetime = NOON) -> Item:
    """Store and place one item at the store's moment `at`."""
    with store.write() as conn:
        moment = tick(conn, at)
        prints = Fingerprint(content=uuid, text=uuid)
        item_id = insert_item(conn, f"urn:uuid:{uuid}", one, prints, at=moment, published_at=min(NOON, moment))
        place_item(conn, item_id, feeds_for(one), revised=False, at=moment)
        return item_by_id(conn, item_id)


def change_item(store: Store, item: Item, one: Report, *, at: datetime = NOON) -> Item:
    """Revise and place one item at the store's moment `at`."""
    with store.write() as conn:
        moment = tick(conn, at)
        prints = Fingerprint(content=one.title, text=one.title)
        revise_item(conn, item, one, prints, at=moment, published_at=item.published_at)
        place_item(conn, item.id, feeds_for(one), revised=True, at=moment)
        return item_by_id(conn, item.id)


def uuid_of(number: int) -> str:
    """A UUID that a test can read."""
    return f"00000000-0000-5000-8000-{number:012d}"


def later(minutes: float) -> datetime:
    """NOON and some minutes."""
    return NOON + timedelta(minutes=minutes)
