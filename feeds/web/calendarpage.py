"""`/calendar`: a month of event dates, and each of its days, with the sentences that say so.

No page says which day is today, so that its bytes do not depend on the clock: a small stylesheet of its own marks it.
Only `/calendar` looks at the clock, for the month that it shows.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint

from feeds.errors import NotFound
from feeds.web import i18n, months, site, words
from feeds.web.answers import answer_bytes
from feeds.web.render import page
from feeds.web.words import N_
from storage.happenings import happenings, nearest
from storage.names import labels
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask import Response

    from feeds.web.months import Day, Month
    from storage.engine import Connection

calendar = Blueprint("calendar", __name__)

_MOST = 200  # dates that are read of each day
_TODAY = "/static/today.css"


@calendar.get("/calendar")
def this_month() -> Response:
    """The month that it is."""
    return _month(months.Month(_today().replace(day=1)), "/calendar")


@calendar.get("/calendar/<text>")
def month_or_day(text: str) -> Response:
    """A month, `2026-02`, or a day, `2026-02-10`."""
    if month := months.read_month(text):
        return _month(month, _path(month))
    if day := months.read_day(text):
        return _day(day)
    raise NotFound(N_("There is no such month or day."))


@calendar.get(_TODAY)
def today() -> Response:
    """The stylesheet that marks today: the one part of a calendar that changes at midnight."""
    day, said = _today(), i18n.gettext(N_("Today"))
    cell = f"#d{day}"
    rules = f'{cell} {{ box-shadow: inset 0 0 0 2px var(--accent); }}\n{cell} h2::after {{ content: " {said}"; }}\n'
    # Under an address that nobody asks for, so that what answers before Flask (feeds.web.fast) does not learn it.
    return answer_bytes(i18n.keep(f"{_TODAY}?{day}"), "text/css; charset=utf-8", rules.encode())


def _month(month: Month, path: str) -> Response:
    ui = i18n.current()
    with site.current().store.read() as conn:
        days = _days(conn, month.first, month.last)
        earlier, later = nearest(conn, month.first, month.last)
    return page(
        path,
        "calendar.html",
        feed=LATEST,
        month=words.month(month.first, ui),
        weekdays=words.weekdays(months.week_begins(ui), ui),
        weeks=month.weeks(ui),
        days=days,
        empty=not any(day.events for day in days.values()),
        before=_named(month.previous) if earlier else None,
        after=_named(month.following) if later else None,
        earlier=_named(months.Month(earlier.replace(day=1))) if earlier else None,
        later=_named(months.Month(later.replace(day=1))) if later else None,
        today=i18n.keep(_TODAY),
    )


def _day(day: date) -> Response:
    with site.current().store.read() as conn:
        days, names = _days(conn, day, day), labels(conn)
    return page(
        f"/calendar/{day}",
        "calendarday.html",
        feed=LATEST,
        day_of=day,
        names=names,
        shown=days[day],
        month=_named(months.Month(day.replace(day=1))),
    )


def _days(conn: Connection, first: date, last: date) -> Mapping[date, Day]:
    found = months.together(happenings(conn, first, last, _MOST), i18n.current())
    return months.by_day(found, first, last)


def _path(month: Month) -> str:
    return f"/calendar/{month.first:%Y-%m}"


def _named(month: Month) -> dict[str, object]:
    """A month to link to: there are links until the first and the last event, so that no crawler counts to eternity."""
    return {"path": _path(month), "name": words.month(month.first, i18n.current())}


def _today() -> date:
    return datetime.now(ZoneInfo(site.current().settings.timezone)).date()
