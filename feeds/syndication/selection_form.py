"""The normal form of a selection, in which equivalent ones are equal, and the one text that stands for it. Pure."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from feeds.syndication.selection_clauses import TooMany, multiplied
from feeds.syndication.selection_terms import KINDS
from storage.query import EVERYTHING, And, Not, Or, Query, Term, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.query import Node

LONGEST = 500  # characters of a selection
MOST_TERMS = 32
_PRINCIPAL = "salience:principal"
_STEPS = 4  # from one form to a shorter one, and so on; two are the most that were ever seen
_ORDER = ("topic", "actor", "lang", "kind", "source", "after", "before")
_BARE = re.compile(r"[^\s()\":-][^\s()\":]*")


def normal(query: Query) -> Query:
    """Bring a query into normal form.

    `-` stands before single terms only (De Morgan), nothing is nested needlessly, no part stands twice or is implied
    by another (`a OR a b` is `a`, `after:2026 after:2025` is `after:2026`), the order is fixed, and salience is dropped
    where no actor is left to narrow. Of the two ways to multiply it out (`a (b OR c)`, `a b OR a c`), it is the shorter
    one, unless that says more than a selection may.
    """
    where = _shortest(_tidy(_inward(query.where, negated=False)))
    if isinstance(where, Or) and any(_inward(part, negated=True) in where.parts for part in where.parts):
        where = EVERYTHING  # `a OR -a`; within a larger condition it would undo what multiplying out settles
    return Query(where, principal=query.principal and any(_is_actor(leaf) for leaf in leaves(where)))


def canonical(query: Query) -> str:
    """Write a query in normal form; what was read from this text again is equal to it."""
    if not query.principal:
        return _show(query.where)
    where = f"({_show(query.where)})" if isinstance(query.where, Or) else _show(query.where)
    return f"{where} {_PRINCIPAL}"


def fits(query: Query) -> bool:
    """Whether the text of a query in normal form can be read again: it is no longer than a selection may be."""
    return len(list(leaves(query.where))) + query.principal <= MOST_TERMS and len(canonical(query)) <= LONGEST


def parts(query: Query) -> tuple[Node, ...]:
    """What a query joins by AND, outermost."""
    return query.where.parts if isinstance(query.where, And) else (query.where,)


def leaves(node: Node) -> Iterable[Term | Words]:
    """The single terms and words, from left to right."""
    match node:
        case And(inner) | Or(inner):
            for part in inner:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Term() | Words():
            yield node


def _inward(node: Node, *, negated: bool) -> Node:
    match node:
        case Not(inner):
            return _inward(inner, negated=not negated)
        case And(inner) | Or(inner):
            moved = tuple(_inward(part, negated=negated) for part in inner)
            return And(moved) if isinstance(node, And) is not negated else Or(moved)
        case Term("kind", value) if negated:  # an item is one or the other
            return Term("kind", next(kind for kind in KINDS if kind != value))
        case Term() | Words():
            return Not(node) if negated else node


def _shortest(tidy: Node) -> Node:
    """The shorter of the two forms that everything of the same meaning has; where they are too long, what was given."""
    where = tidy
    for _ in range(_STEPS):
        if not _is_mixed(where):
            return where
        shorter = min(_forms(where), key=lambda form: len(_show(form)), default=where)
        if shorter == where:
            return where
        if not fits(Query(shorter, principal=True)):  # with salience or without, the form is the same
            return tidy
        where = shorter
    return tidy


def _forms(where: Node) -> Iterable[Node]:
    for kind in (And, Or):
        with suppress(TooMany):
            yield _tidy(multiplied(where, kind, _narrower))


def _is_mixed(node: Node) -> bool:
    """Whether it joins by AND and by OR; else there is one way to write it."""
    return isinstance(node, (And, Or)) and any(isinstance(part, (And, Or)) for part in node.parts)


def _tidy(node: Node) -> Node:
    match node:
        case And(inner):
            return _joined(And, [_tidy(part) for part in inner])
        case Or(inner):
            return _joined(Or, [_tidy(part) for part in inner])
    return node


def _joined(kind: type[And | Or], tidy: Sequence[Node]) -> Node:
    flat = dict.fromkeys(part for node in tidy for part in (node.parts if isinstance(node, kind) else (node,)))
    if kind is Or and EVERYTHING in flat:
        return EVERYTHING
    needed = (part for part in flat if not _implied(part, flat) and not _outdone(kind, part, flat))
    kept = sorted(needed, key=_rank)
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _implied(part: Node, others: Iterable[Node]) -> bool:
    """Whether another part stands inside this one (`a` in `a b`), which then neither narrows nor widens anything."""
    inner = set(part.parts) if isinstance(part, (And, Or)) else set()
    return any(
        other in inner or (type(other) is type(part) and isinstance(other, (And, Or)) and set(other.parts) < inner)
        for other in others
        if other != part
    )


def _outdone(kind: type[And | Or], part: Node, others: Iterable[Node]) -> bool:
    """Whether another part of the same field says it all: `lang:zh` in `lang:zh OR lang:zh-hant`, a later `after:`."""
    if kind is Or:
        return any(_narrower(part, other) for other in others)
    return any(_narrower(other, part) for other in others)


def _narrower(one: Node, other: Node) -> bool:
    """Whether all that `one` holds for is some of what `other` holds for, by their values alone."""
    match one, other:
        case Term("lang", tag), Term("lang", wider):
            return tag.startswith(f"{wider}-")
        case Term("after", day), Term("after", earlier):
            return day > earlier
        case Term("before", day), Term("before", later):
            return day < later
        case Not(Term() as inner), Not(Term() as wider_inner):
            return _narrower(wider_inner, inner)
    return False


def _rank(node: Node) -> tuple[int, int, str]:
    """Terms in the order of their fields, then words, then groups; each before its negation."""
    leaf = node.inner if isinstance(node, Not) else node
    if isinstance(leaf, (And, Or)):
        return 2, 0, _show(leaf)
    place = _ORDER.index(leaf.field) if isinstance(leaf, Term) else len(_ORDER)
    return int(isinstance(node, Not)), place, _show(leaf)


def _show(node: Node) -> str:
    match node:
        case Term(field, value):
            return f"{field}:{_quoted(value)}"
        case Words(text):
            return _quoted(text)
        case Not(inner):
            return f"-{_show(inner)}"
        case And(inner):
            return " ".join(f"({_show(part)})" if isinstance(part, Or) else _show(part) for part in inner)
        case Or(inner):
            return " OR ".join(map(_show, inner))


def _quoted(text: str) -> str:
    return text if _BARE.fullmatch(text) else f'"{text}"'


def _is_actor(leaf: Term | Words) -> bool:
    return isinstance(leaf, Term) and leaf.field == "actor"
