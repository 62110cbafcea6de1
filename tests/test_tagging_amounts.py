"""Amounts and shares, whatever language they are counted in."""

from __future__ import annotations

import pytest

from feeds.tagging.amounts import amounts


@pytest.mark.parametrize(
    "text",
    [
        *("$350 billion", "3500억 달러", "총3500억", "3,500億ドル", "提供3500亿美元", "350 bn", "３５００億"),
        *("3천500억 달러", "3천5백억", "3천 500억", "3千5百億円"),
    ],
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1조2000억원", "1.2e+12"),
        ("1조 2천억원", "1.2e+12"),
        ("1兆2000億円", "1.2e+12"),
        ("1.2万亿元", "1.2e+12"),
        ("1조5천억원", "1.5e+12"),
        ("1억5천만", "1.5e+08"),
        ("1億5000万円", "1.5e+08"),
        ("1만5000명", "15000"),
        ("1만 2000명", "12000"),
        ("5천명", "5000"),
    ],
)
def test_what_is_counted_in_several_units_is_one_amount(text: str, expected: str) -> None:
    assert list(amounts(f"모두 {text}")) == [expected]


def test_amounts_side_by_side_and_a_year_behind_one_stay_apart() -> None:
    assert list(amounts("2억 3억, 4만 2024년")) == ["2e+08", "3e+08", "40000"]


@pytest.mark.parametrize("text", ["12 tnt charges", "20 billionaires", "코로나19백신"])
def test_the_beginning_of_a_word_is_no_unit(text: str) -> None:
    assert list(amounts(text)) == []


def test_long_runs_of_digits_take_no_long_time() -> None:
    assert len(list(amounts("1" * 30_000 + " " + "1," * 30_000 + " 1천" * 3000))) > 0
