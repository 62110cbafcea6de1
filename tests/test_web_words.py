from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from feeds.web import rules, words
from feeds.web.i18n import INTERFACES
from feeds.web.words import Moment, Name
from storage.types import UNDATED, Published, Subject
from tests.builders import RUBIO

EN, KO, ZH, JA = (INTERFACES[code] for code in ("en", "ko", "zh", "ja"))
SEOUL = timezone(timedelta(hours=9))
MORNING = datetime(2024, 12, 25, 5, 10, tzinfo=SEOUL)


def dated(precision: str, first: date, last: date) -> Published:
    return Published(precision, "text", first=first, last=last)  # type: ignore[arg-type]


def test_an_exact_time_is_shown_on_the_clocks_of_the_setting() -> None:
    assert words.instant(MORNING, "Asia/Seoul", EN).text == "25 December 2024, 05:10 UTC+09:00"
    assert words.instant(MORNING, "UTC", EN).text == "24 December 2024, 20:10 UTC"
    assert words.instant(MORNING, "America/New_York", EN).text == "24 December 2024, 15:10 UTC-05:00"
    assert words.instant(MORNING, "UTC", EN).machine == "2024-12-25T05:10:00+09:00"


def test_the_ends_of_the_calendar_are_no_crash() -> None:
    assert words.instant(datetime.min.replace(tzinfo=UTC), "America/New_York", EN).text == "1 January 1, 00:00 UTC"


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
    assert words.published(value, "UTC", EN) == expected


def test_dates_stand_in_the_readers_order() -> None:
    day = date(2026, 2, 3)
    assert [words.day(day, ui).text for ui in (EN, KO, ZH, JA)] == [
        "3 February 2026",
        "2026년 2월 3일",
        "2026年2月3日",
        "2026年2月3日",
    ]
    assert words.instant(MORNING, "Asia/Seoul", KO).text == "2024년 12월 25일 05:10 UTC+09:00"
    assert words.month(day, ZH) == Moment("2026-02", "2026年2月")


def test_how_a_date_was_got() -> None:
    exact = Published("second", "dateline", instant=MORNING, zone_origin="source", confidence="high")
    assert words.how_dated(exact, EN) == (
        "The date stands in the line that says when the report was filed. The exact time is known. "
        "The time zone is the one in which this source writes."
    )
    day = dated("day", date(2026, 2, 3), date(2026, 2, 3))
    assert words.how_dated(day, EN) == (
        "The date was worked out from what the text says. The day is known, the time is not."
    )
    stretch = replace(dated("range", date(2026, 1, 28), date(2026, 2, 3)), confidence="low")
    assert words.how_dated(stretch, EN) == (
        "The date was worked out from what the text says. It appeared between 28 January 2026 and 3 February 2026. "
        "Confidence in it is low."
    )
    assert words.how_dated(stretch, ZH) == (
        "日期根据正文内容推算得出。发表于2026年1月28日至2026年2月3日之间。可信度较低。"
    )
    assert words.how_dated(UNDATED, EN) == "Nothing in the file says when the report appeared."


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
    assert words.language(code, EN) == name


def test_an_unknown_language_is_an_empty_attribute() -> None:
    assert (words.lang("und"), words.lang("zh-Hans")) == ("", "zh-Hans")


def test_where_evidence_stands() -> None:
    assert [words.place(zone, EN) for zone in ("dateline", "elsewhere")] == ["in the dateline", "elsewhere"]


@pytest.mark.parametrize(
    ("rule", "code", "told"),
    [
        ("name alone", "ko", Name("이름만으로", "ko")),
        ("keyphrase 1.5", "ja", Name("重み1.5のキーフレーズ", "ja")),
        ("event-planned", "zh", Name("预定的事", "zh-Hans")),
        ("event-planned", "en", Name("something planned", "en")),
        ("title-window: president lee 2025/..", "en", Name("term of an office", "en")),
        ("meta pubdate", "ko", Name("meta pubdate", "en")),
    ],
)
def test_rules_are_told_in_the_readers_words_and_unknown_ones_by_their_id(rule: str, code: str, told: Name) -> None:
    assert rules.rule(rule, INTERFACES[code]) == told


def test_a_name_is_shown_in_the_readers_language_and_marked_with_its_own() -> None:
    assert words.name(RUBIO, "marco-rubio", ZH) == Name("卢比奥", "zh-Hans")
    assert words.name(RUBIO, "marco-rubio", JA) == Name("Marco Rubio", "en")
    assert words.name(None, "gone", KO) == Name("gone", "")
    korean = Subject("actor", "kookmin", "국민", "organisation", {"ko": ("국민",)})
    assert words.name(korean, "kookmin", EN) == Name("국민", "ko")
