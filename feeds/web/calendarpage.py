"""`/calendar`: a month of event dates, and each of its days, with the sentences that say so; all, or of a selection.

No page says which day is today, so that its bytes do not depend on the clock: a small stylesheet of its own marks it.
Only `/calendar` looks at the clock, for the month that it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Blueprint

from feeds.errors import NotFound
from feeds.syndication.addresses import feed_path, with_suffix
from feeds.syndication.selection import Fault, canonical, parse
from feeds.syndication.selection_address import address, selection
from feeds.web import i18n, months, site, words
from feeds.web.answers import answer_bytes, moved
from feeds.web.errors import refusal
from feeds.web.lookup import latest_feed
from feeds.web.parameters import single
from feeds.web.render import kept_page
from feeds.web.selectwords import describe, marked
from feeds.web.words import N_
from storage.happenings import happenings, nearest
from storage.search import fitting
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from flask import Response

    from feeds.web.months import Day, Month
    from storage.engine import Connection
    from storage.happenings import Fit
    from storage.query import Query

calendar = Blueprint("calendar", __name__)

_OF_A_MONTH, _OF_A_DAY = 20, 100  # dates that are read of each day
_TODAY = "/static/today.css"


@dataclass(frozen=True, slots=True)
class Only:
    """What the calendar is narrowed to; `query` is None where it shows everything."""

    query: Query | None = None

    @property
    def text(self) -> str:
        """The query as text."""
        return canonical(self.query) if self.query else ""

    def path(self, when: str = "") -> str:
        """The page of a month, a day, or the month that it is."""
        return months.calendar_path(when, self.query)

    @property
    def feed(self) -> str:
        """The page of the feed that has the same dates."""
        return feed_path(self.key)

    @property
    def key(self) -> FeedKey:
        """That feed."""
        return FeedKey("select", address(selection(self.query))) if self.query else LATEST


@calendar.get("/calendar")
def this_month() -> Response:
    """The month that it is."""
    month = months.Month(_today().replace(day=1))
    return _narrowed("", lambda conn, only: _month(conn, month, "", only))


@calendar.get("/calendar/<text>")
def month_or_day(text: str) -> Response:
    """A month, `2026-02`, or a day, `2026-02-10`."""
    if month := months.read_month(text):
        return _narrowed(text, lambda conn, only: _month(conn, month, text, only))
    if day := months.read_day(text):
        return _narrowed(text, lambda conn, only: _day(conn, day, only))
    raise NotFound(N_("There is no such month or day."))


@calendar.get(_TODAY)
def today() -> Response:
    """The stylesheet that marks today: the one part of a calendar that changes at midnight."""
    day, said = _today(), i18n.gettext(N_("Today"))
    cell = f"#d{day}"
    rules = f'{cell} {{ box-shadow: inset 0 0 0 2px var(--accent); }}\n{cell} h2::after {{ content: " {said}"; }}\n'
    # Under an address that nobody asks for, so that what answers before Flask (feeds.web.fast) does not learn it.
    return answer_bytes(i18n.keep(f"{_TODAY}?{day}"), "text/css; charset=utf-8", rules.encode())


def _narrowed(when: str, show: Callable[[Connection, Only], Response]) -> Response:
    """Read what the calendar is narrowed to, and show it, or lead to the one way to write it."""
    text = single("q")
    with site.current().store.read() as conn:
        if not text.strip():
            return show(conn, Only())
        try:
            only = Only(parse(text, site.current().names.finder(conn)))
        except Fault as fault:
            where = marked(text, fault.position)
            values = {"feed": LATEST, "action": months.calendar_path(when), "text": text}
            return refusal(fault.status, "calendarfault.html", fault=fault, marked=where, **values)
        return show(conn, only) if only.text == text else moved(i18n.keep(only.path(when)))


def _month(conn: Connection, month: Month, when: str, only: Only) -> Response:
    return kept_page(
        conn,
        only.path(when),
        "calendar.html",
        feed=replace(latest_feed(conn), key=only.key),
        values=lambda: _of_month(conn, month, when, only),
        mark=str(month.first),
    )


def _of_month(conn: Connection, month: Month, when: str, only: Only) -> dict[str, Any]:
    ui = i18n.current()
    days = _days(conn, month.first, month.last, only, _OF_A_MONTH)
    empty = not any(day.events for day in days.values())
    # Without a selection the two are at hand; with one they are looked for only where they are needed.
    earlier, later = nearest(conn, month.first, month.last)
    around = nearest(conn, month.first, month.last, _fit(conn, only)) if empty else (None, None)
    return {
        "month": words.month(month.first, ui),
        "weekdays": words.weekdays(months.week_begins(ui), ui),
        "weeks": month.weeks(ui),
        "days": days,
        "empty": empty,
        "before": _named(month.previous, only) if earlier else None,
        "after": _named(month.following, only) if later else None,
        "around": [one and _named(months.Month(one.replace(day=1)), only) for one in around],
        "today": i18n.keep(_TODAY),
        **_narrowing(conn, when, only),
    }


def _day(conn: Connection, day: date, only: Only) -> Response:
    def values() -> dict[str, Any]:
        return {
            "day_of": day,
            "shown": _days(conn, day, day, only, _OF_A_DAY)[day],
            "month": _named(months.Month(day.replace(day=1)), only),
            **_narrowing(conn, str(day), only),
        }

    return kept_page(
        conn, only.path(str(day)), "calendarday.html", feed=replace(latest_feed(conn), key=only.key), values=values
    )


def _narrowing(conn: Connection, when: str, only: Only) -> dict[str, Any]:
    names = site.current().names.read(conn)
    return {
        "action": months.calendar_path(when),
        "only": only,
        "told": describe(only.query, names, i18n.current()) if only.query else "",
        "file_for_calendars": with_suffix(only.feed, "ics"),
    }


def _days(conn: Connection, first: date, last: date, only: Only, most: int) -> Mapping[date, Day]:
    found = happenings(conn, first, last, most, _fit(conn, only))
    return months.by_day(months.together(found.told, i18n.current()), first, last, found.cut)


def _fit(conn: Connection, only: Only) -> Fit | None:
    return fitting(conn, only.query) if only.query else None


def _named(month: Month, only: Only) -> dict[str, object]:
    """A month to link to: there are links until the first and the last event, so that no crawler counts to eternity."""
    return {"path": only.path(f"{month.first:%Y-%m}"), "name": words.month(month.first, i18n.current())}


def _today() -> date:
    return datetime.now(ZoneInfo(site.current().settings.timezone)).date()
