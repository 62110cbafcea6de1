"""The story of a feed or a selection at a glance: reports by week, who and what else is in it, what happens when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from feeds.syndication.selection_address import address, selection
from feeds.syndication.selection_form import fits, normal, parts
from feeds.web import counting
from feeds.web.months import calendar_path
from storage import statistics
from storage.query import And, Query, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeds.web.counting import Labels, Listed, Week
    from feeds.web.i18n import Interface
    from storage.engine import Connection
    from storage.statistics import Dated
    from storage.types import FeedKey, SubjectKind

RECENT = 300  # items that say who stands together and what happens when
_WEEKS = 52
_COMPANIONS = 10
_DATES = 12


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells besides its items; `counted` is how many of the newest say who stands in it.

    `happens` is the page of the calendar with all its dates.
    """

    weeks: tuple[Week, ...]
    actors: tuple[Listed, ...]
    topics: tuple[Listed, ...]
    dates: tuple[Dated, ...]
    counted: int
    happens: str


def tell(
    conn: Connection, ids: Sequence[int], days: Mapping[date, int], query: Query, names: Labels, ui: Interface
) -> Story:
    """Tell the story of what `query` selects: `ids` are its newest items, `days` how many items it has of each day."""
    if not ids:
        return Story((), (), (), (), 0, calendar_path(only=query))
    newest = max(days, default=date.min)
    dates = statistics.event_dates(conn, ids[:RECENT], since=_before(newest), limit=_DATES)
    here = {(part.field, part.value) for part in parts(query) if isinstance(part, Term)}
    together = [
        [key for key in keys if key not in here] for keys in statistics.subjects_by_item(conn, ids[:RECENT]).values()
    ]

    def companions(kind: SubjectKind) -> tuple[Listed, ...]:
        found = counting.active(together, kind, names, ui, _COMPANIONS)
        return tuple(replace(one, both=_both(query, kind, one.slug)) for one in found) if here else found

    return Story(
        weeks=counting.weeks(days, newest, _WEEKS) if days else (),
        actors=companions("actor"),
        topics=companions("topic"),
        dates=dates,
        counted=min(len(ids), RECENT),
        happens=calendar_path(f"{dates[0].event.first:%Y-%m}" if dates else "", query),
    )


def query_of(key: FeedKey) -> Query:
    """What a stored feed selects."""
    return Query(Term(key.kind, key.slug)) if key.kind == "topic" or key.kind == "actor" else Query()  # noqa: PLR1714


def _both(query: Query, kind: SubjectKind, slug: str) -> str:
    """The page of what a selection and one of its companions have in common; nothing where that would say too much."""
    both = normal(Query(And((query.where, Term(kind, slug))), principal=query.principal))
    return address(selection(both)) if fits(both) else ""


def _before(newest: date) -> date:
    """Two weeks before the newest report: what is over for longer is no news."""
    return newest - timedelta(days=min(14, newest.toordinal() - 1))
