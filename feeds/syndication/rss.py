"""RSS 2.0, by the RSS Board's specification and Best Practices Profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.syndication.feedgen_fixes import append, start, styled
from feeds.syndication.pace import minutes_to_live
from feeds.syndication.pieces import compose

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument, FeedEntry


def rss(document: FeedDocument) -> bytes:
    """Write the document as RSS 2.0 in UTF-8; the same document gives the same bytes."""
    generator = start(document, "rss", "application/rss+xml")
    generator.ttl(minutes_to_live(document))
    return styled(compose(generator, "rss", document, _add), document)


def _add(generator: Any, entry: FeedEntry) -> None:
    # All at once: feedgen goes through those that it has with every call.
    append(generator, entry).category(
        [{"term": each.term, "scheme": each.scheme, "label": each.label} for each in entry.categories]
    )
