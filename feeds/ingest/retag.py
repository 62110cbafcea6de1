"""Tag every stored item anew by the present authority; a feed changes only where one of its items does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.ingest.put import feeds_for
from feeds.tagging import Story
from storage.candidates import declared_topics
from storage.items import items_by_id, replace_tags
from storage.moving import move_items
from storage.state import tick
from storage.sweep import item_ids_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.tagging.tag import Tagger
    from storage.engine import Connection, Store
    from storage.types import Item, Report, SubjectKind, Tag

_BATCH = 200  # items in a transaction; readers never wait for it


@dataclass(frozen=True, slots=True)
class Retagged:
    """How many items were looked at, and how many of them got other tags."""

    seen: int
    changed: int


def retag(store: Store, tagger: Tagger, parents: Mapping[str, str], progress: Callable[[int], None]) -> Retagged:
    """Retag everything; `progress` hears how many items are done. The caller holds the writer's lock.

    It may be killed at any moment and run again: each batch is one transaction, and an item whose tags are right
    already costs no write and gives no feed a new version.
    """
    seen = changed = last = 0
    while True:
        with store.read() as conn:
            ids = item_ids_after(conn, last, _BATCH)
            found = items_by_id(conn, ids)
            declared = declared_topics(conn, ids)
        if not ids:
            return Retagged(seen, changed)
        judged = ((found[item_id], _new_tags(found[item_id], declared.get(item_id, ()), tagger)) for item_id in ids)
        wrong = [(item, tags) for item, tags in judged if tags is not None]
        if wrong:
            with store.write() as conn:
                _apply(conn, wrong, parents)
        seen, changed, last = seen + len(ids), changed + len(wrong), ids[-1]
        progress(seen)


def _new_tags(item: Item, accepted: tuple[str, ...], tagger: Tagger) -> tuple[Tag, ...] | None:
    """The item's tags by the present authority, or None if it has them; `accepted` are topics that it declared too."""
    report = item.report
    story = Story(
        title=report.title,
        summary=report.summary,
        body=report.body,
        language=report.language,
        published=report.published,
        topics=(*_declared(report, "topic"), *accepted),
        actors=_declared(report, "actor"),
    )
    tags = tagger.tag(story)
    return None if tags == report.tags else tags


def _declared(report: Report, kind: SubjectKind) -> tuple[str, ...]:
    """The names that the seed itself declared, as they stand in the evidence of its tags."""
    evidence = (tag.evidence[0] for tag in report.tags if tag.kind == kind and tag.evidence)
    return tuple(piece.text for piece in evidence if piece.rule == "declared")


def _apply(conn: Connection, wrong: list[tuple[Item, tuple[Tag, ...]]], parents: Mapping[str, str]) -> None:
    at = tick(conn, datetime.now(UTC))
    for item, tags in wrong:
        replace_tags(conn, item.id, tags)
    move_items(conn, {item.id: feeds_for(tags, parents) for item, tags in wrong if item.gone_at is None}, at)
