"""Values to JSON columns and back: one place that knows how a date's and a tag's evidence are written down."""

from __future__ import annotations

from datetime import date, datetime
from itertools import starmap
from typing import TYPE_CHECKING, Any

from storage.types import EventDate, Evidence, Published, Role, Tag

if TYPE_CHECKING:
    from collections.abc import Mapping


def published_to_json(published: Published) -> dict[str, Any]:
    """Write a `Published` as a JSON object of strings and lists."""
    return {
        "precision": published.precision,
        "basis": published.basis,
        "instant": published.instant.isoformat() if published.instant else None,
        "first": published.first.isoformat() if published.first else None,
        "last": published.last.isoformat() if published.last else None,
        "zone": published.zone,
        "zone_origin": published.zone_origin,
        "confidence": published.confidence,
        "evidence": evidence_to_json(published.evidence),
        "conflicts": list(published.conflicts),
    }


def published_from_json(value: dict[str, Any]) -> Published:
    """Read what `published_to_json` wrote."""
    return Published(
        precision=value["precision"],
        basis=value["basis"],
        instant=datetime.fromisoformat(value["instant"]) if value["instant"] else None,
        first=date.fromisoformat(value["first"]) if value["first"] else None,
        last=date.fromisoformat(value["last"]) if value["last"] else None,
        zone=value["zone"],
        zone_origin=value["zone_origin"],
        confidence=value["confidence"],
        evidence=evidence_from_json(value["evidence"]),
        conflicts=tuple(value["conflicts"]),
    )


def evidence_to_json(evidence: tuple[Evidence, ...]) -> list[list[Any]]:
    """Write evidence as short lists: text, zone, offset, rule."""
    return [[piece.text, piece.zone, piece.offset, piece.rule] for piece in evidence]


def evidence_from_json(value: list[list[Any]]) -> tuple[Evidence, ...]:
    """Read what `evidence_to_json` wrote."""
    return tuple(starmap(Evidence, value))


def tag_to_row(item_id: int, place: int, tag: Tag) -> dict[str, Any]:
    """Write a tag as a row of `tags`; `place` keeps the tagger's order."""
    return {
        "item_id": item_id,
        "kind": tag.kind,
        "slug": tag.slug,
        "place": place,
        "role": tag.role,
        "salience": tag.salience,
        "evidence": evidence_to_json(tag.evidence),
    }


def event_to_row(item_id: int, place: int, event: EventDate) -> dict[str, Any]:
    """Write an event date as a row of `events`; `place` keeps the order of the text."""
    return {
        "item_id": item_id,
        "place": place,
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "instant": event.instant.isoformat() if event.instant else None,
        "sentence": event.sentence,
        "evidence": evidence_to_json(event.evidence),
        "key": event.key,
        "sequence": event.sequence,
    }


def event_from_row(row: Mapping[Any, Any]) -> EventDate:
    """Read what `event_to_row` wrote."""
    return EventDate(
        first=date.fromisoformat(row["first"]),
        last=date.fromisoformat(row["last"]),
        sentence=row["sentence"],
        instant=datetime.fromisoformat(row["instant"]) if row["instant"] else None,
        evidence=evidence_from_json(row["evidence"]),
        key=row["key"],
        sequence=row["sequence"],
    )


def roles_to_json(roles: tuple[Role, ...]) -> list[list[Any]]:
    """Write roles as short lists: titles by language, country or body, first day, first day without it."""
    return [
        [dict(role.titles), role.of, role.start and role.start.isoformat(), role.end and role.end.isoformat()]
        for role in roles
    ]


def roles_from_json(value: list[list[Any]]) -> tuple[Role, ...]:
    """Read what `roles_to_json` wrote."""
    return tuple(
        Role(titles, of, start and date.fromisoformat(start), end and date.fromisoformat(end))
        for titles, of, start, end in value
    )
