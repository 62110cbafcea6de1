"""JSON Feed 1.1, with everything else that is known of an item in the extension `_dateline`.

The extension is described by the schema that lies beside this file and is served at `SCHEMA_PATH`.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from feeds.syndication.addresses import with_suffix
from feeds.syndication.pieces import piece

if TYPE_CHECKING:
    from feeds.syndication.document import Category, FeedDocument, FeedEntry, Paging, Tombstone
    from storage.types import EventDate, Evidence

SCHEMA_PATH = "/json-feed.schema.json"
SCHEMA = (files("feeds.syndication") / "json-feed.schema.json").read_bytes()


def jsonfeed(document: FeedDocument) -> bytes:
    """Write the document as JSON Feed in UTF-8, keys in a fixed order; the same document gives the same bytes."""
    about = document.base_url + SCHEMA_PATH
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": document.url,
        "feed_url": document.self_urls["json"],
        **_next(document.paging),
        "description": document.subtitle,
        "language": document.language,
        "authors": [{"name": document.author, "url": document.base_url + "/"}],
        "_dateline": {
            "about": about,
            "id": document.id,
            "kind": document.key.kind,
            "slug": document.key.slug,
            "updated": document.updated.isoformat(),
            "archive": document.paging.archive,
            "cursor": document.paging.cursor,
            "left": [_tombstone(grave) for grave in document.tombstones if grave.kind == "left"],
            "retracted": [_tombstone(grave) for grave in document.tombstones if grave.kind == "gone"],
        },
        "items": [],
    }
    items = b",".join(
        [piece(entry, f"json {about}", lambda one: _bytes(_item(one, about))) for entry in document.entries]
    )
    return b"".join((_bytes(feed).removesuffix(b"]}"), items, b"]}"))


def _bytes(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")  # evidence is quoted as it was found: it may hold half a surrogate pair


def _next(paging: Paging) -> dict[str, str]:
    """Older items after the window and after an archive; newer ones after a cursor."""
    address = paging.later or paging.previous
    return {"next_url": with_suffix(address, "json")} if address else {}


def _tombstone(grave: Tombstone) -> dict[str, Any]:
    return {"id": grave.guid, "at": grave.at.isoformat(), "reason": grave.reason, "successor": grave.successor}


def _item(entry: FeedEntry, about: str) -> dict[str, Any]:
    return {
        "id": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        # One of content_html and content_text is required.
        "content_html": entry.summary_html if entry.content_html is None else entry.content_html,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.language,
        **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
        "tags": list(dict.fromkeys(category.label for category in entry.categories)),
        "_dateline": _extension(entry, about),
    }


def _extension(entry: FeedEntry, about: str) -> dict[str, Any]:
    return {
        "about": about,
        "page": entry.page,
        "kind": entry.kind,
        "revision": entry.revision,
        "first_seen": entry.first_seen.isoformat(),
        "source": entry.source,
        "published": _published(entry),
        "topics": [_category(category) for category in entry.categories if category.kind == "topic"],
        "actors": [_category(category) for category in entry.categories if category.kind == "actor"],
        "notes": list(entry.notes),
        "via": entry.via,
        "group": _group(entry),
        "events": [_event(event) for event in entry.events],
    }


def _group(entry: FeedEntry) -> dict[str, Any] | None:
    if entry.group is None:
        return None
    others = [{"id": one.guid, "page": one.page, "language": one.language} for one in entry.siblings]
    return {"id": entry.group, "others": others}


def _event(event: EventDate) -> dict[str, Any]:
    return {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "time": event.instant.isoformat() if event.instant else None,
        "sentence": event.sentence,
        "evidence": [_evidence(evidence) for evidence in event.evidence],
    }


def _published(entry: FeedEntry) -> dict[str, Any]:
    published = entry.published
    return {
        "edtf": published.edtf,
        "precision": published.precision,
        "basis": published.basis,
        "zone": published.zone,
        "confidence": published.confidence,
        "words": [evidence.text for evidence in published.evidence],
        "note": entry.date_note,
    }


def _category(category: Category) -> dict[str, Any]:
    return {
        "slug": category.term,
        "label": category.label,
        "uri": category.uri,
        "role": category.role,
        "salience": category.salience,
        "evidence": [_evidence(evidence) for evidence in category.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"text": evidence.text, "zone": evidence.zone, "offset": evidence.offset, "rule": evidence.rule}
