"""Sections that hang onto an article, in known and in unknown words."""

from __future__ import annotations

import pytest

from feeds.reading.blocks import segment
from feeds.reading.page import Hint, Line
from feeds.reading.tools import load_tools
from tests.test_reading_blocks import ELSEWHERE, FIRST, SECOND, THIRD, body, kinds, parts

ELSEWHERE_TOO = (
    "The ferry company has ordered two electric ships, which will be built abroad and delivered in three years."
)
LAST = "The first joint watch begins in October, when the ferries change to their winter timetable, the mayors said."
KOREAN = "정부는 내년 예산에서 항만 안전을 위한 투자를 크게 늘리기로 했다고 어제 기자회견에서 밝혔다."
ARTICLE = f"Towns share their tugs\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "heading",
    ["Related articles", "相关文章", "관련 기사", "関連記事", "Te puede interesar", "Lesen Sie auch", "À lire aussi"],
)
def test_related_reports_in_many_languages(heading: str) -> None:
    text = f"{ARTICLE}\n\n{heading}\n\nThe long bridge is open\n\n{ELSEWHERE}\n\n{KOREAN}"

    assert body(text) == [FIRST, SECOND, THIRD]
    assert [(brief.title, brief.language) for brief in parts(text).briefs] == [
        ("The long bridge is open", "en"),
        (KOREAN, "ko"),
    ]


def test_what_people_say_is_kept_apart_and_is_no_brief() -> None:
    text = f"{ARTICLE}\n\nWhat people are saying\n\n{ELSEWHERE}"

    assert kinds(text)[-1] == ("social", ELSEWHERE[:24])
    assert parts(text).briefs == ()


def test_a_heading_in_another_script_is_the_page_speaking() -> None:
    assert body(f"{ARTICLE}\n\n뭔가 다른 것\n\n{ELSEWHERE}\n\n{KOREAN}") == [FIRST, SECOND, THIRD]


def test_a_heading_over_entries_with_a_recurring_label() -> None:
    text = f"{ARTICLE}\n\nFurther afield\n\n{ELSEWHERE}\n\nXyzzy plugh\n\n{KOREAN}\n\nXyzzy plugh"

    assert parts(text).blocks[4].rule != "heading-over-labelled-entries"  # a paragraph stands between it and the label
    text = f"{ARTICLE}\n\nFurther afield\n\nThe bridge is open\n\nXyzzy plugh\n\n{ELSEWHERE}\n\nXyzzy plugh\n\n{KOREAN}"

    assert body(text) == [FIRST, SECOND, THIRD]
    assert [brief.title for brief in parts(text).briefs] == ["The bridge is open", KOREAN]


def test_headlines_alone_are_left_out_but_are_no_briefs() -> None:
    text = f"{ARTICLE}\n\nMost read\nBridge opens at last\nRain until Friday"

    assert body(text) == [FIRST, SECOND, THIRD]
    assert parts(text).briefs == ()


def test_a_box_of_headlines_inside_the_article_ends_where_the_text_goes_on() -> None:
    box = "Related articles\nBridge opens at last\nRain until Friday"
    text = f"Towns share their tugs\n\n{FIRST}\n\n{box}\n\n{SECOND}\n\n{THIRD}"

    assert body(text) == [FIRST, SECOND, THIRD]


def test_words_of_a_heading_inside_a_sentence_cut_nothing() -> None:
    advice = "Read more of the related articles in the treaty, the mayor advised."
    text = f"Towns share their tugs\n\n{FIRST}\n\n{advice}\n\n{SECOND}"

    assert len(body(text)) == 3


def test_a_date_in_a_related_report_is_no_dateline() -> None:
    text = f"{ARTICLE}\n\nRelated articles\n\nThe long bridge is open\nMarch 3, 2024\n\n{ELSEWHERE}"

    assert ("dateline", "March 3, 2024") not in kinds(text)


def test_a_cookie_notice_takes_its_buttons_along() -> None:
    text = f"{ARTICLE}\n\nThis site uses cookies\n\nWe use them to count visits. See our policy.\nDecline"

    assert [kind for kind, _ in kinds(text)[4:]] == ["notice"] * 3


def test_a_label_that_also_stands_above_the_heading_belongs_to_the_article() -> None:
    text = (
        f"{ARTICLE}\n\nXyzzy plugh\n\nFurther afield\n\nThe bridge is open\n\nXyzzy plugh\n\n{ELSEWHERE}\n\n"
        f"Xyzzy plugh\n\n{KOREAN}"
    )

    assert body(text)[:3] == [FIRST, SECOND, THIRD]
    assert ELSEWHERE in body(text)


def test_a_box_early_in_the_page_ends_where_the_text_goes_on() -> None:
    box = "Read more\n\nThe bridge is open\n\nThe road is closed"
    long = "Read more\n\n" + "\n\n".join(f"Item number {number} of the list" for number in range(14))

    assert body(f"Towns share their tugs\n\n{FIRST}\n\n{box}\n\n{SECOND}\n\n{THIRD}") == [FIRST, SECOND, THIRD]
    assert len(body(f"Towns share their tugs\n\n{FIRST}\n\n{long}\n\n{SECOND}\n\n{THIRD}\n\n{SECOND} {THIRD}")) > 14


def test_where_links_are_known_running_text_ends_a_section() -> None:
    made = [
        Line(text, 0, len(text), at, hint)
        for at, (text, hint) in enumerate(
            [
                (FIRST, Hint.PARAGRAPH),
                (SECOND, Hint.PARAGRAPH),
                ("Read more", Hint.PARAGRAPH),
                ("The long bridge over the sound is open", Hint.LINK),
                (THIRD, Hint.PARAGRAPH),
            ]
        )
    ]
    blocks = segment(made, load_tools().rules).blocks

    assert [block.kind.value for block in blocks] == ["body", "body", "notice", "notice", "body"]


@pytest.mark.parametrize(("heading", "left"), [("Related articles", []), ("Read more", [ELSEWHERE, ELSEWHERE_TOO])])
def test_where_links_are_known_reports_told_late_under_related_articles_are_no_text(
    heading: str, left: list[str]
) -> None:
    texts = [FIRST, SECOND, THIRD, LAST, heading, ELSEWHERE, ELSEWHERE_TOO]
    hints = [Hint.HEADING if text == heading else Hint.PARAGRAPH for text in texts]
    made = [Line(text, 0, len(text), at, hint) for at, (text, hint) in enumerate(zip(texts, hints, strict=True))]
    found = segment([*made, Line("Home", 0, 4, 9, Hint.LINK)], load_tools().rules)

    assert [block.text for block in found.blocks if block.kind.value == "body"] == [FIRST, SECOND, THIRD, LAST, *left]
    assert [brief.text for brief in found.briefs] == ([] if left else [ELSEWHERE, ELSEWHERE_TOO])
