from __future__ import annotations

from datetime import date

import pytest

from feeds.web.i18n import INTERFACES
from feeds.web.months import Month, Shown, by_day, read_day, read_month, together
from storage.happenings import Happening

EN, KO = INTERFACES["en"], INTERFACES["ko"]


def happening(number: int, first: int, last: int = 0, *, group: str | None = None, language: str = "en") -> Happening:
    days = date(2026, 2, first), date(2026, 2, last or first)
    return Happening(*days, None, f"Sentence {number}.", number, f"uuid-{number}", "Title", language, None, group)


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-02", date(2026, 2, 1)), ("0002-01", date(2, 1, 1)), ("9998-12", date(9998, 12, 1))],
)
def test_a_month_is_read(text: str, first: date) -> None:
    assert read_month(text) == Month(first)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-2", "0001-01", "9999-12", "２０２６-02", "20260", "2026-02-01", "x"]
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert read_month(text) is None


@pytest.mark.parametrize("text", ["2026-02-30", "20260210", "2026-W06-2", "2026-02-1", "9999-01-01", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None
    assert read_day("2024-02-29") == date(2024, 2, 29)


def test_months_follow_each_other() -> None:
    january = Month(date(2026, 1, 1))
    assert january.previous == Month(date(2025, 12, 1))
    assert january.following == Month(date(2026, 2, 1))
    assert january.following.last == date(2026, 2, 28)
    assert Month(date(2026, 12, 1)).last == date(2026, 12, 31)


def test_weeks_begin_as_the_readers_do() -> None:
    month = Month(date(2026, 2, 1))  # a Sunday
    assert [day and day.day for day in month.weeks(EN)[0]] == [None, None, None, None, None, None, 1]
    assert [day and day.day for day in month.weeks(KO)[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert len(month.weeks(KO)) == 4


def test_reports_of_one_event_stand_once_in_the_readers_language() -> None:
    found = [happening(1, 3, group="g"), happening(2, 3, group="g", language="ko-KR"), happening(3, 3), happening(4, 4)]
    assert [(one.told.item_id, one.others) for one in together(found, EN)] == [(1, 1), (3, 0), (4, 0)]
    assert [(one.told.item_id, one.others) for one in together(found, KO)] == [(2, 1), (3, 0), (4, 0)]


def test_two_dates_of_one_group_are_two_events() -> None:
    found = [happening(1, 3, group="g"), happening(2, 4, group="g")]
    assert len(together(found, EN)) == 2


def test_a_span_stands_on_each_of_its_days() -> None:
    events = together([happening(1, 2, 4)], EN)
    days = by_day(events, date(2026, 2, 1), date(2026, 2, 5))
    assert [[shown.part for shown in day.events] for day in days.values()] == [
        [],
        ["begins"],
        ["goes on"],
        ["ends"],
        [],
    ]


def test_a_span_that_began_before_or_ends_after_is_cut() -> None:
    events = together([happening(1, 1, 28)], EN)
    days = by_day(events, date(2026, 2, 10), date(2026, 2, 11))
    assert [day.events for day in days.values()] == [(Shown(events[0], "goes on"),)] * 2


def test_spans_come_first_then_what_most_reports_tell() -> None:
    found = [
        happening(1, 3),
        happening(2, 3, group="g"),
        happening(3, 3, group="g"),
        happening(4, 1, 3),
        happening(5, 3, 4),
    ]
    (day,) = by_day(together(found, EN), date(2026, 2, 3), date(2026, 2, 3)).values()
    assert [shown.event.told.item_id for shown in day.events] == [4, 5, 2, 1]
