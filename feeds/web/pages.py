"""The front page and the lists of all topics and actors."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint

from feeds.syndication.addresses import feed_path, list_path
from feeds.web import counting, i18n, site, words
from feeds.web.answers import moved
from feeds.web.counting import Listed
from feeds.web.lookup import latest_feed
from feeds.web.render import kept_page
from feeds.web.words import N_
from storage import statistics
from storage.groups import groups_of
from storage.items import items_by_id
from storage.log import list_feeds
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from flask import Response

    from feeds.web.counting import Labels, Matrix
    from feeds.web.i18n import Interface
    from storage.engine import Connection
    from storage.types import Feed, Item, SubjectKind

pages = Blueprint("pages", __name__)

_RECENT = 300  # items that count as now
_ITEMS = 60  # items of which the front page tells events
_FEWEST, _MOST = 8, 16  # events that it tells
_ACTIVE, _IN_MATRIX = 9, 10
_WEEKS = 26
HEADINGS = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "country": N_("Countries"),
    "bloc": N_("Blocs"),
    "topic": N_("Topics"),
}


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


@pages.get("/topics")
def topics() -> Response:
    """Every topic."""
    return _list_page("topic", N_("Topics"))


@pages.get("/actors")
def actors() -> Response:
    """Every actor, by what kind of actor it is."""
    return _list_page("actor", N_("Actors"))


def _list_page(kind: SubjectKind, title: str) -> Response:
    def values() -> dict[str, object]:
        names, ui = site.current().names.read(conn), i18n.current()
        listed = list(_listed(list_feeds(conn, kind), names, ui))
        return {"title": ui.say(title), "groups": counting.groups(listed, HEADINGS, ui)}

    with site.current().store.read() as conn:
        return kept_page(conn, list_path(kind), "list.html", feed=latest_feed(conn), values=values)


def _listed(feeds: Sequence[Feed], names: Labels, ui: Interface) -> Iterator[tuple[str, Listed]]:
    """Each feed with the type of its subject; one that the authority dropped is not listed."""
    for feed in feeds:
        kind, slug = feed.key
        subject = names.get((kind, slug)) if kind == "topic" or kind == "actor" else None  # noqa: PLR1714 - for mypy
        if subject is not None:
            yield subject.type, Listed(words.name(subject, slug, ui), feed_path(feed.key), feed.size, slug)


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
    active = {
        "topic": counting.active(together, "topic", names, ui, _ACTIVE),
        "actor": busiest[:_ACTIVE],
    }
    drawn = {kind: _with_weeks(conn, listed, kind) for kind, listed in active.items()}
    return Now(drawn["topic"], drawn["actor"], counting.matrix(together, busiest))


def _with_weeks(conn: Connection, listed: Sequence[Listed], kind: str) -> tuple[Listed, ...]:
    """Give each line its items by week, all up to the same week."""
    keys: Mapping[str, FeedKey] = {one.slug: FeedKey(kind, one.slug) for one in listed}  # type: ignore[arg-type]
    until = statistics.newest_day(conn, list(keys.values()))
    if until is None:
        return tuple(listed)
    first = counting.weeks({}, until, _WEEKS)[0].first
    days = statistics.counts_by_day(conn, list(keys.values()), first)
    return tuple(
        Listed(one.name, one.path, one.count, one.slug, counting.weeks(days[keys[one.slug]], until, _WEEKS))
        for one in listed
    )


def _vary(reply: Response) -> Response:
    """Tell caches that this answer was chosen by the language that the browser asks for."""
    reply.vary.add("Accept-Language")
    return reply
