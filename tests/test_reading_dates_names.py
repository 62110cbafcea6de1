"""Names of months and weekdays."""

from __future__ import annotations

from feeds.reading.dates.names import find_weekdays, months


def test_months_of_many_languages() -> None:
    names = ("december", "dec", "diciembre", "décembre", "dezember", "dicembre", "dezembro", "декабря", "aralık")

    assert {months()[name] for name in names} == {12}
    assert months()["sept"] == 9


def test_weekdays_in_order() -> None:
    assert find_weekdays("On Tuesday, not on Sunday") == [1, 6]
    assert find_weekdays("韩国官员周四称，星期二会晤") == [3, 1]
    assert find_weekdays("수요일 회담, 16일(목)") == [2, 3]
    assert find_weekdays("木曜日に") == [3]
    assert find_weekdays("Mondays and sundaes") == []
