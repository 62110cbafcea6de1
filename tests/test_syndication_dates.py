from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from feeds.syndication.dates import date_note, rfc822
from storage.types import UNDATED, Evidence, Published
from tests.syndication_samples import DAY, EXACT

SHOWN = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)


def test_rss_dates_are_english_and_in_utc() -> None:
    moment = datetime(2024, 12, 25, 5, 10, 1, 999_999, tzinfo=timezone(timedelta(hours=9)))
    assert rfc822(moment) == "Tue, 24 Dec 2024 20:10:01 +0000"


def test_years_have_four_digits() -> None:
    assert rfc822(datetime(999, 5, 4, tzinfo=UTC)) == "Sat, 04 May 0999 00:00:00 +0000"


@pytest.mark.parametrize(
    ("published", "note"),
    [
        (EXACT, ""),
        (DAY, "Published on 2024-12-24, the day only, from the dateline, “SEOUL, Dec. 24”."),
        (
            Published("month", "text", first=date(2025, 7, 1), last=date(2025, 7, 31)),
            "Published in 2025-07, the month only, from the text.",
        ),
        (
            Published("range", "inferred", first=date(2025, 7, 30), last=date(2025, 8, 2)),
            "Published between 2025-07-30 and 2025-08-02, inferred.",
        ),
        (UNDATED, "Date unknown: first seen on 2026-03-01."),
    ],
)
def test_a_date_that_is_not_exact_says_how_it_was_got(published: Published, note: str) -> None:
    assert date_note(published, SHOWN) == note


def test_long_evidence_is_cut_and_stays_on_one_line() -> None:
    wordy = replace(DAY, evidence=(Evidence("Dec.\n24 \u202e" + "x" * 200, "text", 0, "rule"),))
    note = date_note(wordy, SHOWN)
    assert note == f"Published on 2024-12-24, the day only, from the dateline, “Dec. 24 {'x' * 71}…”."
