"""Phrases that hang a report on the start or the end of a term of office."""

from __future__ import annotations

import pytest

from feeds.authority.roles import role_mentions
from feeds.reading.dates.anchors import anchors, month_of
from feeds.reading.dates.story import Story
from tests.authorities import shipped


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "President Lee Jae Myung, who took office last month, spoke.", ["2025-07-01/2025-07-31"]),
        ("en", "President Lee Jae Myung, who took office in June, spoke.", ["2025-06-04/2026-05-05"]),
        (
            "en",
            "It is the second such meeting since President Lee Jae Myung took office last June.",
            ["2025-06-04/2026-05-05"],
        ),
        ("en", "President Lee Jae Myung took office two weeks ago.", ["2025-06-14/2025-06-22"]),
        ("en", "President Lee Jae Myung took office in May.", []),
        (
            "en",
            "President Lee Jae Myung spoke five months since the Lee administration's launch.",
            ["2025-10-18/2025-11-19"],
        ),
        (
            "en",
            "President Lee Jae Myung spoke about five months since the Lee administration's launch.",
            ["2025-10-10/2025-11-27"],
        ),
        ("en", "Secretary of State Antony Blinken came two weeks before his term ends.", ["2025-01-02/2025-01-10"]),
        ("ko", "이재명 대통령은 취임 100일 만에 처음으로 말했다.", ["2025-09-10/2025-09-14"]),
        ("ko", "이재명 대통령은 지난달 취임했다.", ["2025-07-01/2025-07-31"]),
        ("zh", "韩国总统李在明上月就任。", ["2025-07-01/2025-07-31"]),
        ("ja", "韓国の李在明大統領は先月就任した。", ["2025-07-01/2025-07-31"]),
        ("zh", "韓國總統李在明本月4日剛剛就職。", ["2025-06-01/2025-06-30"]),
        ("ko", "이재명 대통령은 지난달 4일 취임했다.", ["2025-07-01/2025-07-31"]),
        ("ja", "韓国の李在明大統領は先月4日に就任した。", ["2025-07-01/2025-07-31"]),
        (
            "en",
            "President Lee Jae Myung met Secretary of State Marco Rubio. Lee Jae Myung took office last month.",
            ["2025-07-01/2025-07-31"],
        ),
        ("en", "The envoy took office last month.", []),
    ],
)
def test_anchor(language: str, text: str, expected: list[str]) -> None:
    matcher = shipped().matcher
    story = Story("", "", text, language)

    found = anchors(story, role_mentions(matcher, text, language), matcher)

    assert [f"{first}/{last}" for one in found for first, last in one.spans] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by late this month or early March", 2),
        ("this month or January", 12),
        ("本月底或3月初", 2),
        ("이달 말이나 3월 초", 2),
        ("今月末か3月初め", 2),
        ("this month or never", None),
    ],
)
def test_this_month_or_the_next(text: str, expected: int | None) -> None:
    found = month_of(Story("", "", text, "en"))

    assert (found and found[0]) == expected
