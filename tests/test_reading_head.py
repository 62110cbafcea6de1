"""Which line is the title."""

from __future__ import annotations

import pytest

from feeds.reading.blocks import segment
from feeds.reading.head import clean_title
from feeds.reading.page import Hint, Line
from feeds.reading.rules import load_rules
from tests.test_reading_blocks import FIRST, SECOND, kinds, parts


def test_a_kicker_is_not_the_title() -> None:
    assert parts(f"Politics\nTowns share their pilots and tugs\n\n{FIRST}\n\n{SECOND}").title == (
        "Towns share their pilots and tugs"
    )


def test_the_title_shares_words_with_the_text_and_what_stands_above_it_does_not() -> None:
    found = kinds(f"Go to the main navigation\nThe Chronicle\nTowns share their pilots and tugs\n\n{FIRST}\n\n{SECOND}")

    assert found[:3] == [
        ("notice", "Go to the main navigatio"),
        ("notice", "The Chronicle"),
        ("title", "Towns share their pilots"),
    ]


def test_the_first_line_is_the_title_where_no_line_shares_more() -> None:
    assert parts(f"A quarrel nobody wanted to have\nHope at last\n\n{FIRST}\n\n{SECOND}").title == (
        "A quarrel nobody wanted to have"
    )


def test_one_shared_word_makes_a_long_line_the_title_though_its_deck_shares_more() -> None:
    title = "Old quarrels end and watchmen of the north learn to divide their tugs"
    assert parts(f"{title}\nA council to settle the costs in autumn\n\n{FIRST}\n\n{SECOND}").title == title


def test_what_stands_between_a_deck_and_the_date_is_no_text() -> None:
    deck = "The boards of both harbours have found a way to save the wages of three men."
    found = kinds(
        f"Towns share their tugs\n{deck}\nShare full story\n17\nPublished 4 February 2026\n\n{FIRST}\n\n{SECOND}"
    )

    assert [kind for kind, _ in found] == ["title", "body", "deck", "deck", "dateline", "body", "body"]


def test_a_short_title_alone_is_one() -> None:
    assert parts(f"조현 방미\n\n{FIRST}\n\n{SECOND}").title == "조현 방미"


def test_a_text_without_paragraphs() -> None:
    assert kinds("Towns share their tugs\n\nThey met.\n\nNobody slept.") == [
        ("title", "Towns share their tugs"),
        ("body", "They met."),
        ("body", "Nobody slept."),
    ]


@pytest.mark.parametrize("line", ["# Tugs", "Title: Tugs", "제목: Tugs", "- Tugs", "**Tugs**", "Tugs,"])
def test_clean_title(line: str) -> None:
    assert clean_title(line) == "Tugs"


def paged(*lines: tuple[str, Hint]) -> list[tuple[str, str]]:
    made = [Line(text, 0, len(text), at, hint) for at, (text, hint) in enumerate(lines)]
    return [(block.kind.value, block.text) for block in segment(made, load_rules({})).blocks]


def test_what_the_markup_calls_a_paragraph_is_no_deck_unless_it_is_a_byline() -> None:
    question = "Remember the long quest for a harbour that both of the towns could use"
    found = paged(
        ("Towns share their tugs", Hint.HEADING),
        ("Staff reports", Hint.PARAGRAPH),
        (question, Hint.PARAGRAPH),
        (FIRST, Hint.PARAGRAPH),
    )

    assert [kind for kind, _ in found] == ["title", "deck", "body", "body"]


def test_many_short_lines_over_a_text_are_the_text() -> None:
    table = [f"{place} Skipper {name}" for place, name in enumerate("abcdefgh")]

    assert [kind for kind, _ in kinds("\n\n".join(["Results of the regatta", *table, FIRST, SECOND]))] == [
        "title",
        *["body"] * 10,
    ]


def test_a_line_that_opens_with_a_date_is_no_text_however_long_the_desk_behind_it() -> None:
    found = paged(
        ("Towns share their tugs", Hint.HEADING),
        ("2026-02-04 20:15　Harbour Gazette 港口編輯台", Hint.PARAGRAPH),
        (FIRST, Hint.PARAGRAPH),
        (SECOND, Hint.PARAGRAPH),
    )

    assert [kind for kind, _ in found] == ["title", "dateline", "body", "body"]
    assert next(kind for kind, _ in kinds(f"On 4 February towns share their tugs\n\n{FIRST}\n\n{SECOND}")) == "title"
    assert next(kind for kind, _ in kinds(f"2026-02-04: towns share their tugs\n\n{FIRST}\n\n{SECOND}")) == "title"
