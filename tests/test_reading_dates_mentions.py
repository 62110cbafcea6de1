"""Partial dates of running text, and the days that they mean."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.reading.dates.mentions import Mention, find_mentions

REPORT = date(2025, 11, 19)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "text", "printed", "ahead", "expected"),
    [
        ("en", "pledged on November 18 to help", "November 18", False, "2025-11-18"),
        ("en", "met on 3 Dec. in Oslo", "3 Dec.", True, "2025-12-03"),
        ("en", "came on the 5th.", "the 5th", False, "2025-11-05"),
        ("en", "(last 16th)", "last 16th", True, "2025-11-16"),
        ("en", "on Tuesday", "Tuesday", False, "2025-11-18"),
        ("en", "on Wednesday", "Wednesday", True, "2025-11-19"),
        ("en", "next Tuesday", "next Tuesday", True, "2025-11-25"),
        ("en", "Friday, November 28", "Friday, November 28", True, "2025-11-28"),
        ("en", "Friday, November 27", "Friday, November 27", True, None),
        ("en", "talks yesterday", "yesterday", False, "2025-11-18"),
        ("en", "talks next week", "next week", True, "2025-11-24/2025-11-30"),
        ("en", "from 18-20 September 2018 in", "18-20 September 2018", True, "2018-09-18/2018-09-20"),
        ("en", "met on 29 January 2026", "29 January 2026", False, "2026-01-29"),
        ("zh", "周四表示", "周四", False, "2025-11-13"),
        ("zh", "下周二会见", "下周二", True, "2025-11-25"),
        ("zh", "双方18日会谈", "18日", False, "2025-11-18"),
        ("zh", "上月30日抵达", "上月30日", False, "2025-10-30"),
        ("zh", "12月3日将举行", "12月3日", True, "2025-12-03"),
        ("zh", "将于9月18-20日会晤", "9月18-20日", True, "2026-09-18/2026-09-20"),
        ("ko", "18일 밝혔다", "18일", False, "2025-11-18"),
        ("ko", "오는 25일 방문", "오는 25일", False, "2025-11-25"),
        ("ko", "지난달 30일 만났다", "지난달 30일", False, "2025-10-30"),
        ("ko", "다음 주 화요일", "다음 주 화요일", True, "2025-11-25"),
        ("ko", "11월 28일(금) 열린다", "11월 28일(금)", True, "2025-11-28"),
        ("ja", "29日に開かれる", "29日", True, "2025-11-29"),
        ("ja", "来週の火曜日に", "来週の火曜日", True, "2025-11-25"),
        ("ko", "11/28(금) 열린다", "11/28(금)", True, "2025-11-28"),
        ("ja", "11/28（金）に開く", "11/28（金）", True, "2025-11-28"),
        ("ja", "11/27（金）に開く", "11/27（金）", True, None),
        ("ja", "18日（火）会談", "18日（火）", False, "2025-11-18"),
    ],
)
def test_when(language: str, text: str, printed: str, ahead: bool, expected: str | None) -> None:
    (mention,) = find_mentions(text, language)
    days = mention.when(REPORT, ahead=ahead)

    assert text[mention.start : mention.end] == printed
    assert (days and "/".join(dict.fromkeys(day.isoformat() for day in days))) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on the 5th floor"),
        ("en", "the 38th parallel"),
        ("en", "Good Friday"),
        ("en", "every Tuesday"),
        ("en", "they may march 300 km and may 5,000 more"),
        ("en", "the Sunday Times"),
        ("zh", "一周四次"),
        ("zh", "第3日间"),
        ("ko", "3일간 이어진"),
        ("ko", "20일 만에"),
        ("ko", "3일 전 이후"),
        ("ja", "3日間の"),
        ("ja", "10日ぶり"),
        ("de", "am Dienstag, dem 5."),
    ],
)
def test_what_is_no_day(language: str, text: str) -> None:
    assert find_mentions(text, language) == ()


def test_a_day_that_no_month_has() -> None:
    assert find_mentions("on February 42", "en") == ()
    assert Mention(0, 1, month=2, day=30).when(REPORT, ahead=True) is None
