"""A new version of a feed has few new entries: what a writer made of the others before is put in again as it was.

Pieces are kept by the entry itself, for as long as somebody holds it (`build` gives the same object again while an item
and what is around it are the same), so they are never out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.syndication.document import FeedDocument, FeedEntry

_kept: WeakKeyDictionary[FeedEntry, dict[str, bytes]] = WeakKeyDictionary()
_MARK = etree.tostring(etree.ProcessingInstruction("piece"))  # no text can hold it: there, `<` is written otherwise


class _Mark:
    """An entry to feedgen: it parts what feedgen writes of the others."""

    def register_extension(self, *_told: object) -> None:
        """Has none."""

    def atom_entry(self) -> etree._ProcessingInstruction:
        """A processing instruction, which stays in no feed."""
        return etree.ProcessingInstruction("piece")

    rss_entry = atom_entry


def compose(generator: Any, suffix: str, document: FeedDocument, add: Callable[[Any, FeedEntry], None]) -> list[bytes]:
    """Let feedgen write the document; `add` gives it an entry, and is called for those alone that it never wrote.

    Returns what stands before the entries, each of them, and what stands after them.
    """
    kept = [_kept.setdefault(entry, {}) for entry in document.entries]
    pieces = [of_entry.get(suffix) for of_entry in kept]
    for entry, piece in zip(document.entries, pieces, strict=True):
        if piece is None:
            generator.add_entry(_Mark(), order="append")
            add(generator, entry)
    generator.add_entry(_Mark(), order="append")
    write = generator.rss_str if suffix == "rss" else generator.atom_str
    head, *written, tail = write().split(_MARK)
    new = iter(written)
    told = [of_entry.setdefault(suffix, piece or next(new)) for of_entry, piece in zip(kept, pieces, strict=True)]
    return [head, *told, tail]


def piece(entry: FeedEntry, form: str, make: Callable[[FeedEntry], bytes]) -> bytes:
    """Give what `make` makes of an entry; `form` names the writer, and whatever else `make` depends on."""
    kept = _kept.setdefault(entry, {})
    if form not in kept:
        kept[form] = make(entry)
    return kept[form]
