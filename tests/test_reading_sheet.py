"""Lines and their first marks."""

from __future__ import annotations

import pytest

from feeds.reading import BlockKind
from feeds.reading.page import Hint, Line
from feeds.reading.repair import split_lines
from feeds.reading.rules import load_rules
from feeds.reading.sheet import open_sheet
from tests.test_reading_blocks import FIRST, SECOND, THIRD

PLACES = "\n".join(
    f'[[rule]]\nid = "{place}"\nkind = "notice"\npattern = "{place} .*"\nwhere = "{place}"\nmax = 500'
    for place in ("head", "tail", "inner", "below", "edge")
)


def marked(place: str) -> list[int]:
    """Which of seven like lines around and between three paragraphs the place reaches."""
    line = f"{place} words"
    others = [f"{line} {letter}" for letter in "abcdefg"]
    text = "\n\n".join(
        [others[0], others[1], FIRST, others[2], SECOND, others[3], THIRD, others[4], others[5], others[6]]
    )
    sheet = open_sheet(split_lines(text), load_rules({"a.toml": PLACES}))
    hit = {sheet.lines[at].text for at, mark in enumerate(sheet.marks) if mark is not None}
    return [number for number, other in enumerate(others) if other in hit]


def test_places() -> None:
    assert marked("head") == [0, 1]
    assert marked("tail") == [3, 4, 5, 6]
    assert marked("below") == [1, 2, 3, 4, 5, 6]
    assert marked("edge") == [0, 1, 4, 5, 6]
    assert marked("inner") == [0, 1, 2, 3, 4, 5, 6]


def test_the_last_paragraph_is_not_inner() -> None:
    rules = load_rules(
        {"a.toml": '[[rule]]\nid = "x"\nkind = "caption"\npattern = ".*\\\\(AP\\\\)"\nwhere = "inner"\nmax = 500'}
    )
    text = f"{FIRST} (AP)\n\n{SECOND}\n\n{THIRD} (AP)"

    assert [mark.kind if mark else None for mark in open_sheet(split_lines(text), rules).marks] == [
        BlockKind.CAPTION,
        None,
        None,
    ]


def test_shares_begin_at_nothing_and_grow() -> None:
    shares = open_sheet(split_lines(f"{FIRST}\n{FIRST}\n{FIRST}\n{FIRST}"), load_rules({})).shares()

    assert shares == [0.0, 0.25, 0.5, 0.75]


def linked(text: str) -> bool:
    """Whether a line of its own that is all link is left out."""
    sheet = open_sheet([Line(FIRST, 0, 1), Line(text, 1, 2, 1, Hint.LINK), Line(SECOND, 2, 3, 2)], load_rules({}))
    return sheet.marks[1] is not None


def test_links_that_read_like_headlines_are_promotions_and_others_are_the_authors() -> None:
    assert linked("Ten things to know about harbour dues")
    assert linked("SEE THE PICTURES OF THE OLD TUGS NOW")
    assert not linked("The rule holds for new members only, but you need not be one.")
    assert not linked("replace all of its pilots by the spring")
    assert not linked("https://pier.example/dues")
    assert not linked("[1] Harbour dues and their impact, J. Doe")
    assert not linked("The Pier")


def test_many_recurring_lines_are_a_list() -> None:
    label = f"By our own desk\n\n{FIRST}\n\nBy our own desk\n\n{SECOND}\n\n{THIRD}"
    recipe = "\n\n".join([*(f"Take part {letter} of it" for letter in "abcdefghij"), FIRST, SECOND, THIRD] * 2)

    def recurring(text: str) -> int:
        sheet = open_sheet(split_lines(text), load_rules({}))
        return sum(mark is not None and mark.rule == "recurring-line" for mark in sheet.marks)

    assert recurring(f"Tugs\n\n{label}") == 2
    assert recurring(recipe) == 0


def dated(*lines: str) -> list[str]:
    """The lines that are taken for the day of the report."""
    sheet = open_sheet(split_lines("\n\n".join(lines)), load_rules({}))
    return [
        line.text
        for line, mark in zip(sheet.lines, sheet.marks, strict=True)
        if mark and mark.kind is BlockKind.DATELINE
    ]


@pytest.mark.parametrize("line", ["3/7(토) 14:00", "12월 3일(화) 오후 7시", "12/3(火) 19:00"])
def test_a_day_without_a_year_dates_the_report_above_its_text_only(line: str) -> None:
    assert dated("Tugs", line, FIRST, SECOND) == [line]
    assert dated("Tugs", FIRST, line, SECOND, THIRD) == []
    assert dated("Tugs", FIRST, SECOND, THIRD, line) == []
    assert dated("Tugs", "A race", line) == []


def test_several_days_without_a_year_are_a_timetable() -> None:
    assert dated("Tugs", "3/7(토) 14:00", "3/8(일) 14:00", FIRST, SECOND) == []
    assert dated("Tugs", "3/7(토) 14:00", "3/7(토) 14:00", FIRST) == ["3/7(토) 14:00"] * 2


def test_a_label_makes_a_day_without_a_year_that_of_the_report_anywhere() -> None:
    assert dated("Tugs", FIRST, "3/7(土) 21:40配信", SECOND, THIRD) == ["3/7(土) 21:40配信"]
    assert dated("Tugs", FIRST, SECOND, "입력 3월 7일(토) 오후 9:40") == ["입력 3월 7일(토) 오후 9:40"]
