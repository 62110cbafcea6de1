"""The one address of a selection: a short one where its condition is that of a stored feed with filters, else /select.

    /select?q=actor:marco-rubio%20topic:trade-tariffs
    /actors/cho-hyun+marco-rubio          both in the story
    /topics/trade-tariffs?lang=zh         a stored feed, filtered

Parameters stand in the order of the alphabet, and only those that say something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from feeds.syndication.addresses import feed_path, list_path
from feeds.syndication.selection_form import canonical, parts
from storage.query import Query, Term
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from storage.types import FeedKind

LIMIT, LONGEST_LIMIT = 50, 500  # items of a page: where nobody says, and at most
FILTERS = ("kind", "lang", "limit", "salience")  # what makes a selection of a stored feed
_PLAIN = ":()*,;!$'@/?"  # RFC 3986 section 3.4, without what parts parameters


@dataclass(frozen=True, slots=True)
class Selection:
    """A condition in normal form, and how many items a page has, where that is not the usual number."""

    query: Query
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Short:
    """A stored feed, or several actors, with filters."""

    subjects: tuple[Term, ...]
    filters: dict[str, str]

    @property
    def path(self) -> str:
        if len(self.subjects) < 2:  # noqa: PLR2004
            return feed_path(self.key)
        return f"{list_path('actor')}/{'+'.join(quote(term.value, safe='') for term in self.subjects)}"

    @property
    def key(self) -> FeedKey:
        kind: FeedKind = "topic" if self.subjects and self.subjects[0].field == "topic" else "actor"
        return FeedKey(kind, self.subjects[0].value) if self.subjects else LATEST

    @property
    def is_stored(self) -> bool:
        return len(self.subjects) < 2 and not self.filters  # noqa: PLR2004


def selection(query: Query, limit: int | None = None) -> Selection:
    """Leave out a limit that changes nothing; a stored feed by itself shows another number of items."""
    short = _short(query)
    return Selection(query, None if limit == LIMIT and not (short and short.is_stored) else limit)


def stored(one: Selection) -> FeedKey | None:
    """The stored feed that holds the same and promises more, if there is one."""
    short = _short(one.query)
    return short.key if short and short.is_stored and one.limit is None else None


def address(one: Selection, page: str = "") -> str:
    """The address without the suffix of a format; `page` is the mark of a page after the first."""
    short = _short(one.query)
    path, said = (short.path, dict(short.filters)) if short else ("/select", {"q": canonical(one.query)})
    if one.limit is not None:
        said["limit"] = str(one.limit)
    if page:
        said["page"] = page
    query = urlencode(sorted(said.items()), quote_via=quote, safe=_PLAIN)
    return f"{path}?{query}" if query else path


def _short(query: Query) -> _Short | None:
    subjects: list[Term] = []
    filters = {"salience": "principal"} if query.principal else {}
    for part in parts(query):
        if not isinstance(part, Term) or part.field in {"source", "after", "before"} or part.field in filters:
            return None
        if part.field == "topic" or part.field == "actor":  # noqa: PLR1714 - so that mypy knows
            subjects.append(part)
        else:
            filters[part.field] = part.value
    topics = sum(term.field == "topic" for term in subjects)
    return None if topics and len(subjects) > 1 else _Short(tuple(subjects), filters)
