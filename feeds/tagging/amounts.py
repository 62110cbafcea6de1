"""The amounts and shares of a text, written the same whatever language they are counted in. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = r"(?:\d{1,3}+(?:,\d{3})++|\d++)(?:\.\d++)?+"
_PART = rf"{_DIGITS}(?:[천千십十]|백(?!신)|百(?!分))"  # not 코로나19백신, 25百分点
_COUNT = rf"(?:(?:{_PART} ?)++(?:{_DIGITS})?+|{_DIGITS}) ?"
_TRILLIONS = rf"{_COUNT}(?:만억|万亿|万億|萬億|[조兆])"
_HUNDRED_MILLIONS = rf"{_COUNT}[억億亿]"
_TEN_THOUSANDS = rf"{_COUNT}[만万萬]"
# What goes on below the last big unit: 2만3천, 1万5000, 1만 2천; apart and without a unit, if it is no year.
_TAIL = rf"(?: ?(?:{_PART})++\d*+|\d{{1,3}}(?:,\d{{3}})+|\d+| \d{{3,4}}(?! ?[\d년年]))"
_CHAIN = (
    rf"(?:{_TRILLIONS}(?: ?{_HUNDRED_MILLIONS})?(?: ?{_TEN_THOUSANDS})?"
    rf"|{_HUNDRED_MILLIONS}(?: ?{_TEN_THOUSANDS})?|{_TEN_THOUSANDS}){_TAIL}?|(?:{_PART})++\d*+"
)
_LATIN = r"(thousand|million|billion|trillion|tn|bn)s?(?![a-z])"
_PERCENT = r"(%|percent|per cent|퍼센트|パーセント|个百分点)"
_NUMBER = re.compile(rf"(?<![0-9a-z.,])(?:({_CHAIN})|({_DIGITS})(?:[\s-]?(?:{_LATIN}|{_PERCENT}))?)(?!\d)")
_TOKEN = re.compile(rf"({_DIGITS})|만억|万亿|万億|萬億|\w")
_LATIN_TIMES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
_PARTS = {"천": 1e3, "千": 1e3, "백": 1e2, "百": 1e2, "십": 1e1, "十": 1e1}
_TIMES = {
    "만": 1e4, "万": 1e4, "萬": 1e4, "억": 1e8, "億": 1e8, "亿": 1e8, "조": 1e12, "兆": 1e12,
    "만억": 1e12, "万亿": 1e12, "万億": 1e12, "萬億": 1e12,
}  # fmt: skip
_SMALL = 31  # numbers up to here are days, ages, counts: everywhere
_YEARS = range(1900, 2101)


def amounts(text: str) -> Iterator[str]:
    """Amounts and shares that reports of one event have in common, whatever the language counts in.

    3500억, 3천500억, 350 billion and 3,500亿 are one number; so are 15%, 15 percent and 15퍼센트.
    """
    for chain, digits, unit, percent in _NUMBER.findall(unicodedata.normalize("NFKC", text).lower()):
        if chain:
            yield f"{_counted(chain):g}"
            continue
        value = _value(digits) * _LATIN_TIMES.get(unit, 1)
        if percent:
            yield f"{value:g}%"
        elif unit or "." in digits or (value > _SMALL and value not in _YEARS):
            yield f"{value:g}"


def _counted(chain: str) -> float:
    """What a chain of digits and units comes to: 1조2천500억 is 1 x 10^12 + (2 x 1000 + 500) x 10^8."""
    total = group = number = 0.0
    for token in _TOKEN.finditer(chain):
        if token[1]:
            number = _value(token[1])
        elif token[0] in _PARTS:
            group, number = group + number * _PARTS[token[0]], 0.0
        else:
            total, group, number = total + (group + number) * _TIMES[token[0]], 0.0, 0.0
    return total + group + number


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))
