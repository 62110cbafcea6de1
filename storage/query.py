"""What can be asked of the store: a condition on items, as a small tree of frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["topic", "actor", "lang", "kind", "source", "after", "before"]


@dataclass(frozen=True, slots=True)
class Term:
    """One property of an item: `value` is a slug, a language, a kind, a source's name, or a day (ISO 8601).

    `after` holds from that day on, `before` until the day before it; both mean the day of publication, and an item that
    was published within a range of days fits if the range overlaps. What has no date fits neither.
    """

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side in the title, the summary or the text; `text` is what `storage.tokens` folds."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """What the inner condition does not hold for."""

    inner: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of them; without any parts, everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    parts: tuple[Node, ...]


Node = Term | Words | Not | And | Or
EVERYTHING = And(())


@dataclass(frozen=True, slots=True)
class Query:
    """A condition; with `principal`, its actors are those that the story turns on, not all that it mentions."""

    where: Node = EVERYTHING
    principal: bool = False
