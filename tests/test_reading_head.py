"""Which line is the title."""

from __future__ import annotations

import pytest

from feeds.reading.head import clean_title
from tests.test_reading_blocks import FIRST, SECOND, kinds, parts


def test_a_kicker_is_not_the_title() -> None:
    assert parts(f"Politics\nTowns share their pilots and tugs\n\n{FIRST}\n\n{SECOND}").title == (
        "Towns share their pilots and tugs"
    )


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
