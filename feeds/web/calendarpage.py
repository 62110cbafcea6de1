"""`/calendar`: a month of event dates, and each of its days, with the sentences that say so; all, or of a selection.

No page says which day is today, so that its bytes do not depend on the clock: a small stylesheet of its own marks it.
Only `/calendar` looks at the clock, for the month that it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Blueprint, request

from feeds.errors import NotFound
from feeds.syndication.addresses import feed_path, with_suffix
from feeds.syndication.selection import Fault, canonical, parse
from feeds.syndication.selection_address import address, selection
from feeds.syndication.selection_names import Names
from feeds.web import i18n, months, site, words
from feeds.web.answers import answer_bytes, moved
from feeds.web.errors import refusal
from feeds.web.render import page
from feeds.web.selectwords import describe, marked
from feeds.web.words import N_
from storage.happenings import happenings, nearest
from storage.search import fitting
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from flask import Response

    from feeds.web.months import Day, Month
    from storage.engine import Connection
    from storage.query import Query

calendar = Blueprint("calendar", __name__)

_MOST = 200  # dates that are read of each day
_TODAY = "/static/today.css"


@dataclass(frozen=True, slots=True)
class Only:
    """What the calendar is narrowed to; `query` is None where it shows everything."""

    query: Query | None = None

    @property
    def text(self) -> str:
        """The query as text."""
        return canonical(self.query) if self.query else ""

    @property
    def suffix(self) -> str:
        """What its addresses end with."""
        return f"?q={quote(self.text, safe=':()*,')}" if self.text else ""

    @property
    def feed(self) -> str:
        """The page of the feed that has the same dates."""
        return address(selection(self.query)) if self.query else feed_path(LATEST)


@calendar.get("/calendar")
def this_month() -> Response:
    """The month that it is."""
    month = months.Month(_today().replace(day=1))
    return _narrowed("/calendar", lambda conn, only: _month(conn, month, "/calendar", only))


@calendar.get("/calendar/<text>")
def month_or_day(text: str) -> Response:
    """A month, `2026-02`, or a day, `2026-02-10`."""
    path = f"/calendar/{text}"
    if month := months.read_month(text):
        return _narrowed(path, lambda conn, only: _month(conn, month, path, only))
    if day := months.read_day(text):
        return _narrowed(path, lambda conn, only: _day(conn, day, path, only))
    raise NotFound(N_("There is no such month or day."))


@calendar.get(_TODAY)
def today() -> Response:
    """The stylesheet that marks today: the one part of a calendar that changes at midnight."""
    day, said = _today(), i18n.gettext(N_("Today"))
    cell = f"#d{day}"
    rules = f'{cell} {{ box-shadow: inset 0 0 0 2px var(--accent); }}\n{cell} h2::after {{ content: " {said}"; }}\n'
    # Under an address that nobody asks for, so that what answers before Flask (feeds.web.fast) does not learn it.
    return answer_bytes(i18n.keep(f"{_TODAY}?{day}"), "text/css; charset=utf-8", rules.encode())


def _narrowed(path: str, show: Callable[[Connection, Only], Response]) -> Response:
    """Read what the calendar is narrowed to, and show it, or lead to the one way to write it."""
    text = request.args.get("q", "")
    with site.current().store.read() as conn:
        if not text.strip():
            return show(conn, Only())
        try:
            only = Only(parse(text, Names(conn)))
        except Fault as fault:
            where = marked(text, fault.position)
            values = {"feed": LATEST, "action": path, "text": text}
            return refusal(fault.status, "calendarfault.html", fault=fault, marked=where, **values)
        return show(conn, only) if only.text == text else moved(i18n.keep(path + only.suffix))


def _month(conn: Connection, month: Month, path: str, only: Only) -> Response:
    ui = i18n.current()
    days = _days(conn, month.first, month.last, only)
    earlier, later = nearest(conn, month.first, month.last)
    return page(
        path + only.suffix,
        "calendar.html",
        month=words.month(month.first, ui),
        weekdays=words.weekdays(months.week_begins(ui), ui),
        weeks=month.weeks(ui),
        days=days,
        empty=not any(day.events for day in days.values()),
        before=_named(month.previous, only) if earlier else None,
        after=_named(month.following, only) if later else None,
        earlier=_named(months.Month(earlier.replace(day=1)), only) if earlier else None,
        later=_named(months.Month(later.replace(day=1)), only) if later else None,
        today=i18n.keep(_TODAY),
        **_around(conn, path, only),
    )


def _day(conn: Connection, day: date, path: str, only: Only) -> Response:
    return page(
        path + only.suffix,
        "calendarday.html",
        day_of=day,
        shown=_days(conn, day, day, only)[day],
        month=_named(months.Month(day.replace(day=1)), only),
        **_around(conn, path, only),
    )


def _around(conn: Connection, path: str, only: Only) -> dict[str, Any]:
    names = site.current().names.read(conn)
    return {
        "feed": LATEST,
        "action": path,
        "only": only,
        "told": describe(only.query, names, i18n.current()) if only.query else "",
        "file_for_calendars": with_suffix(only.feed, "ics"),
    }


def _days(conn: Connection, first: date, last: date, only: Only) -> Mapping[date, Day]:
    found = happenings(conn, first, last, _MOST)
    if only.query:
        fit = fitting(conn, only.query, sorted({one.item_id for one in found}))
        found = tuple(one for one in found if one.item_id in fit)
    return months.by_day(months.together(found, i18n.current()), first, last)


def _named(month: Month, only: Only) -> dict[str, object]:
    """A month to link to: there are links until the first and the last event, so that no crawler counts to eternity."""
    return {"path": f"/calendar/{month.first:%Y-%m}{only.suffix}", "name": words.month(month.first, i18n.current())}


def _today() -> date:
    return datetime.now(ZoneInfo(site.current().settings.timezone)).date()
