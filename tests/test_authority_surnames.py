from __future__ import annotations

import pytest

from feeds.authority.surnames import another_person, title_cased


@pytest.mark.parametrize(
    ("text", "family", "another"),
    [
        ("talks with Eric Trump on Monday", "Trump", True),
        ("Cho Min-ho said", "Cho", True),
        ("the court heard Cho Minho speak", "Cho", True),
        ("Trump Jr. said", "Trump", True),
        ("Mrs. Trump said", "Trump", True),
        ("But Trump said", "Trump", False),
        ("On Monday Trump said", "Trump", False),
        ("Yesterday, Trump said", "Trump", False),
        ("Korea's Cho said", "Cho", False),
        ("Cho Vows Deeper Ties With Washington", "Cho", False),
        ("エリック・トランプ氏", "トランプ", True),
    ],
)
def test_a_given_name_makes_it_another_person(text: str, family: str, another: bool) -> None:
    start = text.index(family)
    assert another_person(text, start, start + len(family), (), ()) is another


def test_known_names_around_it_are_no_given_names() -> None:
    text = "in fair Seoul Cho spoke"
    assert another_person(text, 14, 17, (), ())
    assert not another_person(text, 14, 17, {13}, ())


def test_headlines_in_title_case() -> None:
    assert title_cased("Minister Cho Meets Rubio in Washington")
    assert not title_cased("The minister met Marco Rubio in Washington on Tuesday.")
