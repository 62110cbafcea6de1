"""Full dates in words and in fields."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from feeds.reading.dates.expressions import find_dates, parse_stamp

SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "day", "clock", "offset"),
    [
        ("2024.12.25. AM 05:10", "2024-12-25", "05:10", None),
        ("at 2024-12-25T05:10:30+09:00 sharp", "2024-12-25", "05:10:30", SEOUL),
        ("2024年12月25日（水）18時30分", "2024-12-25", "18:30", None),
        ("2024년 12월 25일 오후 5:10", "2024-12-25", "17:10", None),
        ("2024년 12월 25일 오전 12시 10분", "2024-12-25", "00:10", None),
        ("Dec. 25, 2024 5:10 p.m. KST", "2024-12-25", "17:10", SEOUL),
        ("Wednesday, 25th December 2024", "2024-12-25", None, None),
        ("25 de diciembre de 2024", "2024-12-25", None, None),
        ("le 25 décembre 2024 à 8h15", "2024-12-25", "08:15", None),
        ("25. Dezember 2024, 14:30 Uhr", "2024-12-25", "14:30", None),
        ("25 декабря 2024", "2024-12-25", None, None),
        ("ngày 25 tháng 12 năm 2024", "2024-12-25", None, None),
        ("25.12.2024", "2024-12-25", None, None),
        ("12/25/2024", "2024-12-25", None, None),
        ("25/12/2024", "2024-12-25", None, None),
        ("112年2月16日", "2023-02-16", None, None),
        ("民國112年2月16日", "2023-02-16", None, None),
        ("令和6年1月2日", "2024-01-02", None, None),
        ("發布日期：113-01-02", "2024-01-02", None, None),
        ("call 113-01-02 for the harbour", None, None, None),
        ("平成元年", None, None, None),
        ("03/04/2025", None, None, None),
        ("2024-13-01", None, None, None),
        ("30 February 2024", None, None, None),
        ("1989-01-01", None, None, None),
        ("call 02-398-8585 about Section 232 or the 737", None, None, None),
        ("in May 2024 they may march on", None, None, None),
        ("2024-12-25 13:00-15:00", "2024-12-25", "13:00", None),
        ("2024-12-25 25:99", "2024-12-25", None, None),
    ],
)
def test_find_dates(text: str, day: str | None, clock: str | None, offset: timezone | None) -> None:
    found = find_dates(text)

    if day is None:
        assert found == []
    else:
        assert [(one.day, one.clock, one.offset) for one in found] == [
            (date.fromisoformat(day), time.fromisoformat(clock) if clock else None, offset)
        ]


def test_offsets_point_at_what_is_printed() -> None:
    text = "Published 3 March 2024 at 9:05 a.m., updated 4 March 2024."

    assert [text[one.start : one.end] for one in find_dates(text)] == ["3 March 2024 at 9:05 a.m.", "4 March 2024"]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("20180619T055000+0900", "2018-06-19T05:50:00+09:00"),
        ("2025-11-13 20:28:43-05:00", "2025-11-13T20:28:43-05:00"),
        ("Thu, 02 Nov 2023 10:12:16 -0400", "2023-11-02T10:12:16-04:00"),
        ("1529283660000", "2018-06-18T01:01:00+00:00"),
        ("2019-11-20T09:29:08.123Z", "2019-11-20T09:29:08+00:00"),
    ],
)
def test_exact_stamps(text: str, instant: str) -> None:
    found = parse_stamp(text)

    assert found is not None
    assert found.instant == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["2023/02/21 21:20", "2023-02-21", "21 February 2023", "Tue, 21 Feb 2023"])
def test_days(text: str) -> None:
    found = parse_stamp(text)

    assert found is not None
    assert (found.day, found.instant) == (date(2023, 2, 21), None)


@pytest.mark.parametrize("text", ["", "9" * 5_000, "yesterday", "0001-01-01", "99999999999999", "Mon, x", "2024-W99-9"])
def test_no_stamps(text: str) -> None:
    assert parse_stamp(text) is None
