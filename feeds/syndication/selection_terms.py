"""The terms of a selection: which fields there are, and what each takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from feeds.errors import BadRequest
from feeds.sentences import Sentence
from storage.query import Term
from storage.tokens import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.sentences import Value
    from storage.types import SubjectKind

FIELDS = ("topic", "actor", "lang", "kind", "source", "after", "before", "salience")
KINDS = ("article", "brief")
_MISSING: Mapping[SubjectKind, tuple[str, str, str]] = {  # with nothing near it, with something, shared by several
    "topic": (
        Sentence("There is no topic “%(name)s”. /topics lists them.").text,
        Sentence("There is no topic “%(name)s”. Did you mean %(near)s?").text,
        Sentence("Several topics are called “%(name)s”: write %(near)s.").text,
    ),
    "actor": (
        Sentence("There is no actor “%(name)s”. /actors lists them.").text,
        Sentence("There is no actor “%(name)s”. Did you mean %(near)s?").text,
        Sentence("Several actors are called “%(name)s”: write %(near)s.").text,
    ),
}
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


class NoField(BadRequest):
    """There is no such field."""


class NoValue(BadRequest):
    """A field takes no such value."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name turned out to be: the slug it means, or None and what it may have been meant for.

    `shared`: all of these are called so, and nothing says which of them is meant.
    """

    slug: str | None
    near: tuple[str, ...] = ()
    shared: bool = False


# From the kind of subject and what was written (a slug, an old slug, a name in any language) to what it is.
Finder = Callable[["SubjectKind", str], Named]


def no_names(_kind: SubjectKind, _written: str) -> Named:
    """A finder that knows nothing."""
    return Named(None)


def read_term(field: str, value: str, names: Finder) -> Term:
    """Read one term.

    Raises:
        NoField: there is no such field.
        NoValue: the field takes no such value; the sentence says what it takes.

    """
    match field:
        case "topic" | "actor":
            return Term(field, _slug(field, value, names))
        case "lang":
            return Term("lang", _language(value))
        case "kind":
            return Term("kind", _one_of(field, value, KINDS))
        case "source":
            return Term("source", _source(value))
        case "after" | "before":
            return Term(field, _day(field, value))
    known = ", ".join(f"{name}:" for name in FIELDS)
    raise NoField(
        Sentence(
            "There is no field “%(field)s”. The fields are %(known)s; to search for these words, quote them.",
            {"field": field, "known": known},
        )
    )


def _slug(kind: SubjectKind, value: str, names: Finder) -> str:
    found = names(kind, value)
    if found.slug is not None:
        return found.slug
    missing, near, shared = _MISSING[kind]
    values: dict[str, Value] = {"name": value, "near": found.near}
    told = Sentence(shared if found.shared else near, values) if found.near else Sentence(missing, {"name": value})
    raise NoValue(told)


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value.lower()):
        raise NoValue(Sentence("lang: takes a language tag such as en or zh-Hant (BCP 47)."))
    return value.lower()


def _one_of(field: str, value: str, allowed: tuple[str, ...]) -> str:
    if value.lower() not in allowed:
        raise NoValue(Sentence("%(field)s: takes %(values)s.", {"field": field, "values": allowed}))
    return value.lower()


def _source(value: str) -> str:
    folded = " ".join(runs(value))
    if not folded:
        raise NoValue(Sentence("source: takes the name of a source."))
    return folded


def _day(field: str, value: str) -> str:
    """A day, or the first day of a month or year."""
    found = _DAY.fullmatch(value)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        told = Sentence("%(field)s: takes a day, a month or a year: 2026-02-03, 2026-02 or 2026.", {"field": field})
        raise NoValue(told) from None
