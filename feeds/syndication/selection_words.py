"""A selection in plain English, for the title of its feed and the head of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from storage.query import And, Not, Or, Term, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.query import Field, Node, Query
    from storage.types import Subject, SubjectKind

    Labels = Mapping[tuple[SubjectKind, str], Subject]

_ENGLISH = Locale("en")
_FIELDS = {
    "lang": "in {}",
    "source": "from {}",
    "after": "published on or after {}",
    "before": "published before {}",
}
_KINDS = {"article": "full articles", "brief": "briefs"}


def describe(query: Query, labels: Labels) -> str:
    """Say what a query selects: `Marco Rubio, Trade & tariffs, not in Chinese`; `everything` where it has no terms."""
    told = _tell(query.where, labels) or "everything"
    return f"{told}, principal actors only" if query.principal else told


def _tell(node: Node, labels: Labels) -> str:
    match node:
        case Term(field, value):
            return _term(field, value, labels)
        case Words(text):
            return f"“{text}”"
        case Not(inner):
            return f"not {_tell(inner, labels)}"
        case And(parts):
            return ", ".join(
                f"({_tell(part, labels)})" if isinstance(part, Or) else _tell(part, labels) for part in parts
            )
        case Or(parts):
            return " or ".join(_tell(part, labels) for part in parts)


def _term(field: Field, value: str, labels: Labels) -> str:
    if field == "topic" or field == "actor":  # noqa: PLR1714 - so that mypy knows
        subject = labels.get((field, value))
        return subject.label if subject else value
    if field == "kind":
        return _KINDS[value]
    return _FIELDS[field].format(_language(value) if field == "lang" else value)


def _language(code: str) -> str:
    if code == "und":
        return "an unknown language"
    try:
        return Locale.parse(code, sep="-").get_display_name(_ENGLISH) or code
    except (ValueError, UnknownLocaleError):
        return code
