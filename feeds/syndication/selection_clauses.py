"""Multiplying out what AND and OR join: conditions that mean the same in whatever way they are put together. Pure.

A term and its negation are two literals here. Of conditions that are equal by the laws of AND and OR, and by which
literal is narrower than which, either form that is made here is the same one: no clause of it is implied by another,
and no literal within a clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from storage.query import And, Or

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storage.query import Node

_MOST, _MOST_PRODUCTS = 32, 128  # clauses that are kept at any step, and that are looked at


class TooMany(Exception):  # noqa: N818 - no fault: the condition stays as it is
    """There would be more clauses than a selection may have terms."""


def multiplied(node: Node, outer: type[And | Or], narrower: Callable[[Node, Node], bool]) -> Node:
    """The condition as `outer` of clauses of the other kind: as `Or`, the ways to fit; as `And`, what to keep to.

    `narrower` tells whether what its first literal holds for is some of what the second does.

    Raises:
        TooMany: of those there would be too many.

    """
    literals = tuple(dict.fromkeys(_literals(node)))
    inner, number = (Or, And)[outer is Or], {literal: 1 << place for place, literal in enumerate(literals)}

    def stands_for(one: Node, other: Node) -> bool:
        """Whether `other` in a clause makes `one` needless there."""
        return one == other or (narrower(other, one) if outer is Or else narrower(one, other))

    standing = tuple(sum(number[other] for other in literals if stands_for(one, other)) for one in literals)
    clauses = _Clauses(outer, number, standing).of(node)
    return outer(tuple(inner(tuple(literals[place] for place in _ones(clause))) for clause in sorted(clauses)))


@dataclass(frozen=True, slots=True)
class _Clauses:
    """Clauses as sets of bits: `number` has the bit of a literal, `standing` the literals that say as much as each."""

    outer: type[And | Or]
    number: dict[Node, int]
    standing: Sequence[int]

    def of(self, node: Node) -> set[int]:
        if not isinstance(node, (And, Or)):
            return {self.number[node]}
        found = [self.of(part) for part in node.parts]
        if isinstance(node, self.outer):
            return self._needed({clause for clauses in found for clause in clauses})
        return reduce(self._times, found, {0})

    def _times(self, one: set[int], other: set[int]) -> set[int]:
        if len(one) * len(other) > _MOST_PRODUCTS:
            raise TooMany
        return self._needed({self._tidy(left | right) for left in one for right in other})

    def _tidy(self, clause: int) -> int:
        """Leave out the literals that others of the clause stand for."""
        return sum(1 << place for place in _ones(clause) if self.standing[place] & clause == 1 << place)

    def _needed(self, clauses: set[int]) -> set[int]:
        """Leave out the clauses that others imply."""
        kept = {one for one in clauses if not any(self._says(one, other) for other in clauses if other != one)}
        if len(kept) > _MOST:
            raise TooMany
        return kept

    def _says(self, one: int, other: int) -> bool:
        """Whether `one` says all that the clause `other` does, and so nothing more beside it."""
        return all(self.standing[place] & one for place in _ones(other))


def _literals(node: Node) -> Iterator[Node]:
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from _literals(part)
    else:
        yield node


def _ones(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
