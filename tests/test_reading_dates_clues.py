"""What bears on a date, and what each clue is worth."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.reading.dates.clues import Clues, candidates
from feeds.reading.dates.resolve import resolve
from feeds.reading.page import Stamp

REST = "\n\nThe two sides will go on talking next week."


def edtf(clues: Clues) -> str:
    return resolve(candidates(clues), clues.zone).edtf


def test_a_declared_time_wins_over_everything() -> None:
    clues = Clues(
        stamps=(Stamp("2024-10-25 15:05:00-04:00", "published_time"), Stamp("2024-10-25", "date")),
        basis="declared",
        datelines=("2024-10-01",),
        url="https://a.example/2024/10/25/x",
        body="They met on October 24, 2024, in Washington." + REST,
    )

    found = resolve(candidates(clues))

    assert (found.edtf, found.basis, found.confidence) == ("2024-10-25T15:05:00-04:00", "declared", "high")
    assert found.conflicts == ("dateline, unlabelled says 2024-10-01: 2024-10-01",)
    assert [one.rule for one in found.evidence] == ["published_time", "date", "URL", "full date in the lead"]


def test_a_printed_time_takes_the_zone_of_its_source() -> None:
    assert edtf(Clues(datelines=("2024.12.25. AM 05:10",), zone="Asia/Seoul")) == "2024-12-25T05:10:00+09:00"


def test_a_printed_time_without_any_zone_is_a_day() -> None:
    assert edtf(Clues(datelines=("2024.12.25. AM 05:10",))) == "2024-12-25"


def test_the_day_of_a_utc_time_is_that_of_the_source() -> None:
    clues = Clues(stamps=(Stamp("2024-12-24T20:10:00Z", "x"),), zone="Asia/Seoul")

    assert candidates(clues)[0].first == date(2024, 12, 25)


def test_published_goes_before_modified() -> None:
    assert edtf(Clues(datelines=("Updated 2024-12-26", "Posted 2024-12-25"))) == "2024-12-25"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2024/12/25/talks", "2024-12-25"),
        ("https://a.example/news/2024-12-25-talks", "2024-12-25"),
        ("https://a.example/news/202412250012.aspx", "2024-12-25"),
        ("https://a.example/2024/12/talks", "2024-12"),
        ("https://a.example/2024/99/99/x", ""),
        ("https://a.example/777916.html", ""),
    ],
)
def test_url(url: str, expected: str) -> None:
    assert edtf(Clues(url=url)) == expected


def test_an_agency_day_gets_its_year_from_the_weekday() -> None:
    clues = Clues(
        datelines=("路透首尔/华盛顿9月6日 -",),
        body="韩国官员周四称，双方将会晤。",
        everything=("资料图片：2018年6月12日", "第一个任期将在2021年初结束"),
    )

    assert edtf(clues) == "2018-09-06"


def test_a_day_with_its_weekday_gets_its_year_from_those_that_the_page_names() -> None:
    line, years = "3/7(土) 21:40掲載", ("2019年の港まつり", "2020年、初めて")
    assert edtf(Clues(datelines=(line,), body="市は、港を広げる。", everything=years)) == "2020-03-07"
    assert edtf(Clues(datelines=(line,), body="市は、港を広げる。", everything=years[:1])) == ""


def test_an_agency_day_without_a_weekday_stays_open() -> None:
    assert edtf(Clues(datelines=("SEOUL, Sept. 6 (Example) --",), body="They met.", everything=("in 2018",))) == ""


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The office announced on 28 April 2025 that bees may return.", "2025-04-28"),
        ("2025年4月28日，两国外长在首尔会晤。", "2025-04-28"),
        ("The leaders met in Seoul on Friday, November 14, 2025, for two hours.", "2025-11-14"),
        ("The leaders met at the White House on August 25, 2025, for two hours.", "2025-08-25/2025-08-27"),
        ("The leaders will meet in Seoul on August 25, 2025.", ""),
        ("The ban has been in force since August 25, 2025.", ""),
        ("The leaders met on August 25, 2025, and again on August 27, 2025.", ""),
        ("The leaders met on Monday.", ""),
        ("She resigned on Friday, after a report on the ferry that sank on 3 November 2019.", ""),
        (
            "The board said on Thursday that the party released its accounts on 14 August 2024, a Wednesday.",
            "2024-08-14/2024-08-16",
        ),
        ("The party released its accounts on 14 August 2024, the board said on Thursday.", ""),
        ("El sindicato firmó un acuerdo que vence el 31 de diciembre de 2027.", ""),
    ],
)
def test_a_full_date_in_the_lead(lead: str, expected: str) -> None:
    assert edtf(Clues(body=lead + REST)) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("27.1.2022 - The harbour remembered its dead. On 3 February 2022 it will again.", "2022-01-27"),
        ("Port Low, (12.11.2021). The parish keeps the 21 November 2021 as a day of rest.", "2021-11-12"),
        ("31. Oktober 2023. Wer wohnt am Hafen?", "2023-10-31"),
        ("By Ann Low\n\n27.1.2022 - The harbour remembered its dead.", "2022-01-27"),
        ("The bridge of 27.1.2022 - a toy. It was shown on 3 February 2022 too.", ""),
        ("By Ann Low\n\n1.2.2022 - One.\n\n5.2.2022 - Two.\n\n9.2.2022 - Three.", ""),
    ],
)
def test_a_date_before_the_text_is_its_dateline(lead: str, expected: str) -> None:
    assert edtf(Clues(body=lead + REST)) == expected


def test_a_page_that_prints_only_its_last_change_is_dated_by_it_without_confidence() -> None:
    found = resolve(candidates(Clues(hints=(Stamp("4 March 2020", "x", changed=True), Stamp("1 March 2020", "y")))))

    assert (found.edtf, found.confidence) == ("2020-03-04", "low")


def test_a_full_date_further_down_is_background() -> None:
    assert edtf(Clues(body="The leaders met.\n\nThe pact was announced on August 25, 2025.")) == ""


def test_evidence_counts_code_points_of_its_text() -> None:
    body = "😀 The office announced on 28 April 2025 that bees may return."

    evidence = resolve(candidates(Clues(body=body))).evidence[0]

    assert evidence.offset is not None
    assert evidence.zone == "body"
    assert body[evidence.offset :].startswith("28 April 2025")
