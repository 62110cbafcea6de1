"""The form that builds a selection: from its fields to the text of a query, and back again. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, Literal, get_args

from feeds.syndication.selection import MARKS
from feeds.syndication.selection_form import parts
from storage.query import Not, Or, Term, Words
from storage.tokens import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from werkzeug.datastructures import MultiDict

    from storage.query import Node, Query

BUILD = "build"  # the parameter by which this form is known: others have fields of the same names
How = Literal["all", "any", "none"]
# The fields that take any number of values, and how those of each may count: an item has one source and one language.
ROWS: Mapping[str, tuple[How, ...]] = {
    "words": ("all", "any", "none"),
    "topic": ("all", "any", "none"),
    "actor": ("all", "any", "none"),
    "lang": ("any", "none"),
    "source": ("any", "none"),
}
_SINGLE = ("kind", "after", "before")
_MOST = 32  # values of one field
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field, and how it counts; of words, a value may be several."""

    how: How
    value: str


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form: `rows` by the names of `ROWS`, the other fields as they are written."""

    rows: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    kind: str = ""
    after: str = ""
    before: str = ""
    principal: bool = False


def read_form(values: MultiDict[str, str]) -> Form:
    """Read what was sent; a value without its `…_how` counts as the first does that its field allows."""
    rows = {name: tuple(_choices(name, values)) for name in ROWS}
    kind, after, before = (values.get(name, "").strip() for name in _SINGLE)
    return Form({name: row for name, row in rows.items() if row}, kind, after, before, "principal" in values)


def compose(form: Form) -> str:
    """Write the query that the form means; nothing in a field can mean anything but a value."""
    groups = [part for name, choices in form.rows.items() for part in _conditions(name, choices)]
    single = [_term(name, getattr(form, name)) for name in _SINGLE if getattr(form, name)]
    return " ".join([*groups, *single, *(["salience:principal"] if form.principal else [])])


def form_of(query: Query) -> Form | None:
    """Give the form that means this query, or None where it says more than the form can hold."""
    rows: dict[str, list[Choice]] = defaultdict(list)
    single: dict[str, str] = {}
    for part in parts(query):
        match part:
            case Term("kind" | "after" | "before", value):
                if part.field in single:
                    return None
                single[part.field] = value
            case Or() | Term() | Words() | Not(Term() | Words()):
                found = _row(part)
                if found is None or ("any" in (one.how for one in rows[found[0]]) and found[1][0].how == "any"):
                    return None
                rows[found[0]] += found[1]
            case _:
                return None
    return Form({name: _merged(name, rows[name]) for name in ROWS if rows[name]}, **single, principal=query.principal)


def _choices(name: str, values: MultiDict[str, str]) -> Iterator[Choice]:
    allowed = ROWS[name]
    hows = chain(values.getlist(f"{name}_how"), repeat(allowed[0]))
    for value, how in zip(values.getlist(name)[:_MOST], hows, strict=False):
        if value.strip():
            yield Choice(_how(how, allowed), value.strip())


def _how(told: str, allowed: tuple[How, ...]) -> How:
    return next((how for how in get_args(How) if how == told and how in allowed), allowed[0])


def _conditions(name: str, choices: Iterable[Choice]) -> Iterator[str]:
    told: dict[How, list[str]] = defaultdict(list)
    for choice in choices:
        told[choice.how] += _terms(name, choice.value)
    yield from told["all"]
    if told["any"]:
        yield f"({' OR '.join(told['any'])})" if len(told["any"]) > 1 else told["any"][0]
    yield from (f"-{term}" for term in told["none"])


def _terms(name: str, value: str) -> list[str]:
    if name != "words":
        return [_term(name, value)]
    pieces = (quoted or bare for quoted, bare in _PIECE.findall(value.translate(MARKS)))
    return [f'"{piece}"' for piece in pieces if runs(piece)]  # a dash between two words is none


def _term(name: str, value: str) -> str:
    return f'{name}:"{value.translate(MARKS).replace(chr(34), " ").strip()}"'


def _row(part: Node) -> tuple[str, list[Choice]] | None:
    """The field and the values of one condition, if a row of the form can say it."""
    leaves = part.parts if isinstance(part, Or) else (part.inner if isinstance(part, Not) else part,)
    names = {leaf.field if isinstance(leaf, Term) else "words" for leaf in leaves if isinstance(leaf, (Term, Words))}
    if len(names) != 1 or not all(isinstance(leaf, (Term, Words)) for leaf in leaves):
        return None
    name = names.pop()
    how: How = "any" if isinstance(part, Or) else "none" if isinstance(part, Not) else "all"
    if name not in ROWS:
        return None
    if how not in ROWS[name]:
        how = "any"
    return name, [Choice(how, _value(leaf)) for leaf in leaves if isinstance(leaf, (Term, Words))]


def _value(leaf: Term | Words) -> str:
    if isinstance(leaf, Term):
        return leaf.value
    return f'"{leaf.text}"' if " " in leaf.text else leaf.text


def _merged(name: str, choices: list[Choice]) -> tuple[Choice, ...]:
    """Words that count alike stand in one line."""
    if name != "words":
        return tuple(choices)
    lines = {how: [one.value for one in choices if one.how == how] for how in ROWS[name]}
    return tuple(Choice(how, " ".join(values)) for how, values in lines.items() if values)
