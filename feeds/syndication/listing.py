"""`/feeds.json`: every feed for programs, with its formats, how large and how lively it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feeds.syndication.addresses import feed_path, http_url
from feeds.syndication.build import feed_id
from feeds.syndication.formats import FORMATS
from feeds.syndication.pace import items_per_day
from feeds.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from feeds.syndication.document import Channel
    from storage.types import Feed, Subject, SubjectKind


def listing(
    feeds: Sequence[Feed],
    labels: Mapping[tuple[SubjectKind, str], Subject],
    recent: Mapping[int, tuple[int, datetime]],
    channel: Channel,
) -> bytes:
    """Write the feeds, in the order given, as one JSON object in UTF-8.

    `recent` is what `storage.log.recent_pace` reads.
    """
    base = http_url(channel.base_url) or channel.base_url
    newest = max((feed.changed_at for feed in feeds), default=None)
    told = {
        "title": clean(channel.title),
        "home_page_url": base + "/",
        "opml_url": base + "/feeds.opml",
        "feeds": [_feed(feed, labels, base, _rate(recent.get(feed.id), newest)) for feed in feeds],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _feed(feed: Feed, labels: Mapping[tuple[SubjectKind, str], Subject], base: str, rate: float) -> dict[str, Any]:
    kind, address = feed.key.kind, base + feed_path(feed.key)
    subject = labels.get((kind, feed.key.slug)) if kind == "topic" or kind == "actor" else None  # noqa: PLR1714
    return {
        "id": feed_id(feed.key),
        "kind": kind,
        "slug": feed.key.slug,
        "title": clean(feed.label).strip() or feed.key.slug,
        "type": subject.type if subject else kind,
        "parent": subject.parent if subject else None,
        "uri": (subject.uri and http_url(subject.uri)) if subject else None,
        "url": address,
        "formats": {suffix: {"url": f"{address}.{suffix}", "type": form.link_type} for suffix, form in FORMATS.items()},
        "size": feed.size,
        "version": feed.version,
        "changed_at": feed.changed_at.isoformat(),
        "items_per_day": rate,
    }


def _rate(recent: tuple[int, datetime] | None, newest: datetime | None) -> float:
    """Items a day among the newest fifty, up to the last change of any feed: no clock is asked."""
    if recent is None or newest is None:
        return 0.0
    number, since = recent
    return round(items_per_day(number, since, newest), 2)
