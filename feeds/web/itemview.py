"""One item as a program reads it, with the evidence for its date and tags; and what a page says of its origins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feeds.logs import shown
from feeds.syndication.addresses import feed_path, item_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.ledger import Origin
    from storage.types import EventDate, Evidence, Feed, Item, Published, Subject, SubjectKind, Tag


def seeds(origins: Iterable[Origin]) -> tuple[str, ...]:
    """The names of the files that say this item now, each once; what cannot be printed is shown as escapes."""
    return tuple(dict.fromkeys(shown(origin.seed) for origin in origins if origin.current))


@dataclass(frozen=True, slots=True)
class Around:
    """What the store knows around an item: its feeds and files, its carriers and briefs, other reports of its event."""

    feeds: tuple[Feed, ...]
    seeds: tuple[str, ...]
    carriers: tuple[Item, ...] = ()
    briefs: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()


def as_json(item: Item, around: Around, names: Mapping[tuple[SubjectKind, str], Subject], base_url: str) -> bytes:
    """The item as one JSON object in UTF-8. Times are RFC 3339, dates EDTF, offsets count code points."""
    report = item.report
    value = {
        "guid": item.guid,
        "page": base_url + item_path(item.uuid),
        "url": report.url,
        "kind": report.kind,
        "revision": item.revision,
        "first_seen": item.first_seen.isoformat(),
        "updated": item.updated.isoformat(),
        "published_at": item.published_at.isoformat(),
        "published": _published(report.published),
        "title": report.title,
        "summary": report.summary,
        "body": report.body,
        "language": report.language,
        "source": report.source,
        "authors": list(report.authors),
        "notes": list(report.notes),
        "topics": [_tag(tag, names) for tag in report.tags if tag.kind == "topic"],
        "actors": [_tag(tag, names) for tag in report.tags if tag.kind == "actor"],
        "events": [_event(event) for event in report.events],
        "carried_by": [base_url + item_path(one.uuid) for one in around.carriers],
        "briefs": [base_url + item_path(one.uuid) for one in around.briefs],
        "same_event": [base_url + item_path(one.uuid) for one in around.others],
        "origins": list(around.seeds),
        "feeds": [base_url + feed_path(feed.key) for feed in around.feeds],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _published(value: Published) -> dict[str, Any]:
    return {
        "edtf": value.edtf,
        "precision": value.precision,
        "basis": value.basis,
        "zone": value.zone,
        "zone_origin": value.zone_origin,
        "confidence": value.confidence,
        "evidence": [_evidence(piece) for piece in value.evidence],
        "conflicts": list(value.conflicts),
    }


def _tag(tag: Tag, names: Mapping[tuple[SubjectKind, str], Subject]) -> dict[str, Any]:
    subject = names.get((tag.kind, tag.slug))
    return {
        "slug": tag.slug,
        "label": subject.label if subject else tag.slug,
        "uri": subject.uri if subject else None,
        "role": tag.role,
        "salience": tag.salience,
        "evidence": [_evidence(piece) for piece in tag.evidence],
    }


def _event(event: EventDate) -> dict[str, Any]:
    return {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "time": event.instant.isoformat() if event.instant else None,
        "sentence": event.sentence,
        "evidence": [_evidence(piece) for piece in event.evidence],
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {"text": piece.text, "zone": piece.zone, "offset": piece.offset, "rule": piece.rule}
