"""Selections: which items a condition holds for, the newest place in `latest` first, in any number of steps.

Whatever has a term is a set of positions, kept as bits (`storage.facets`), so that `and`, `or` and `not` are a few
machine instructions for many items, and cost the same whichever side is the larger. Words are asked of the engine's
full text, and only about positions that are still in question: one by one where these are few, else while it walks
through the word. Positions are looked at in bands from the newest down, so that a common selection is answered from
the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.bits import BLOCK, highest, join, number_of, ones
from storage.facets import (
    ALL,
    day_terms,
    feed_term,
    from_day,
    language_term,
    principal_term,
    source_term,
    until_day,
)
from storage.fulltext import Wanted, matching
from storage.items import items_by_id
from storage.query import And, Not, Or, Term, Words
from storage.schema import facet_blocks, feeds, indexed
from storage.types import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from storage.engine import Connection
    from storage.query import Node, Query

_FIRST_BAND, _GROWTH = 2, 4  # blocks, and how much wider each band is than the one above it
_NEAR = 16  # blocks that are read together where single items are asked about
_CHUNK = 5_000  # values bound to one statement; SQLite takes 32,766


@dataclass(frozen=True, slots=True)
class Found:
    """The first items of a selection, and whether there are more."""

    entries: tuple[Entry, ...]
    more: bool


def search(conn: Connection, query: Query, limit: int, below: int | None = None) -> Found:
    """Find the newest `limit` items that the query holds for, of those that stand below a position in `latest`."""
    positions = _positions(conn, query, limit + 1, below)
    ids = select(indexed.c.position, indexed.c.item_id).where(indexed.c.position.in_(positions[:limit]))
    item_at = {row.position: row.item_id for row in conn.execute(ids)}
    found = items_by_id(conn, list(item_at.values()))
    entries = tuple(Entry(position, found[item_at[position]]) for position in positions[:limit])
    return Found(entries, len(positions) > limit)


def count(conn: Connection, query: Query, most: int) -> int:
    """Count the items that the query holds for, up to `most`."""
    return len(_positions(conn, query, most, None))


def fitting(conn: Connection, query: Query, item_ids: Sequence[int]) -> set[int]:
    """Which of these items the query holds for; what is in no feed fits nothing."""
    at: dict[int, int] = {}
    for start in range(0, len(item_ids), _CHUNK):
        known = select(indexed.c.position, indexed.c.item_id).where(
            indexed.c.item_id.in_(item_ids[start : start + _CHUNK])
        )
        at.update((row.position, row.item_id) for row in conn.execute(known))
    terms = _Terms(_feed_ids(conn, query.where), query.principal)
    found: set[int] = set()
    for number, positions in groupby(sorted(at), key=lambda position: position // (BLOCK * _NEAR)):
        band = _read_band(conn, terms, query.where, (number * _NEAR, number * _NEAR + _NEAR - 1))
        among = number_of((position - band.start for position in positions), band.width)
        found.update(at[band.start + offset] for offset in ones(band.evaluate(query.where, among)))
    return found


def _positions(conn: Connection, query: Query, number: int, below: int | None) -> list[int]:
    terms = _Terms(_feed_ids(conn, query.where), query.principal)
    found: list[int] = []
    for first, last in _bands(conn, below):
        band = _read_band(conn, terms, query.where, (first, last))
        among = band.bits(ALL)
        if below is not None:
            among &= (1 << max(0, below - band.start)) - 1
        bits = band.evaluate(query.where, among)
        found += [band.start + offset for offset in highest(bits, number - len(found))]
        if len(found) >= number:
            break
    return found


def _bands(conn: Connection, below: int | None) -> Iterator[tuple[int, int]]:
    """The first and the last block of each band, from the newest down."""
    newest = conn.execute(select(func.max(indexed.c.position))).scalar_one()
    if newest is None:
        return
    last = min(newest, newest if below is None else below) // BLOCK
    width = _FIRST_BAND
    while last >= 0:
        first = max(0, last - width + 1)
        yield first, last
        last, width = first - 1, width * _GROWTH


@dataclass(frozen=True, slots=True)
class _Terms:
    """From a condition on a property to the terms of the index that it needs."""

    feed_ids: Mapping[tuple[str, str], int]
    principal: bool

    def of(self, term: Term) -> str:
        if term.field in {"topic", "actor"}:
            feed_id = self.feed_ids.get((term.field, term.value), 0)
            return principal_term(feed_id) if self.principal and term.field == "actor" else feed_term(feed_id)
        if term.field == "lang":
            return language_term(term.value)
        return source_term(term.value) if term.field == "source" else f"kind:{term.value}"

    def all(self, node: Node) -> set[str]:
        needed = {ALL}
        for term in _leaves(node):
            if isinstance(term, Term):
                needed |= set(day_terms()) if term.field in {"after", "before"} else {self.of(term)}
        return needed


@dataclass(frozen=True, slots=True)
class _Band:
    """Some blocks of positions, with the sets of all terms that a query needs in them; bit 0 is `start`."""

    conn: Connection
    terms: _Terms
    sets: Mapping[str, int]
    start: int
    width: int

    def bits(self, term: str) -> int:
        return self.sets.get(term, 0)

    def evaluate(self, node: Node, among: int) -> int:
        """Which of `among` the condition holds for."""
        match node:
            case Term():
                return among & self._term(node)
            case Words():
                return self._matching(Wanted([node.text]), among)
            case Not(inner):
                return among & ~self.evaluate(inner, among)
            case And(parts):
                return self._all(parts, among)
            case Or(parts):
                return self._any(parts, among)

    def _term(self, term: Term) -> int:
        if term.field == "after":
            return from_day(date.fromisoformat(term.value), self.bits)
        if term.field == "before":
            return until_day(date.fromisoformat(term.value), self.bits)
        return self.bits(self.terms.of(term))

    def _all(self, parts: Sequence[Node], among: int) -> int:
        """Properties first, since they cost nothing, then words together, then what mixes the two."""
        words = [part.text for part in parts if isinstance(part, Words)]
        without = [part.inner.text for part in parts if isinstance(part, Not) and isinstance(part.inner, Words)]
        for part in parts:
            if not _has_words(part):
                among = self.evaluate(part, among)
        if words:
            among = self._matching(Wanted(words, without), among)
        for part in parts:
            if _has_words(part) and not (words and _is_word(part)):
                among = self.evaluate(part, among)
        return among

    def _any(self, parts: Sequence[Node], among: int) -> int:
        words = [part.text for part in parts if isinstance(part, Words)]
        found = 0
        for part in parts:
            if not isinstance(part, Words):
                found |= self.evaluate(part, among & ~found)
        return found | (self._matching(Wanted(words, any_of=True), among & ~found) if words else 0)

    def _matching(self, wanted: Wanted, among: int) -> int:
        if not among:
            return 0
        return number_of(matching(self.conn, wanted, self.start, self.width, among), self.width, self.start)


def _read_band(conn: Connection, terms: _Terms, where: Node, blocks: tuple[int, int]) -> _Band:
    first, last = blocks
    query = select(facet_blocks).where(
        facet_blocks.c.term.in_(sorted(terms.all(where))), facet_blocks.c.block.between(first, last)
    )
    packed: dict[str, dict[int, bytes]] = {}
    for term, block, bits in conn.execute(query):
        packed.setdefault(term, {})[block] = bits
    sets = {term: join(found, first, last) for term, found in packed.items()}
    return _Band(conn, terms, sets, first * BLOCK, (last - first + 1) * BLOCK)


def _feed_ids(conn: Connection, where: Node) -> dict[tuple[str, str], int]:
    slugs = {leaf.value for leaf in _leaves(where) if isinstance(leaf, Term) and leaf.field in {"topic", "actor"}}
    if not slugs:
        return {}
    rows = conn.execute(select(feeds.c.kind, feeds.c.slug, feeds.c.id).where(feeds.c.slug.in_(sorted(slugs))))
    return {(row.kind, row.slug): row.id for row in rows}


def _leaves(node: Node) -> Iterable[Term | Words]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(inner):
            yield from _leaves(inner)
        case Term() | Words():
            yield node


def _has_words(node: Node) -> bool:
    return any(isinstance(leaf, Words) for leaf in _leaves(node))


def _is_word(node: Node) -> bool:
    return isinstance(node.inner if isinstance(node, Not) else node, Words)
