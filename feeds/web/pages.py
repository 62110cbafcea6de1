"""The front page: what is new, by event, and who and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint

from feeds.web import counting, i18n, site
from feeds.web.answers import moved
from feeds.web.lookup import latest_feed
from feeds.web.render import kept_page
from storage import statistics
from storage.groups import groups_of
from storage.items import items_by_id
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flask import Response

    from feeds.web.counting import Labels, Listed, Matrix
    from feeds.web.i18n import Interface
    from storage.engine import Connection
    from storage.types import Item, SubjectKind

pages = Blueprint("pages", __name__)

_RECENT = 300  # items that count as now
_ITEMS = 60  # items of which the front page tells events
_FEWEST, _MOST = 8, 16  # events that it tells
_ACTIVE, _IN_MATRIX = 9, 10
_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Event:
    """Reports of one event among the newest items: the one that is shown, the others, and how many there are in all."""

    lead: Item
    others: tuple[Item, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Now:
    """What the newest items are about."""

    topics: tuple[Listed, ...]
    actors: tuple[Listed, ...]
    matrix: Matrix


@pages.get("/")
def front() -> Response:
    """What is new, by event, and who and what it is about.

    It leads to the reader's language where the browser asks for one of ours and the address does not.
    """
    if i18n.chosen() is None and (other := i18n.wanted()) is not None:
        return _vary(moved(i18n.with_language("/", other.code), HTTPStatus.FOUND))
    with site.current().store.read() as conn:
        shown = kept_page(conn, "/", "front.html", feed=latest_feed(conn), values=lambda: _front(conn))
    return shown if i18n.chosen() else _vary(shown)


def _front(conn: Connection) -> dict[str, object]:
    here, ui = site.current(), i18n.current()
    names = here.names.read(conn)
    recent = statistics.newest_ids(conn, latest_feed(conn), _RECENT)
    told, newest = _newest_day(_events(conn, recent[:_ITEMS], ui), here.settings.timezone)
    return {"events": told, "newest": newest, "now": _now(conn, recent, names, ui), "names": names}


def _events(conn: Connection, ids: Sequence[int], ui: Interface) -> list[Event]:
    """The newest items by the event that they report, in the order of the newest report of each."""
    found, groups = items_by_id(conn, ids), groups_of(conn, ids)
    sizes = statistics.sizes_of_groups(conn, set(groups.values()))
    reports: dict[object, list[Item]] = {}
    for item_id in ids:
        reports.setdefault(groups.get(item_id, item_id), []).append(found[item_id])
    return [_event(here, sizes.get(str(group), len(here)), ui) for group, here in reports.items()]


def _event(reports: Sequence[Item], number: int, ui: Interface) -> Event:
    """Show first a full article in the reader's language, if there is one; of equals the newest."""

    def rank(item: Item) -> tuple[bool, bool]:
        return item.report.kind == "brief", not item.report.language.startswith(ui.code)

    lead = min(reports, key=rank)
    return Event(lead, tuple(item for item in reports if item is not lead), max(number, len(reports)))


def _newest_day(events: Sequence[Event], zone: str) -> tuple[tuple[Event, ...], date | None]:
    """The events of the last day on which anything arrived, and some before it where they are few."""
    days = [event.lead.first_seen.astimezone(ZoneInfo(zone)).date() for event in events]
    newest = max(days, default=None)
    number = max(_FEWEST, sum(day == newest for day in days))
    return tuple(events[: min(number, _MOST)]), newest


def _now(conn: Connection, recent: Sequence[int], names: Labels, ui: Interface) -> Now:
    together = list(statistics.subjects_by_item(conn, recent).values())
    busiest = counting.active(together, "actor", names, ui, _IN_MATRIX)
    topics = counting.active(together, "topic", names, ui, _ACTIVE)
    return Now(
        _with_weeks(conn, topics, "topic"),
        _with_weeks(conn, busiest[:_ACTIVE], "actor"),
        counting.matrix(together, busiest),
    )


def _with_weeks(conn: Connection, listed: Sequence[Listed], kind: SubjectKind) -> tuple[Listed, ...]:
    """Give each line its items by week, up to the newest of all."""
    until = statistics.newest_day(conn, LATEST)
    if until is None:
        return tuple(listed)
    first = counting.weeks({}, until, _WEEKS)[0].first
    tally = statistics.counts_by_week(conn, [FeedKey(kind, one.slug) for one in listed], first)
    return tuple(replace(one, weeks=counting.weeks(tally[FeedKey(kind, one.slug)], until, _WEEKS)) for one in listed)


def _vary(reply: Response) -> Response:
    """Tell caches that this answer was chosen by the language that the browser asks for."""
    reply.vary.add("Accept-Language")
    return reply
