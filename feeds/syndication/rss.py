"""RSS 2.0, by the RSS Board's specification and Best Practices Profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication.feedgen_fixes import append, start, styled

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument

_MINUTE = 60


def rss(document: FeedDocument) -> bytes:
    """Write the document as RSS 2.0 in UTF-8; the same document gives the same bytes."""
    generator = start(document, "rss", "application/rss+xml")
    generator.ttl(max(1, -(-document.max_age // _MINUTE)))  # whole minutes, rounded up
    for entry in document.entries:
        node = append(generator, entry)
        for category in entry.categories:
            node.category(term=category.term, scheme=category.scheme, label=category.label)
    return styled(generator.rss_str(), document)
