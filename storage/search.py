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
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from storage.bits import BLOCK, highest, join, number_of, ones, stretches, whole
from storage.facets import (
    ALL,
    day_terms,
    feed_term,
    from_day,
    language_term,
    principal_term,
    source_term,
    until_day,
    word_term,
)
from storage.fulltext import Wanted, many, matching
from storage.items import items_by_id
from storage.query import And, Not, Or, Term, Words
from storage.schema import facet_blocks, feeds, indexed
from storage.tokens import phrase
from storage.types import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from storage.engine import Connection
    from storage.query import Node, Query

_FIRST_BAND, _GROWTH = 2, 4  # blocks, and how much wider each band is than the one above it
_NEAR = 16  # blocks that are read together where single items are asked about
_CHUNK = 5_000  # values bound to one statement; SQLite takes 32,766
# Made once: to look at each of a thousand values takes SQLAlchemy longer than the query.
_ITEMS = select(indexed.c.position, indexed.c.item_id).where(indexed.c.position.in_(bindparam("at", expanding=True)))
_PLACES = select(indexed.c.position, indexed.c.item_id).where(indexed.c.item_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Found:
    """The first items of a selection, and whether there are more."""

    entries: tuple[Entry, ...]
    more: bool


def search(conn: Connection, query: Query, limit: int, below: int | None = None) -> Found:
    """Find the newest `limit` items that the query holds for, of those that stand below a position in `latest`."""
    positions = _positions(conn, query, limit + 1, below)
    item_at = _items_at(conn, positions[:limit])
    found = items_by_id(conn, list(item_at.values()))
    entries = tuple(Entry(position, found[item_at[position]]) for position in positions[:limit])
    return Found(entries, len(positions) > limit)


def newest_fitting(conn: Connection, query: Query, limit: int) -> list[int]:
    """The newest items that the query holds for, without reading them."""
    positions = _positions(conn, query, limit, None)
    item_at = _items_at(conn, positions)
    return [item_at[position] for position in positions]


def fitting(conn: Connection, query: Query) -> Callable[[Iterable[int]], set[int]]:
    """Make what tells which of some items the query holds for; what is in no feed fits nothing.

    It keeps what it reads of the index, so it can be asked about few items many times; use it within one transaction.
    """
    terms = _Terms(_feed_ids(conn, query.where), query.principal)

    @cache
    def band_of(number: int) -> _Band:
        return _read_band(conn, terms, query.where, (number * _NEAR, number * _NEAR + _NEAR - 1))

    def fit(item_ids: Iterable[int]) -> set[int]:
        at = _item_at(conn, sorted(item_ids))
        found: set[int] = set()
        for number, positions in groupby(sorted(at), key=lambda position: position // (BLOCK * _NEAR)):
            band = band_of(number)
            among = number_of((position - band.start for position in positions), band.width)
            found.update(at[band.start + offset] for offset in ones(band.evaluate(query.where, among)))
        return found

    return fit


def _item_at(conn: Connection, item_ids: Sequence[int]) -> dict[int, int]:
    """The positions of items, each with its item."""
    at: dict[int, int] = {}
    for start in range(0, len(item_ids), _CHUNK):
        at.update(conn.execute(_PLACES, {"ids": item_ids[start : start + _CHUNK]}).all())
    return at


def _items_at(conn: Connection, positions: Sequence[int]) -> dict[int, int]:
    return dict(conn.execute(_ITEMS, {"at": list(positions)}).all())


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
        for leaf in _leaves(node):
            if isinstance(leaf, Words):
                needed |= {word_term(token) for token in _closed(leaf)}
            else:
                needed |= set(day_terms()) if leaf.field in {"after", "before"} else {self.of(leaf)}
        return needed


@dataclass(frozen=True, slots=True)
class _Band:
    """Some blocks of positions, with the sets of all terms that a query needs in them; bit 0 is `start`.

    `noted` are, for each common word, the blocks in which its set is known.
    """

    conn: Connection
    terms: _Terms
    sets: Mapping[str, int]
    noted: Mapping[str, int]
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
                return self._words(node, among)
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
        """Properties and common words first, since they cost nothing, then words together, then what mixes the two."""
        asked = [part for part in parts if self._is_asked(part)]
        words = [part for part in asked if isinstance(part, Words)]
        without = [part.inner.text for part in asked if isinstance(part, Not) and isinstance(part.inner, Words)]
        for part in parts:
            if part not in asked and (_is_word(part) or not _has_words(part)):
                among = self.evaluate(part, among)
        for part in words:
            among = self._may_have(part, among)
        if words:
            among = self._matching(Wanted([part.text for part in words], without), among)
        for part in parts:
            if (part in asked and not words) or (_has_words(part) and not _is_word(part)):
                among = self.evaluate(part, among)
        return among

    def _any(self, parts: Sequence[Node], among: int) -> int:
        words = [part.text for part in parts if isinstance(part, Words) and self._is_asked(part)]
        found = 0
        for part in parts:
            if not (isinstance(part, Words) and self._is_asked(part)):
                found |= self.evaluate(part, among & ~found)
        return found | (self._matching(Wanted(words, any_of=True), among & ~found) if words else 0)

    def _is_asked(self, part: Node) -> bool:
        """Whether it is a word, or a word that must not be there, that the full text has to be asked about."""
        leaf = part.inner if isinstance(part, Not) else part
        return isinstance(leaf, Words) and not self.noted.keys() & self._whole(leaf)

    def _whole(self, words: Words) -> set[str]:
        """The term of a single word."""
        told = phrase(words.text)
        return set() if told.open or len(told.tokens) != 1 else {word_term(told.tokens[0])}

    def _words(self, words: Words, among: int) -> int:
        """Where a common word is noted, that says all; elsewhere the full text does, and of words side by side."""
        among = self._may_have(words, among)
        known = sum(self.noted.get(term, 0) for term in self._whole(words))
        return among & known | self._matching(Wanted([words.text]), among & ~known)

    def _may_have(self, words: Words, among: int) -> int:
        """Leave out what lacks one of the words by what is noted."""
        for term in map(word_term, _closed(words)):
            among &= self.bits(term) | ~self.noted.get(term, 0)
        return among

    def _matching(self, wanted: Wanted, among: int) -> int:
        """Ask the full text, and only where something is in question: it goes through all that has the words."""
        found = 0
        for start, width in stretches(among, self.width) if many(among) else [(0, self.width)] if among else ():
            part, first = among >> start & (1 << width) - 1, self.start + start
            found |= number_of(matching(self.conn, wanted, first, width, part), width, first) << start
        return found


def _read_band(conn: Connection, terms: _Terms, where: Node, blocks: tuple[int, int]) -> _Band:
    first, last = blocks
    query = select(facet_blocks).where(
        facet_blocks.c.term.in_(sorted(terms.all(where))), facet_blocks.c.block.between(first, last)
    )
    packed: dict[str, dict[int, bytes]] = {}
    for term, block, bits in conn.execute(query):
        packed.setdefault(term, {})[block] = bits
    sets = {term: join(found, first, last) for term, found in packed.items()}
    noted = {term: whole(found, first, last) for term, found in packed.items() if term.startswith(word_term(""))}
    return _Band(conn, terms, sets, noted, first * BLOCK, (last - first + 1) * BLOCK)


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


def _closed(words: Words) -> tuple[str, ...]:
    """The words as tokens, but for a last one that may go on."""
    told = phrase(words.text)
    return told.tokens[:-1] if told.open else told.tokens


def _has_words(node: Node) -> bool:
    return any(isinstance(leaf, Words) for leaf in _leaves(node))


def _is_word(node: Node) -> bool:
    return isinstance(node.inner if isinstance(node, Not) else node, Words)
