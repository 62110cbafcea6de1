"""A selection in the reader's language: what its page is called, and where the text of one that is none goes wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from feeds.web import words
from feeds.web.words import N_
from storage.query import And, Not, Or, Term, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.web.i18n import Interface
    from storage.query import Field, Node, Query
    from storage.types import Subject, SubjectKind

    Labels = Mapping[tuple[SubjectKind, str], Subject]

_FIELDS = {
    "lang": N_("in %(value)s"),
    "source": N_("from %(value)s"),
    "after": N_("published on or after %(value)s"),
    "before": N_("published before %(value)s"),
}
_KINDS = {"article": N_("full articles"), "brief": N_("briefs")}
# What a fault may be about: a field with its value, words in quotes, a word, or one mark.
_PIECE = re.compile(r'[^\s()":]+:(?:"[^"]*"?|[^\s()"]*)|"[^"]*"?|[^\s()":]+|\S')


def describe(query: Query, labels: Labels, ui: Interface) -> str:
    """Say what a query selects, by the names that the reader's language has."""
    told = _tell(query.where, labels, ui)
    return ui.say(N_("%(what)s, principal actors only")) % {"what": told} if query.principal else told


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in three parts; the middle one is where the fault is, and empty where the text ends too early."""

    before: str
    fault: str
    after: str


def marked(text: str, position: int) -> Marked:
    """Cut out what stands at a place."""
    found = _PIECE.match(text, position)
    end = found.end() if found else position
    return Marked(text[:position], text[position:end], text[end:])


def _tell(node: Node, labels: Labels, ui: Interface) -> str:
    match node:
        case Term(field, value):
            return _term(field, value, labels, ui)
        case Words(text):
            return ui.say(N_("“%(words)s”")) % {"words": text}
        case Not(inner):
            return ui.say(N_("not %(what)s")) % {"what": _tell(inner, labels, ui)}
        case And(parts):
            told = (
                f"({_tell(part, labels, ui)})" if isinstance(part, Or) else _tell(part, labels, ui) for part in parts
            )
            return _join(told, N_("%(first)s, %(second)s"), ui)
        case Or(parts):
            return _join((_tell(part, labels, ui) for part in parts), N_("%(first)s or %(second)s"), ui)


def _join(told: Iterable[str], pattern: str, ui: Interface) -> str:
    said = ui.say(pattern)
    return reduce(lambda first, second: said % {"first": first, "second": second}, told)


def _term(field: Field, value: str, labels: Labels, ui: Interface) -> str:
    if field == "topic" or field == "actor":  # noqa: PLR1714 - so that mypy knows
        return words.name(labels.get((field, value)), value, ui).text
    if field == "kind":
        return ui.say(_KINDS[value])
    if field == "lang":
        value = words.language(value, ui)
    elif field in {"after", "before"}:
        value = words.day(date.fromisoformat(value), ui).text
    return ui.say(_FIELDS[field]) % {"value": value}
