"""Terms of office held against each other: who held an office while another one did."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.authority.model import Authority, Role

# Offices that several people hold at the same time.
_MANY = frozenset({"Foreign Ministry spokesperson", "Senior Director", "Senator", "Vice Premier"})
_HANDOVER = timedelta(1)  # the day on which both are said to hold it


class Term(NamedTuple):
    """Who held which office of which body."""

    slug: str
    role: Role


class Clash(NamedTuple):
    """Two terms of one office that overlap."""

    first: Term
    second: Term


def clashes(authority: Authority, *, checked: bool) -> Iterator[Clash]:
    """Terms of one office that overlap by more than a day; with `checked` only those whose dates are certain."""
    by_office: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for actor in authority.actors.values():
        for role in actor.roles:
            if role.title not in _MANY and (role.checked or not checked):
                by_office[role.title, role.of].append(Term(actor.slug, role))
    for terms in by_office.values():
        yield from _overlapping(terms)


def _overlapping(terms: Iterable[Term]) -> Iterator[Clash]:
    """Each term that begins before the longest one so far has ended."""
    longest: Term | None = None
    for term in sorted(terms, key=lambda term: term.role.start or date.min):
        if longest is not None and (term.role.start or date.min) + _HANDOVER < _end(longest):
            yield Clash(longest, term)
        longest = term if longest is None or _end(term) > _end(longest) else longest


def _end(term: Term) -> date:
    return term.role.end or date.max
