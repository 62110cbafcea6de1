"""Atom (RFC 4287): the fullest of the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.syndication.feedgen_fixes import append, start, styled

if TYPE_CHECKING:
    from feeds.syndication.document import Category, FeedDocument


def atom(document: FeedDocument) -> bytes:
    """Write the document as Atom in UTF-8; the same document gives the same bytes."""
    generator = start(document, "atom", "application/atom+xml")
    generator.author(name=document.author, uri=document.base_url + "/")
    for entry in document.entries:
        node = append(generator, entry)
        if entry.authors:
            node.author([{"name": name} for name in entry.authors])
        for category in entry.categories:
            _categorise(node, category)
    return styled(generator.atom_str(), document)


def _categorise(node: Any, category: Category) -> None:
    """State our own name of a subject, and then the world's: a code of Wikidata or IPTC under its vocabulary's URI."""
    node.category(term=category.term, scheme=category.scheme, label=category.label)
    vocabulary, _, code = (category.uri or "").rpartition("/")
    if code:
        node.category(term=code, scheme=f"{vocabulary}/", label=category.label)
