"""Lines and prefixes that say when a report was filed."""

from __future__ import annotations

import pytest

from feeds.reading.dates.dateline import Filed, find_filed, is_credited_date, is_dateline, stamps_of


@pytest.mark.parametrize(
    "text",
    [
        "2024.12.25. AM 05:10",
        "입력 2024.12.25. 오전 05:10 | 수정 2024.12.25. 오전 06:00",
        "Published: December 25, 2024 5:10 pm",
        "Veröffentlicht am 7. Oktober 2025, 16:45 Uhr",
        "2025年04月18日 07:42 来源：青石港晨报",
        "December 25, 2024",
        "الأربعاء 1447/8/16 هـ الموافق 2026/02/04 م",
        "發布日期：115-02-04",
        "上傳：115/02/04 09:30",
        "3/7(土) 21:40掲載",
        "입력 3월 7일(토) 오후 9:40",
    ],
)
def test_datelines(text: str) -> None:
    assert is_dateline(text)


@pytest.mark.parametrize(
    "text",
    [
        "The talks of December 25, 2024 ended without a result",
        "The two sides met on December 25, 2024 in Seoul and will meet again in the coming spring, officials said.",
        "Section 232",
        "最終更新：3/8(日) 7:05",
        "公演は3/7(土) 19:00開演",
        "3/7(土) 19:00 港まつり",
        "3/7 21:40",
        "",
    ],
)
def test_other_lines(text: str) -> None:
    assert not is_dateline(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-04 20:15 Staff Reporter Chen Mei-ling, Taipei",
        "February 4, 2026 9:30 PM | Kim Example Harbour News",
        "4 February 2026 · Kim Example, Harbour News",
        "2026-02-04 Kim Example, Harbour News",
        "Posted 2026-02-04 20:15 Kim Example and Sato Example",
        "Kim Example, Harbour News correspondent 2026.02.04 09:30",
        "Kim Example, Harbour News correspondent | 4 February 2026",
        "2026-02-04 20:15:33 来源：江风网 编辑：王小明 作者：李小舟、赵六",
    ],
)
def test_dates_with_a_byline(text: str) -> None:
    assert is_credited_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "On February 4, 2026, 9:30 PM the ferry sails again",
        "The ferry sails again on February 4, 2026, 9:30 PM",
        "4 February 2026 and the years that follow",
        "2026-02-04: towns share their tugs",
        "2026-02-04 20:15 The ferry sailed again after three weeks.",
        "Kim Example, Harbour News correspondent",
    ],
)
def test_headlines_with_a_date(text: str) -> None:
    assert not is_credited_date(text)


def test_what_the_dates_are_of() -> None:
    labels = [label for _, label in stamps_of("Posted 2024-12-25 05:10 - Updated 2024-12-26")]

    assert labels == ["published", "modified"]
    assert [label for _, label in stamps_of("2024-12-25")] == ["unlabelled"]


@pytest.mark.parametrize(
    ("text", "filed"),
    [
        ("SEOUL, Aug. 20 (Yonhap) -- The", Filed("SEOUL, Aug. 20 (Yonhap) --", 27, 20, 8)),
        ("WASHINGTON, March 3, 2024 — The", Filed("WASHINGTON, March 3, 2024 —", 28, 3, 3, 2024)),
        ("Madrid, 3 de marzo de 2024 (EFE) - El", Filed("Madrid, 3 de marzo de 2024 (EFE) -", 35, 3, 3, 2024)),
        ("Puerto Viejo, 4 feb (Costa).- El", Filed("Puerto Viejo, 4 feb (Costa).-", 30, 4, 2)),
        ("ПРИМОРСК, 4 февраля. /Берег/. Маяк", Filed("ПРИМОРСК, 4 февраля. /Берег/.", 30, 4, 2)),
        ("ПРИМОРСК, 4 авг — РИА Новости. Маяк", Filed("ПРИМОРСК, 4 авг — РИА Новости.", 31, 4, 8)),
        ("SEOUL (Reuters) - The", Filed("SEOUL (Reuters) -", 18)),
        ("【6月18日 AFP】ナイ", Filed("【6月18日 AFP】", 11, 18, 6)),
        ("【松江＝湊あかり】宍道湖", Filed("【松江＝湊あかり】", 9)),
        ("路透首尔/华盛顿9月6日 - 韩国", Filed("路透首尔/华盛顿9月6日 -", 15, 6, 9)),
        ("新华社北京2024年9月6日电 韩国", Filed("新华社北京2024年9月6日电", 16, 6, 9, 2024)),
        ("本报青石港4月17日电（记者 周望舒）青石港", Filed("本报青石港4月17日电（记者 周望舒）", 19, 17, 4)),
        ("（中央社記者王大同台北21日電）行政院", Filed("（中央社記者王大同台北21日電）", 16, 21)),
        ("（島田記者高雄3日專電）港", Filed("（島田記者高雄3日專電）", 12, 3)),
        ("（島田記者高雄3日綜合外電報導）港", Filed("（島田記者高雄3日綜合外電報導）", 16, 3)),
        ("3/7(土) 21:40掲載", Filed("3/7(土) 21:40", 12, 7, 3)),
        ("(서울=연합뉴스) 홍길동 기자 = 정부는", Filed("(서울=연합뉴스) 홍길동 기자 =", 19)),
    ],
)
def test_agency_datelines(text: str, filed: Filed) -> None:
    assert find_filed(text) == filed


@pytest.mark.parametrize(
    "text",
    [
        "Seoul agreed on Aug. 20 to share crews - a first",
        "北京9月6日举行会谈",
        "SEOUL, Aug. 20 (Yonhap) --",
        "SEOUL, Aug. 45 (Yonhap) -- The talks",
        "Kim (left) met Lee",
    ],
)
def test_other_openings(text: str) -> None:
    assert find_filed(text) is None
