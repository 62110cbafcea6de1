"""Amounts and shares, whatever language they are counted in."""

from __future__ import annotations

import pytest

from feeds.tagging.amounts import amounts


@pytest.mark.parametrize(
    "text", ["$350 billion", "3500억 달러", "총3500억", "3,500億ドル", "提供3500亿美元", "350 bn", "３５００億"]
)
def test_an_amount_is_one_whatever_it_is_counted_in(text: str) -> None:
    assert list(amounts(f"It is {text} in all")) == ["3.5e+11"]


@pytest.mark.parametrize(
    "text", ["15 percent", "15 per cent", "15%", "15퍼센트", "관세15%로", "征收15%的关税", "上限は15パーセント"]
)
def test_a_share_is_one_in_every_language(text: str) -> None:
    assert list(amounts(text)) == ["15%"]


def test_what_is_counted_and_a_share_of_the_same_figure_are_two() -> None:
    assert list(amounts("40 boats, 40%, 40,000 and 0.25")) == ["40", "40%", "40000", "0.25"]


@pytest.mark.parametrize("text", ["in 2025", "on the 6th", "12 people", "30", "F15"])
def test_days_years_small_counts_and_parts_of_words_are_none(text: str) -> None:
    assert list(amounts(text)) == []
