"""The day of a report from its main text alone: window, anchors, partial dates, and when to say nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from feeds.reading.dates.infer import infer
from feeds.reading.dates.story import Story
from tests.authorities import shipped

REST = "\n\nThe two sides will go on talking about fisheries, officials said."


def dated(body: str, *, title: str = "Talks on fisheries", language: str = "en", **more: object) -> str:
    found = infer(Story(title=title, summary="", body=body, language=language, **more), shipped().matcher)  # type: ignore[arg-type] # fields of Story
    return f"{found.edtf} {found.confidence}" if found.first else ""


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        (
            "en",
            "Secretary of State Antony Blinken met Acting President Choi Sang-mok on the 7th.",
            "2025-01-07/2025-01-08 medium",
        ),
        (
            "en",
            "Secretary of State Antony Blinken told Acting President Choi Sang-mok so on January 7.",
            "2025-01-07 medium",
        ),
        ("en", "Acting President Choi Sang-mok said on Tuesday that the port was safe.", "2024-12-31/2025-03-18 low"),
        ("ko", "최상목 대통령 권한대행은 7일 블링컨 국무장관과 회담했다고 외교부가 밝혔다.", "2025-01-07 medium"),
        ("zh", "韩国代总统崔相穆7日对美国国务卿布林肯表示，同盟不会改变。", "2025-01-07 medium"),
        ("ja", "韓国の崔相穆大統領代行は3月3日、国会で演説したと述べた。", "2025-03-03 medium"),
    ],
)
def test_partial_dates_within_the_titles(language: str, body: str, expected: str) -> None:
    assert dated(body, language=language) == expected


@pytest.mark.parametrize(
    "body",
    [
        "The company said on Tuesday, November 18, that it would close a plant.",  # nobody with a title
        "President Donald Trump said on November 18 that he liked boats.",  # the year is open
        "President Moon Jae-in said so on Monday. President Lee Jae Myung said so on Tuesday.",  # two times
        "Secretary of State Antony Blinken praised the declaration on July 7.",  # nothing but background, four years
    ],
)
def test_what_stays_undated(body: str) -> None:
    assert dated(body + REST) == ""


def test_background_dates_are_no_candidates() -> None:
    body = "Acting President Choi Sang-mok has kept silent since the incident on December 30."

    assert dated(body) == "2024-12-27/2025-03-23 low"


def test_a_former_title_is_a_lower_bound() -> None:
    body = "Former President Yoon Suk Yeol and Prime Minister Shigeru Ishiba said on May 5 that they had met."

    assert dated(body) == "2025-05-05 medium"


def test_a_term_of_office_gives_the_year() -> None:
    body = "President Lee Jae Myung, who took office last month, said on July 3 that fish mattered."

    assert dated(body) == "2025-07-03 medium"


def test_a_weekday_gives_the_year_of_a_dateline() -> None:
    body = "President Lee Jae Myung and Prime Minister Shigeru Ishiba said on Wednesday that fish mattered."

    assert dated(body, datelines=("SEOUL, Aug. 20 (Example) --",)) == "2025-08-20 medium"


def test_a_planned_full_date_closes_the_window() -> None:
    body = "President Lee Jae Myung said on July 3 that he will visit Oslo on August 25, 2025."

    assert dated(body) == "2025-07-03 medium"


def test_this_month_or_the_next() -> None:
    body = "Acting President Choi Sang-mok said on the 5th that the port opens late this month or early March."

    assert dated(body) == "2025-02-05 medium"


def test_today_in_the_headline() -> None:
    body = "Secretary of State Antony Blinken came on the 7th and will meet Acting President Choi Sang-mok on the 8th."

    assert dated(body, title="Fisheries on the table at today's talks") == "2025-01-08 medium"


def test_a_related_report_breaks_a_tie_and_does_nothing_else() -> None:
    body = (
        "Acting President Choi Sang-mok said on Tuesday that fish mattered."
        " It was said after last week's trip by Foreign Minister Cho Tae-yul."
    )
    related = ("Foreign Minister Cho Tae-yul was in Oslo on January 16, 2025.",)

    assert dated(body, related=related) == "2025-01-21 medium"
    assert dated(body.replace("last week's", "the long"), related=related) == "2024-12-31/2025-03-18 low"
    assert dated(body, related=("The mayor of Oslo was in Seoul on January 16, 2025.",)) == "2024-12-31/2025-03-18 low"


def test_somebody_of_the_headline_breaks_no_tie() -> None:
    body = "Acting President Choi Sang-mok said on Tuesday that fish mattered after last week's trip by Cho Tae-yul."
    related = ("Foreign Minister Cho Tae-yul was in Oslo on January 16, 2025.",)

    assert dated(body, title="Talks on fisheries", related=related) == "2025-01-21 medium"
    assert dated(body, title="Cho Tae-yul is back", related=related) == "2024-12-31/2025-03-18 low"


def test_days_that_the_page_does_not_allow() -> None:
    body = "Acting President Choi Sang-mok said on Tuesday that the port was safe."

    assert dated(body, bounds=(date(2025, 2, 1), date(2025, 2, 7))) == "2025-02-04 medium"
    assert dated(body, not_after=date(2025, 1, 6)) == "2024-12-31 medium"


def test_a_lead_that_fits_no_title_is_a_conflict_and_no_date() -> None:
    body = "Acting President Choi Sang-mok said on July 5 that the port was safe."

    found = infer(Story("Talks", "", body, "en"), shipped().matcher)

    assert found.edtf == ""
    assert found.conflicts == ("said-in-the-lead fits no day that is left: July 5",)


def test_what_is_past_must_fit_the_titles() -> None:
    body = "Acting President Choi Sang-mok said on March 5 that the port was safe. It was opened on 3 May 2026."

    found = infer(Story("Talks", "", body, "en"), shipped().matcher)

    assert found.edtf == ""
    assert found.conflicts == ("full-date-past fits no day that is left: 3 May 2026",)


def test_the_page_on_dates_names_every_rule() -> None:
    root = Path(__file__).parents[1]
    code = "".join(path.read_text(encoding="utf-8") for path in (root / "feeds" / "reading" / "dates").glob("*.py"))
    page = (root / "docs" / "dates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\| `([a-z-]+)`", page)) | set(re.findall(r", `([a-z-]+)` \|", page))
    used = set(re.findall(r'"((?:tenure|full-date|planned|dateline|this|said|happened|today|last)-[a-z-]+)"', code))

    assert used - {"full-date-"} <= named
    assert "title-window" in named


def test_evidence_says_where_it_stands() -> None:
    body = "😀 Secretary of State Antony Blinken told Acting President Choi Sang-mok so on January 7."

    found = infer(Story("Talks", "A summary.", body, "en"), shipped().matcher)

    assert [one.rule for one in found.evidence] == [
        "title-window: Secretary of State antony-blinken 2021-01-26/2025-01-20",
        "title-window: Acting President choi-sang-mok 2024-12-27/2025-03-24",
        "said-in-the-lead",
    ]
    for one in found.evidence:
        assert one.zone == "body"
        assert one.offset is not None
        assert body[one.offset :].startswith(one.text)
