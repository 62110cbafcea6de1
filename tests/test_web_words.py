from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from feeds.web import words
from feeds.web.words import Moment
from storage.types import UNDATED, Published

SEOUL = timezone(timedelta(hours=9))
MORNING = datetime(2024, 12, 25, 5, 10, tzinfo=SEOUL)


def dated(precision: str, first: date, last: date) -> Published:
    return Published(precision, "text", first=first, last=last)  # type: ignore[arg-type]


def test_an_exact_time_is_shown_on_the_clocks_of_the_setting() -> None:
    assert words.instant(MORNING, "Asia/Seoul").text == "25 December 2024, 05:10 UTC+09:00"
    assert words.instant(MORNING, "UTC").text == "24 December 2024, 20:10 UTC"
    assert words.instant(MORNING, "America/New_York").text == "24 December 2024, 15:10 UTC-05:00"
    assert words.instant(MORNING, "UTC").machine == "2024-12-25T05:10:00+09:00"


def test_the_ends_of_the_calendar_are_no_crash() -> None:
    assert words.instant(datetime.min.replace(tzinfo=UTC), "America/New_York").text == "1 January 1, 00:00 UTC"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNDATED, ()),
        (dated("day", date(2026, 2, 3), date(2026, 2, 3)), (Moment("2026-02-03", "3 February 2026"),)),
        (dated("month", date(2026, 2, 1), date(2026, 2, 28)), (Moment("2026-02", "February 2026"),)),
        (
            dated("range", date(2026, 1, 28), date(2026, 2, 3)),
            (Moment("2026-01-28", "28 January 2026"), Moment("2026-02-03", "3 February 2026")),
        ),
        (
            Published("second", "dateline", instant=MORNING),
            (Moment("2024-12-25T05:10:00+09:00", "24 December 2024, 20:10 UTC"),),
        ),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(value: Published, expected: tuple[Moment, ...]) -> None:
    assert words.published(value, "UTC") == expected


def test_how_a_date_was_got() -> None:
    exact = Published("second", "dateline", instant=MORNING, zone_origin="source")
    assert words.how_dated(exact) == (
        "An exact time: read from the line that says when the report was filed. "
        "The time zone is the one this source writes in."
    )
    day = dated("day", date(2026, 2, 3), date(2026, 2, 3))
    assert words.how_dated(day) == "A day, without a time: worked out from what the text says."
    assert words.how_dated(UNDATED) == "Not known: nothing in the file says when it appeared."


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("zh-Hant", "Chinese (Traditional)"),
        ("ko", "Korean"),
        ("ja", "Japanese"),
        ("und", "unknown"),
        ("xx", "xx"),
        ("", ""),
        ("not a language", "not a language"),
    ],
)
def test_names_of_languages(code: str, name: str) -> None:
    assert words.language(code) == name


def test_an_unknown_language_is_an_empty_attribute() -> None:
    assert (words.lang("und"), words.lang("zh-Hans")) == ("", "zh-Hans")


def test_where_evidence_stands() -> None:
    assert (words.place("dateline"), words.place("elsewhere")) == ("the dateline", "elsewhere")
