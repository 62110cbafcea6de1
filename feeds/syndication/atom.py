"""Atom (RFC 4287): the fullest of the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.syndication.feedgen_fixes import append, start, styled
from feeds.syndication.pieces import compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.syndication.document import Category, FeedDocument, FeedEntry


def atom(document: FeedDocument) -> bytes:
    """Write the document as Atom in UTF-8; the same document gives the same bytes."""
    generator = start(document, "atom", "application/atom+xml")
    generator.author(name=document.author, uri=document.base_url + "/")
    return styled(compose(generator, "atom", document, _add), document)


def _add(generator: Any, entry: FeedEntry) -> None:
    node = append(generator, entry)
    if entry.authors:
        node.author([{"name": name} for name in entry.authors])
    # All at once: feedgen goes through those that it has with every call.
    node.category([told for category in entry.categories for told in _categories(category)])


def _categories(category: Category) -> Iterator[dict[str, str]]:
    """Our own name of a subject, and then the world's: a code of Wikidata or IPTC under its vocabulary's URI."""
    yield {"term": category.term, "scheme": category.scheme, "label": category.label}
    vocabulary, _, code = (category.uri or "").rpartition("/")
    if code:
        yield {"term": code, "scheme": f"{vocabulary}/", "label": category.label}
