"""Names of months and weekdays."""

from __future__ import annotations

import re
import sys

import pytest

from feeds.reading.dates.dateline import find_filed
from feeds.reading.dates.names import find_weekdays, fold, month_pattern, months, weekdays


def test_months_of_many_languages() -> None:
    names = ("december", "dec", "diciembre", "décembre", "dezember", "dicembre", "dezembro", "декабря", "aralık")

    assert {months()[fold(name)] for name in names} == {12}
    assert months()["sept"] == 9


def test_weekdays_in_order() -> None:
    assert find_weekdays("On Tuesday, not on Sunday") == [1, 6]
    assert find_weekdays("韩国官员周四称，星期二会晤") == [3, 1]
    assert find_weekdays("수요일 회담, 16일(목)") == [2, 3]
    assert find_weekdays("木曜日に") == [3]
    assert find_weekdays("Mondays and sundaes") == []


@pytest.mark.parametrize(("printed", "day"), [("Salı", 1), ("SALI", 1), ("Sali", 1), ("SALİ", 1), ("ſunday", 6)])
def test_a_letter_that_a_pattern_holds_for_equal_names_the_same_day(printed: str, day: int) -> None:
    assert find_weekdays(f"{printed}, 25 Kasım 2025") == [day]


def test_months_with_either_i() -> None:
    filed = [find_filed(f"ANKARA, {name} 5 (AA) -- They met.") for name in ("KASIM", "Kasım", "kasim", "Kasİm")]

    assert [one and one.month for one in filed] == [11, 11, 11, 11]


def test_whatever_the_patterns_match_has_a_key() -> None:
    """Every other character that `re` takes for a letter of a name still leads to the name's number."""
    everything = "".join(map(chr, set(range(sys.maxunicode + 1)) - set(range(0xD800, 0xE000))))
    tables = {name: months() for name in months()} | {name: weekdays() for name in weekdays()}
    twins = {char: re.findall(re.escape(char), everything, re.IGNORECASE) for char in set("".join(tables))}

    assert "ı" in twins["i"]
    assert re.fullmatch(month_pattern(), "KASIM", re.IGNORECASE)
    for name, table in tables.items():
        for place, char in enumerate(name):
            for twin in twins[char]:
                assert table[fold(name[:place] + twin + name[place + 1 :])] == table[name]
