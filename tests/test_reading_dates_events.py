"""Event dates, counted from the day of the report."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.reading.dates.events import brief_events, event_dates
from storage.types import UNDATED, Published
from tests.authorities import on

RANGE = Published("range", "inferred", first=date(2025, 11, 17), last=date(2025, 11, 18))
WIDE = Published("range", "inferred", first=date(2025, 11, 3), last=date(2025, 11, 18))


def days(body: str, published: Published, language: str = "en") -> list[str]:
    found = event_dates(body, language, published)
    return [str(one.first) if one.first == one.last else f"{one.first}/{one.last}" for one in found]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "He will hold talks on Friday. The summit on 25 November is set.", ["2025-11-21"]),
        ("en", "The ministerial is set for Thursday and they met on Monday.", ["2025-11-20", "2025-11-17"]),
        ("en", "They will meet next week.", ["2025-11-24/2025-11-30"]),
        ("en", "They met on 29 January 2020, and met again on 29 January.", ["2020-01-29"]),
        ("en", "He said on Monday that he was well.", []),
        ("en", "Monday is a colour.", []),
        ("zh", "两国外长将于周四会见。", ["2025-11-20"]),
        ("ko", "25일 열리는 회의에 참석한다.", ["2025-11-25"]),
        ("ja", "29日に開かれる会議に出席する。", ["2025-11-29"]),
        ("de", "Sie treffen sich am Donnerstag.", []),
    ],
)
def test_events(language: str, body: str, expected: list[str]) -> None:
    assert days(body, on("2025-11-18"), language) == expected


def test_an_interval_gives_an_interval_or_nothing() -> None:
    assert days("They will meet tomorrow.", RANGE) == ["2025-11-18/2025-11-19"]
    assert days("They will meet on Friday.", RANGE) == ["2025-11-21"]
    assert days("They will meet on Friday.", WIDE) == []


def test_without_a_date_only_full_dates_are_days() -> None:
    assert days("They will meet on Friday. They met on 3 May 2025.", UNDATED) == ["2025-05-03"]


def test_one_event_a_day_in_the_order_of_the_text_and_no_more_than_twelve() -> None:
    assert days("They met on Monday. They held talks on Monday. They met on 3 May 2025.", on("2025-11-18")) == [
        "2025-11-17",
        "2025-05-03",
    ]
    assert len(days(" ".join(f"They met on {day} May 2025." for day in range(1, 29)), on("2025-11-18"))) == 12


def test_the_sentence_and_the_place_are_kept() -> None:
    body = "😀 Rain fell. They will hold talks on Friday in Oslo.\n\nThe end."

    (event,) = event_dates(body, "en", on("2025-11-18"))
    (evidence,) = event.evidence

    assert event.sentence == "They will hold talks on Friday in Oslo."
    assert (evidence.text, evidence.zone, evidence.rule) == ("Friday", "body", "event-planned")
    assert evidence.offset is not None
    assert body[evidence.offset :].startswith("Friday in Oslo")


@pytest.mark.parametrize(
    ("language", "text", "parent", "expected"),
    [
        ("en", "The envoy stated on November 28 in Seoul that doors were open.", on("2025-11-18"), ["2025-11-28"]),
        ("en", "The minister arrived in Oslo on January 23 for talks.", on("2026-02-03"), ["2026-01-23"]),
        ("zh", "双方2026年1月29日在华盛顿举行会谈。", UNDATED, ["2026-01-29"]),
        ("en", "The minister arrived in Oslo on January 23 for talks.", UNDATED, []),
        ("zh", "他誓言恢复2018年9月19日军事协议。", on("2025-11-18"), []),
        ("zh", "总统周三承诺恢复会谈。", on("2025-11-18"), []),
        ("en", "The minister arrived in Oslo on Monday, January 23, for talks.", on("2026-02-03"), []),
    ],
)
def test_the_day_that_a_brief_states(language: str, text: str, parent: Published, expected: list[str]) -> None:
    assert [str(one.first) for one in brief_events(text, language, parent)] == expected
