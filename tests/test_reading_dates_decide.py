"""Printed dates first, then words; weekdays that disagree; years that no title allows."""

from __future__ import annotations

from feeds.reading.dates.clues import Clues
from feeds.reading.dates.decide import published
from feeds.reading.page import Stamp
from tests.authorities import shipped

MATCHER = shipped().matcher
BODY = "Acting President Choi Sang-mok said on Tuesday that the port was safe."


def test_a_printed_day_ends_the_search() -> None:
    clues = Clues(stamps=(Stamp("2019-05-06", "date"),), body=BODY, language="en")

    assert published(clues, MATCHER).edtf == "2019-05-06"


def test_a_printed_month_is_sharpened() -> None:
    clues = Clues(url="https://a.example/2025/02/x", body=BODY.replace("Tuesday", "the 4th"), language="en")

    found = published(clues, MATCHER)

    assert (found.edtf, found.basis) == ("2025-02-04", "inferred")
    assert found.evidence[0].rule == "URL month"


def test_without_a_matcher_nothing_is_inferred() -> None:
    assert published(Clues(body=BODY, language="en"), None).edtf == ""
    assert published(Clues(body=BODY, language="en"), MATCHER).edtf == "2024-12-31/2025-03-18"


def test_a_year_that_no_title_allows_is_no_answer() -> None:
    # 3 May was a Tuesday in 2022, the only year that the page prints; the title is of 2024 and 2025
    clues = Clues(datelines=("SEOUL, May 3 (Example) --",), body=BODY, everything=("2022",), language="en")

    found = published(clues, MATCHER)

    assert found.edtf == ""
    assert found.conflicts == (
        "title-window allows 2024-12-27/2025-03-23, not 2022-05-03",
        "dateline-day fits no day that is left: SEOUL, May 3 (Example) --",
    )


def test_a_wrong_weekday_beside_the_date_is_a_conflict() -> None:
    clues = Clues(
        stamps=(Stamp("2012-12-10", "date"),), body="行政长官在星期二（12月10日）的答问会上表示。", language="zh"
    )

    found = published(clues, None)

    assert found.edtf == "2012-12-10"
    assert found.conflicts == ("weekday beside the date: 2012-12-10 was a Monday: 在星期二（12月10日）的答问会",)


def test_a_right_weekday_and_another_day_are_none() -> None:
    body = "They met on Monday, December 10, and on Tuesday, December 18."
    clues = Clues(stamps=(Stamp("2012-12-10", "date"),), body=body, language="en")

    assert published(clues, None).conflicts == ()
